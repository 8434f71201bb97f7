export type * from '../referral/public.ts';
export type { QuarantinedLead } from '../cleaning/quarantine.ts';
export type { FormArrival } from './arrival.ts';
export type { Cost } from './cost.ts';
export type { Counts } from './count.ts';
export type { Source } from './source.ts';
export type { Touch } from './touch.ts';
export type { Channel } from './tree.ts';
