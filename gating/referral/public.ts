export type { HoldReason, RefusalReason } from './judge.ts';
export type { OpenedInvitation } from './invitation.ts';
export type { OwnInvitation } from './own.ts';
export type { Programme, ProgrammeState } from './programme.ts';
export type { ReferralResults, ResultGuest, ResultRow } from './results.ts';
