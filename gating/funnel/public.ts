export type { FunnelQuery } from './cell.ts';
export type { Funnel, FunnelReport } from './create-funnel.ts';
export type { Durations } from './tally.ts';
