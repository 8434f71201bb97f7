export type { Milestone, Window } from './conversion.ts';
export type { Attribution, AttributionList, AttributionReport } from './create-attribution.ts';
export type { AttributionRow, Effort, Money, MonthRow } from './evaluate.ts';
export type { Model } from './model.ts';
export type { AttributionCell, AttributionQuery } from './query.ts';
export type { Grouping } from './read-touches.ts';
