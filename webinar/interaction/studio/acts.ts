import type { DrawRule } from '../draw/draw.ts';
import type { CallAction } from '../kinds.ts';
import type { PollForm } from '../poll/poll.ts';
import type { QuestionState } from '../question/question.ts';

/** What a host does in the studio. `seq` is the number of a line of the chat or of a question. */
export type StudioAct =
	| { readonly act: 'say'; readonly text: string; readonly replyTo?: number | undefined }
	/** Null takes the pin away. */
	| { readonly act: 'pin'; readonly seq: number | null }
	| { readonly act: 'hide' | 'show'; readonly seq: number }
	/** Whoever wrote the line may not talk in rooms of this webinar, or may again. */
	| { readonly act: 'ban' | 'lift-ban'; readonly seq: number }
	| { readonly act: 'rules'; readonly holds: boolean; readonly words: string }
	| {
			readonly act: 'question';
			readonly question: string;
			readonly state?: QuestionState | undefined;
			readonly speaker?: string | undefined;
			readonly answer?: string | undefined;
	  }
	| ({ readonly act: 'plan-poll'; readonly opens: boolean } & TypedPoll)
	| { readonly act: 'open-poll' | 'close-poll' | 'show-poll'; readonly poll: string }
	/** A planned moment, now. */
	| { readonly act: 'moment'; readonly key: string }
	| { readonly act: 'material'; readonly target: string }
	| { readonly act: 'call'; readonly action: CallAction; readonly text: string; readonly target: string | null }
	| { readonly act: 'lower-hand'; readonly registrationId: string }
	| { readonly act: 'plan-draw'; readonly title: string; readonly rule: DrawRule; readonly prizes: readonly TypedPrize[] }
	| { readonly act: 'commit-draw' | 'run-draw'; readonly draw: string };

/** A poll as a host types it: in one language, for everybody. */
export interface TypedPoll {
	readonly form: PollForm;
	readonly question: string;
	readonly options: readonly string[];
	/** From 0; for a quiz. */
	readonly correct: readonly number[];
	readonly points: number;
	/** 0: until it is closed. */
	readonly seconds: number;
	readonly shows: 'live' | 'closed';
}

export interface TypedPrize {
	readonly name: string;
	readonly stock: number;
}

export type ActOutcome =
	/** `id`: of what was made. */
	| { readonly status: 'done'; readonly id?: string }
	| { readonly status: 'invalid'; readonly field: string; readonly code: string }
	/** There is no such thing in this room. */
	| { readonly status: 'unknown' }
	/** It is not in a state in which this can be done: somebody else was quicker, or it is over. */
	| { readonly status: 'conflict' };
