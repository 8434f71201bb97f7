import { inArray } from 'drizzle-orm';

import type { Database, Handle } from '#kernel/database.ts';
import { DomainError } from '#kernel/errors.ts';
import type { Keys } from '#kernel/keys.ts';

import { type EventType, WORDED_TYPES } from '../event/catalog.ts';
import { isLiving, openProfile, type PersonRow } from '../identity/person.ts';
import type { ContentReference } from '../lead/content-index.ts';
import { readCursor, writeCursor } from '../lead/cursor.ts';
import { person } from '../schema.ts';
import { rankOf, readTimeline, type SourcedRow, type TimelineParams } from './read.ts';
import type { Place, Scope, TimelineKind } from './source.ts';

const PAGE = 50;
const READING = new URL('./read.ts', import.meta.url);

export interface TimelineItem {
	/** With `source` it names the line. */
	readonly id: string;
	/** What it can be narrowed to. */
	readonly kind: TimelineKind;
	/** Where it is kept: `event`, `contact`, `merge-undone`, … */
	readonly source: string;
	/** What it was: an event's type, a contact's kind, … */
	readonly type: string;
	readonly at: Date;
	/** '' for what is the whole lead's or the account's. */
	readonly personId: string;
	/** The lead it counts for; '' for what is the account's. */
	readonly leadId: string;
	/** The person's name; null when erased, unknown or not for the reader's eyes. */
	readonly name: string | null;
	/** `<type>:<content id>`, a word of its own, or ''. */
	readonly subject: string;
	/** The published content it was about, or null. */
	readonly content: ContentReference | null;
	readonly props: Readonly<Record<string, string | number | boolean>>;
	/** `consent`, `necessary`, or '' for what is no behaviour. */
	readonly basis: string;
	/** What it opens into, as `<kind>:<id>`; '' for nothing but its content. */
	readonly evidence: string;
	/** Free words of staff; null without any, when erased, and when not for the reader's eyes. */
	readonly words: string | null;
}

export interface Timeline {
	readonly items: readonly TimelineItem[];
	readonly nextCursor: string | null;
}

export interface TimelineQuery {
	readonly cursor?: string | undefined;
	/** Kinds to keep; none: all. */
	readonly kinds?: readonly TimelineKind[] | undefined;
	/** 1 to 200 lines; 50 unless told. */
	readonly limit?: number | undefined;
}

export interface TimelineDeps {
	readonly db: Database;
	readonly keys: Keys;
	readonly contentOf: (subject: string) => ContentReference | null;
}

/**
 * Everything kept about a lead's persons, or an account's people, newest first.
 *
 * @throws DomainError invalid for a foreign cursor.
 */
export async function timelineOf({ db, keys, contentOf }: TimelineDeps, scope: Scope, query: TimelineQuery, seesPeople: boolean): Promise<Timeline> {
	const list = 'leadId' in scope ? `timeline:${scope.leadId}` : `timeline:account:${scope.accountId}`;
	const limit = Math.min(Math.max(Math.trunc(query.limit ?? PAGE) || PAGE, 1), 200);
	const params: TimelineParams = { scope, kinds: query.kinds ?? [], place: placeOf(list, query.cursor), limit: limit + 1 };
	// An account may have thousands of people: what they did is read beside the thread that answers others.
	const rows =
		'leadId' in scope
			? await readTimeline(db.read, params)
			: await db.analyse<TimelineParams, SourcedRow[]>({ module: READING, name: 'readTimeline', params });
	const shown = rows.slice(0, limit);
	const last = shown.at(-1);
	return {
		items: await itemsOf(db.read, keys, shown, contentOf, seesPeople),
		nextCursor: rows.length > limit && last ? writeCursor(list, { value: last.at.getTime(), id: `${last.source}:${last.id}` }) : null,
	};
}

function placeOf(list: string, cursor: string | undefined): Place | null {
	if (cursor === undefined) return null;
	const { value, id } = readCursor(list, 'number', cursor);
	const end = id.indexOf(':');
	const rank = rankOf(id.slice(0, end));
	const at = new Date(Number(value));
	if (end === -1 || rank === null || Number.isNaN(at.getTime()))
		throw new DomainError('invalid', 'The cursor is not one of this list: start again without it.', {
			fields: [{ field: 'cursor', code: 'cursor' }],
		});
	return { at, rank, id: id.slice(end + 1) };
}

async function itemsOf(
	handle: Handle,
	keys: Keys,
	rows: readonly SourcedRow[],
	contentOf: TimelineDeps['contentOf'],
	seesPeople: boolean,
): Promise<TimelineItem[]> {
	const people = await peopleBehind(handle, rows);
	return rows.map((row) => {
		const whose = row.personId === null ? null : (people.byId.get(row.personId) ?? null);
		const living = whose && seesPeople && isLiving(whose) ? whose : null;
		const { id, kind, source, type, at, subject = '', basis = '', evidence = '', words } = row;
		return {
			...{ id, kind, source, type, at, subject, basis, evidence, content: contentOf(subject) },
			personId: row.personId ?? '',
			leadId: whose?.leadId ?? (row.leadId === undefined ? '' : (people.standing.get(row.leadId) ?? row.leadId)),
			name: (living && openProfile(keys, living).name) ?? null,
			props: seesPeople || source !== 'event' || !WORDED_TYPES.includes(type as EventType) ? row.props : {},
			words: living && words ? keys.unseal(living.dataKey, words.context, Buffer.from(words.sealed)) : null,
		};
	});
}

/** The people of these lines, and which lead stands now for the leads of the others. */
async function peopleBehind(handle: Handle, rows: readonly SourcedRow[]) {
	const personIds = [...new Set(rows.flatMap(({ personId }) => personId ?? []))];
	const leadIds = [...new Set(rows.flatMap(({ leadId }) => leadId ?? []))];
	const people: PersonRow[] = personIds.length === 0 ? [] : await handle.select().from(person).where(inArray(person.id, personIds));
	const leads =
		leadIds.length === 0
			? []
			: await handle.selectDistinct({ first: person.firstLeadId, now: person.leadId }).from(person).where(inArray(person.firstLeadId, leadIds));
	return { byId: new Map(people.map((one) => [one.id, one])), standing: new Map(leads.map(({ first, now }) => [first, now])) };
}
