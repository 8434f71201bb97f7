export type { Stage } from './create-stage.ts';
export type { Host } from './host.ts';
export type { FinishOutcome, GoLiveOutcome } from './run.ts';
