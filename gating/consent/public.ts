export type { Choice } from './choices.ts';
export type { ConsentState } from './ledger.ts';
export type { Purpose } from './purpose.ts';
