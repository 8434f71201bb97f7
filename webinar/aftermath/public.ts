export type { Certificate, CertificateOutcome } from './certificate.ts';
export type { AftermathView, RewardView } from './create-aftermath.ts';
export type { Step, StepKind } from './eligibility.ts';
export type { OpenQuestion, OwnQuestion } from './question.ts';
