export type { Calibration, Missing } from './chance.ts';
export type { Acceptance, Chance, LearntModel } from './create-acceptance.ts';
export type { HandedOver, Outcome, Picked } from './outcome.ts';
export type { Precision, ReasonCount, RulePrecision } from './precision.ts';
