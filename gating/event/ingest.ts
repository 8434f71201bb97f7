import type { Database } from '#kernel/database.ts';
import { DomainError } from '#kernel/errors.ts';

import type { Visitor } from '../identity/visitor.ts';
import type { Beats } from './beat.ts';
import { createBotTest } from './bot.ts';
import { checkEvent, type Draft, type DropReason } from './check.ts';
import { createGroupCommit } from './group-commit.ts';
import { createLocalDays } from './local-days.ts';
import type { EventRow } from './store.ts';

const MOST_EVENTS = 100;

export interface IngestInput {
	/** What the body's `events` held. */
	readonly events: unknown;
	readonly visitor: Visitor;
	readonly userAgent: string;
	readonly receivedAt: Date;
}

export interface IngestResult {
	readonly accepted: number;
	/** Known ids: stored before, or sent twice in one request. */
	readonly duplicate: number;
	readonly rejected: readonly { readonly index: number; readonly reason: DropReason }[];
}

export type Ingest = (input: IngestInput) => Promise<IngestResult>;

/**
 * Takes the events of a beacon: checks each, drops with a reason, stores the others. Answers after the commit.
 * Returns a function that rejects with {@link DomainError} `invalid` when `events` is no list of 1 to 100.
 */
export function createIngest({ db, beats, timeZone }: { readonly db: Database; readonly beats: Beats; readonly timeZone: () => string }): Ingest {
	const commit = createGroupCommit(db);
	const isBot = createBotTest();
	const localDay = createLocalDays();

	return async ({ events, visitor, userAgent, receivedAt }) => {
		if (!Array.isArray(events) || events.length === 0 || events.length > MOST_EVENTS) {
			throw new DomainError('invalid', `"events" must be a list of 1 to ${MOST_EVENTS} events.`, {
				fields: [{ field: 'events', code: 'list-size' }],
			});
		}
		const sender = {
			visitorId: visitor.visitorId,
			personId: visitor.personId,
			consents: visitor.consents,
			isBot: isBot(userAgent),
			receivedAt: receivedAt.getTime(),
			prove: beats.prove,
		};
		const zone = timeZone();
		const rows = new Map<string, EventRow>();
		const rejected: { index: number; reason: DropReason }[] = [];
		for (let index = 0; index < events.length; index++) {
			const checked = checkEvent(events[index], sender);
			if (checked.outcome === 'dropped') rejected.push({ index, reason: checked.reason });
			else if (!rows.has(checked.draft.id)) rows.set(checked.draft.id, rowOf(checked.draft, visitor, receivedAt, localDay(checked.draft.at, zone)));
		}
		const accepted = rows.size === 0 ? 0 : (await commit([...rows.values()])).size;
		return { accepted, duplicate: events.length - rejected.length - accepted, rejected };
	};
}

function rowOf({ id, type, kind, at, subject, props }: Draft, visitor: Visitor, receivedAt: Date, localDay: string): EventRow {
	return {
		id,
		type,
		version: kind.version,
		at: new Date(at),
		receivedAt,
		localDay,
		visitorId: visitor.visitorId,
		personId: visitor.personId,
		subject,
		props: props as EventRow['props'],
		basis: 'consent',
	};
}
