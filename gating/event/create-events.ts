import type { Now } from '#kernel/clock.ts';
import type { Database, Handle } from '#kernel/database.ts';
import type { Random } from '#kernel/id.ts';
import type { Keys } from '#kernel/keys.ts';

import type { Visitor } from '../identity/visitor.ts';
import { normalised } from '../search-log/words.ts';
import { type BeatResult, createBeats } from './beat.ts';
import { createBotTest } from './bot.ts';
import { createIngest, type Ingest } from './ingest.ts';
import { eventsOfSession } from './of-session.ts';
import { recordEvent, recordHistory, restateEvent, retractEvents, type ServerEvent } from './record.ts';
import { adoptHistory } from './store.ts';

export interface EventsDeps {
	readonly db: Database;
	readonly keys: Keys;
	readonly now: Now;
	readonly random: Random;
	readonly timeZone: () => string;
}

export interface Events {
	/** See {@link createIngest}. */
	readonly ingest: Ingest;
	/** Records what the hub saw itself, within the body of that fact. Returns false when the id is known. */
	record(tx: Handle, event: ServerEvent): Promise<boolean>;
	/** The same for what may grow: a known id is brought up to date. */
	restate(tx: Handle, event: ServerEvent): Promise<void>;
	/** See {@link recordHistory}. */
	past(tx: Handle, event: ServerEvent): Promise<void>;
	/** See {@link retractEvents}. */
	retract(tx: Handle, personId: string, ids: readonly string[]): Promise<void>;
	/** See {@link eventsOfSession}. */
	ofSession(session: Parameters<typeof eventsOfSession>[1]): ReturnType<typeof eventsOfSession>;
	/** One beat of attention; refused without consent to analytics. */
	beat(input: { readonly token: string | null; readonly subject: string; readonly visitor: Visitor }): BeatResult;
	/** True for known bots, scanners and prefetchers, and for a browser without a name. */
	isBot(userAgent: string): boolean;
	/** Gives a browser's anonymous history to a person; called when it joins one. */
	adoptHistory(tx: Handle, visitorId: string, personId: string): Promise<number>;
	/** Keyed hash of a search query for `search.query`: the same words give the same hash in any spelling of case and space. */
	hashQuery(query: string): string;
}

export function createEvents({ db, keys, now, random, timeZone }: EventsDeps): Events {
	const beats = createBeats({ keys, now, random });
	return Object.freeze<Events>({
		ingest: createIngest({ db, beats, timeZone }),
		record: (tx, event) => recordEvent(tx, event, now(), timeZone()),
		restate: (tx, event) => restateEvent(tx, event, now(), timeZone()),
		past: (tx, event) => recordHistory(tx, event, now(), timeZone()),
		retract: retractEvents,
		ofSession: (session) => eventsOfSession(db.read, session),
		beat: ({ token, subject, visitor }) =>
			visitor.visitorId !== null && visitor.consents.has('analytics') && isSubject(subject)
				? beats.beat({ token, visitorId: visitor.visitorId, subject })
				: { status: 'refused' },
		isBot: createBotTest(),
		adoptHistory,
		hashQuery: (query) => hashQuery(keys, query),
	});
}

/** See {@link Events.hashQuery}. */
export const hashQuery = (keys: Keys, query: string): string => keys.blindIndex('search-query', normalised(query));

const isSubject = (subject: string): boolean => /^[a-z_]{1,40}:[A-Za-z0-9-]{1,64}$/.test(subject);
