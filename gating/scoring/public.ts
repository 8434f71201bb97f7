export type { Change } from './bulk-run.ts';
export type { ModelEdit, Models, Publication, VersionView } from './create-models.ts';
export type { ModelChange } from './diff.ts';
export type { Draft, Editor, SaveOutcome, Side, SignOff } from './draft.ts';
export type { LiveModel, Part, ScoringModel } from './model.ts';
export type { PreviewResult } from './preview.ts';
export type { EngagementLine, FitLine, Grade, Receipt } from './receipt.ts';
