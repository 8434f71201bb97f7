import type { LocalisedText } from '#cms/content.ts';

import type { PollForm } from './poll/poll.ts';

/**
 * What the log of a room can say, by kind: a part that adds a kind adds a line here, with a type of its own. What a row keeps in `data`
 * is this, unless `message.ts` opens it from elsewhere.
 */
export interface RoomKinds {
	readonly chat: ChatLine;
	readonly poll: PollOpened;
	readonly 'poll-results': PollResults;
	readonly resource: ResourceShown;
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
