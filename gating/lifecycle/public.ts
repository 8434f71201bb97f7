export { type Agent, agentOf, systemAgent } from './agent.ts';
export type { StaffName, Work, WorkView } from './create-work.ts';
export {
	DISPOSITION_KINDS,
	type DispositionKind,
	INTERACTION_KINDS,
	INTERACTION_OUTCOMES,
	isDispositionKind,
	REACHED,
	ruleOf,
} from './disposition.ts';
export type { DispositionInput, DispositionView } from './dispose.ts';
export type { InteractionInput, LoggedInteraction } from './log.ts';
export { type Queue, type QueueItem, type QueuePage, QUEUES } from './queue.ts';
export { TICKS } from './recognise.ts';
export type { LiveTarget, TargetDefinition } from './target.ts';
export type { Answer, AnswerInput, AnswersInput } from '../screening/answer.ts';
export type { Screening, ScreeningView } from '../screening/create-screening.ts';
export { type Question, type Sheet, VERDICTS } from '../screening/sheet.ts';
export type { LiveSheet } from '../screening/sheets.ts';
