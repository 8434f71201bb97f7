export type { BulkKind } from './act.ts';
export type { BulkView } from './bulk.ts';
export type { LeadViewItem } from './views.ts';
