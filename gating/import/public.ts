export type { ImportTarget } from './batch.ts';
export type { ImportRowView, ImportSettings, ImportView } from './create-imports.ts';
