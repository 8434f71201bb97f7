import type { Locale, LocalisedText } from '#cms/content.ts';

import type { DrawRule, DrawState, Prize } from './draw/draw.ts';
import type { PollForm } from './poll/poll.ts';
import type { QuestionState } from './question/question.ts';

/**
 * What the log of a room can say, by kind: a part that adds a kind adds a line here, with a type of its own. What a row keeps in `data`
 * is this, unless `message.ts` opens it from elsewhere.
 */
export interface RoomKinds {
	readonly chat: ChatLine;
	readonly poll: PollOpened;
	readonly 'poll-results': PollResults;
	readonly 'poll-closed': PollClosed;
	readonly ranking: Ranking;
	readonly question: QuestionAsked;
	readonly 'question-state': QuestionSettled;
	readonly 'question-votes': QuestionVotes;
	readonly resource: ResourceShown;
	readonly caption: CaptionTyped;
	readonly call: CallShown;
	readonly draw: DrawNews;
	readonly pin: Pinned;
	readonly moderation: Moderated;
	readonly reactions: Reactions;
	readonly hand: Hand;
	readonly state: RunState;
	readonly stage: StageLayout;
	readonly 'stage-call': StageCall;
}

export type RoomKind = keyof RoomKinds;
export type BodyOf<K extends RoomKind> = { readonly kind: K } & RoomKinds[K];
export type MessageBody = { readonly [K in RoomKind]: BodyOf<K> }[RoomKind];

export interface ChatLine {
	/** Name of the host or registrant; null where the person was erased. */
	readonly author: LocalisedText | null;
	readonly isHost: boolean;
	readonly text: LocalisedText;
	/** Number of the line that this one answers. */
	readonly replyTo?: number;
}

export interface PollOpened {
	readonly poll: string;
	readonly question: LocalisedText;
	readonly options: readonly LocalisedText[];
	/** Left out: `single`. */
	readonly form?: PollForm;
	/** ISO 8601; left out: until it is closed. */
	readonly closesAt?: string;
	/** What a right answer is worth. */
	readonly points?: number;
}

/** Votes per option so far; a later one replaces it. */
export interface PollResults {
	readonly poll: string;
	readonly votes: readonly number[];
	/** How many answered. */
	readonly answers?: number;
	/** Own words and how often each was given, the most frequent first; for polls that ask for them. */
	readonly words?: readonly { readonly text: string; readonly count: number }[];
}

/** No more answers are taken. */
export interface PollClosed {
	readonly poll: string;
	/** Right answers of a quiz. */
	readonly correct: readonly number[];
}

/** The best of the quiz so far, at most ten. */
export interface Ranking {
	readonly rows: readonly { readonly rank: number; readonly name: LocalisedText | null; readonly points: number; readonly tookMs: number }[];
}

export interface QuestionAsked {
	readonly question: string;
	/** Null where the person was erased. */
	readonly author: LocalisedText | null;
	readonly text: LocalisedText;
	readonly isPrivate: boolean;
}

export interface QuestionSettled {
	readonly question: string;
	readonly state: QuestionState;
	/** Slug of a speaker; '' for nobody. */
	readonly speaker: string;
	/** In text; '' for none. */
	readonly answer: string;
}

/** By question. */
export interface QuestionVotes {
	readonly votes: Readonly<Record<string, number>>;
}

/** What a call to action leads to: a shop, a demonstration, a quote, or some page. */
export const CALL_ACTIONS = ['buy', 'demo', 'quote', 'page'] as const;
export type CallAction = (typeof CALL_ACTIONS)[number];

export interface CallShown {
	readonly call: string;
	readonly action: CallAction;
	readonly text: LocalisedText;
	/** `<type>/<slug>` of content, or null: the page that the action has. */
	readonly target: string | null;
}

/** Where a draw stands; a later one replaces it. */
export interface DrawNews {
	readonly draw: string;
	readonly title: LocalisedText;
	readonly rule: DrawRule;
	readonly prizes: readonly Prize[];
	readonly state: DrawState;
	/** How many take part; 0 before it is committed. */
	readonly entries: number;
	readonly commitment: string;
	/** Who won which prize, by entry; empty before. */
	readonly winners: readonly { readonly entry: string; readonly prize: number }[];
}

/** A line of the chat that stays in sight; null: none. */
export interface Pinned {
	readonly of: number | null;
}

/** A line somebody types while another speaks; beside the chat. */
export interface CaptionTyped {
	readonly text: string;
	readonly locale: Locale;
}

/** `target` is `<type>/<slug>` of content. */
export interface ResourceShown {
	readonly target: string;
}

/** A line was taken from everybody's screen, or is there (again). */
export interface Moderated {
	/** Number of the line. */
	readonly of: number;
	readonly act: 'hide' | 'show';
	/** The line that is shown; null for one that is gone. */
	readonly message: RoomMessage | null;
}

/** How often each was pressed within a second, by everybody. */
export interface Reactions {
	readonly counts: Readonly<Record<string, number>>;
}

/** Somebody asks to speak, or no longer does. For the host's side. */
export interface Hand {
	readonly registrationId: string;
	/** Null where the person was erased. */
	readonly name: LocalisedText | null;
	readonly isUp: boolean;
}

/** The host began or ended a live webinar. */
export interface RunState {
	readonly state: 'live' | 'ended';
}

/** How the stage is shown; a later one replaces it. */
export interface StageLayout {
	readonly layout: 'grid' | 'speaker' | 'screen';
	/** Identity of whom everybody sees large; null: nobody in particular. */
	readonly spotlight: string | null;
	/** Grows by one with each change. */
	readonly revision: number;
}

/** The host calls somebody to the stage, or brings them back. Identities are opaque: each page knows its own. */
export interface StageCall {
	readonly identity: string;
	readonly call: 'invite' | 'withdraw' | 'back';
}

/** One line of the room's stream, as every viewer gets it: both languages travel. `seq` is the id of its SSE message. */
export type RoomMessage = {
	/** Place in the log of the occurrence, from 1. The log has no gaps; who does not see every line has them. */
	readonly seq: number;
	/** ISO 8601. */
	readonly at: string;
} & MessageBody;
