export type { DealOutcome, Deals, DealView } from './create-deals.ts';
export type { CrmStage, DealInput, DealState } from './deal.ts';
