import type { Texts } from '#kernel/texts/texts.ts';
import type { RoomMessage } from '#webinar';

/** What the stage's script is told by its page. */
export interface StageData {
	/** Whose page it is: decides which buttons there are. */
	readonly side: 'viewer' | 'speaker' | 'host';
	/** Where tokens are made. */
	readonly tokenAddress: string;
	/** Where a host's acts go and the state is read; null on pages of others. */
	readonly stageAddress: string | null;
	/** Where a registrant answers the host; null on other pages. */
	readonly answerAddress: string | null;
	/** Opaque name of this registrant; '' until a token says it. */
	readonly identity: string;
	/** The host called before the page was made. */
	readonly isCalled: boolean;
	/** Whether there is something to connect to now. */
	readonly isOpen: boolean;
	/** Lines of the log up to this are known: calls in them are past. */
	readonly lastSeq: number;
	readonly layout: StageLayout;
	readonly words: Texts['stage'];
}

export type StageLayout = Omit<Extract<RoomMessage, { readonly kind: 'stage' }>, 'kind' | 'seq' | 'at'>;

/** Told by the room for each line of the log that concerns the stage; its `detail` is the line. */
export const STAGE_LINE = 'stage-line';
export type StageLine = Extract<RoomMessage, { readonly kind: 'state' | 'stage' | 'stage-call' }>;
