export type { DrawWinner, KeptPoll, KeptQuestion } from './answers.ts';
export type { Interactions } from './create-room.ts';
export type { DrawProof, OwnEntry } from './draw/create-draws.ts';
export type { InteractInput, InteractOutcome, RoomAct } from './interact.ts';
export type { MessageBody, RoomMessage } from './kinds.ts';
export type { Line } from './message.ts';
export type { ActOutcome, StudioAct } from './studio/acts.ts';
export type { Board } from './studio/board.ts';
