import { and, eq, isNotNull, lt, lte, or, type SQL, sql } from 'drizzle-orm';
import type { AnyPgColumn } from 'drizzle-orm/pg-core';

import type { Handle } from '#kernel/database.ts';

import { accountMember, person } from '../schema.ts';

/** What a timeline can be narrowed to. */
export const TIMELINE_KINDS = ['did', 'form', 'file', 'mail', 'touch', 'consent', 'stage', 'work', 'tag', 'import', 'merge'] as const;
export type TimelineKind = (typeof TIMELINE_KINDS)[number];

/** Whose timeline: a lead's, or that of all people of an account. */
export type Scope = { readonly leadId: string } | { readonly accountId: string };

/** A line of a timeline as it is stored; plain data, so that it may come from another thread. */
export interface TimelineRow {
	/** With the source's name it names the line. */
	readonly id: string;
	readonly at: Date;
	/** What it was; each source has codes of its own. */
	readonly type: string;
	/** Null for what is a whole lead's or an account's. */
	readonly personId: string | null;
	/** The lead it was kept for, where it hangs on no person. */
	readonly leadId?: string;
	/** `<type>:<content id>`, a word of its own, or left out. */
	readonly subject?: string;
	readonly props: Readonly<Record<string, string | number | boolean>>;
	readonly basis?: string;
	/** What it opens into, as `<kind>:<id>`. */
	readonly evidence?: string;
	/** Free words, sealed with the person's key for `context`. */
	readonly words?: { readonly context: string; readonly sealed: Uint8Array } | null;
}

/** Where the next page begins: after the line `id` of the source of number `rank` at `at`. */
export interface Place {
	readonly at: Date;
	readonly rank: number;
	readonly id: string;
}

type Instant = AnyPgColumn<{ data: Date }>;

/** What a source is asked for: the newest `limit` lines of `people`, or of their leads, that `after` lets through. */
export interface Question {
	readonly handle: Handle;
	readonly scope: Scope;
	readonly limit: number;
	/** Ids of the people. */
	people(): ReturnType<typeof peopleOf>;
	/** Ids of the leads they were made with: moves are kept there, whatever was merged since. */
	leads(): ReturnType<typeof leadsOf>;
	/** Keeps what comes after the place asked for, and has a time at all. */
	after(at: Instant, id: SQL | AnyPgColumn): SQL | undefined;
}

export interface Source {
	/** Stands in cursors: never changed. */
	readonly name: string;
	readonly kind: TimelineKind;
	read(question: Question): Promise<TimelineRow[]>;
}

/** A question to the source of number `rank`: at one instant, lines go by that number, then by id, newest first. */
export function questionOf(handle: Handle, scope: Scope, rank: number, place: Place | null, limit: number): Question {
	return {
		handle,
		scope,
		limit,
		people: () => peopleOf(handle, scope),
		leads: () => leadsOf(handle, scope),
		after: (at, id) => {
			if (place === null) return isNotNull(at);
			if (rank > place.rank) return lte(at, place.at);
			return rank < place.rank ? lt(at, place.at) : or(lt(at, place.at), and(eq(at, place.at), lt(sql`${id}`, place.id)));
		},
	};
}

/** Two ids as one. */
export const joined = (one: AnyPgColumn, other: AnyPgColumn): SQL<string> => sql<string>`${one} || ':' || ${other}`;

function peopleOf(handle: Handle, scope: Scope) {
	if ('leadId' in scope) return handle.select({ id: person.id }).from(person).where(eq(person.leadId, scope.leadId));
	return handle
		.select({ id: person.id })
		.from(person)
		.innerJoin(accountMember, eq(accountMember.personId, person.id))
		.where(eq(accountMember.accountId, scope.accountId));
}

function leadsOf(handle: Handle, scope: Scope) {
	if ('leadId' in scope) return handle.select({ id: person.firstLeadId }).from(person).where(eq(person.leadId, scope.leadId));
	return handle
		.select({ id: person.firstLeadId })
		.from(person)
		.innerJoin(accountMember, eq(accountMember.personId, person.id))
		.where(eq(accountMember.accountId, scope.accountId));
}
