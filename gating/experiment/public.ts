export type { Definition as ExperimentDefinition, ExperimentAudience, Variant as ExperimentVariant } from './definition.ts';
export type { Experiments } from './create-experiments.ts';
export type { ExperimentRow } from './edit.ts';
export type { Metric as ExperimentMetric } from './metric.ts';
export type { Content as VariantContent, Piece as VariantPiece, PlaceName as ExperimentPlace } from './place.ts';
export type { CountedPage, SlotReport } from './report.ts';
export type { MetricResult, Results as ExperimentResults, VariantResult } from './result.ts';
export type { Difference } from './sequential.ts';
export type { ExperimentAct, ExperimentState } from './state.ts';
