export type { CheckInput, CheckOutcome } from './check.ts';
export type { FormView, SlowDown, SubmitInput, SubmitOutcome, Trap } from './form.ts';
export type { ProofChallenge } from './proof.ts';
