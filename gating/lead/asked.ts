import { and, eq, gte, inArray, isNull, lte, or, type SQL } from 'drizzle-orm';

import { beginsWith, type Handle } from '#kernel/database.ts';
import type { Keys } from '#kernel/keys.ts';

import { isStorable } from '../event/props.ts';
import { lookupHash, queryTerms } from '../identity/lookup.ts';
import { accountMember, lead, person, personLookup } from '../schema.ts';
import { matching } from '../tag/compile.ts';
import type { Plan } from '../tag/plan.ts';
import type { LeadQuery } from './list.ts';
import { stands } from './stands.ts';

/** A query with everything looked up that a thread cannot look up: it can be sent to one. */
export interface Asked {
	readonly query: Omit<LeadQuery, 'cursor' | 'limit' | 'funnel'>;
	/** Keyed hashes of the words looked for, all of them; empty: people cannot be found by these words. */
	readonly terms: readonly { readonly kind: string; readonly hash: string }[];
	/** What is asked in the language of segments. */
	readonly plans: readonly Plan[];
}

/** Null when the query holds text that nothing stored can match. */
export function asked(
	keys: Keys,
	{ cursor: _cursor, limit: _limit, funnel: _funnel, ...query }: LeadQuery,
	seesPeople: boolean,
	plans: readonly Plan[],
) {
	const { q = '', stage = '', grade = '', workingState = '', owner } = query;
	if (![q, stage, grade, workingState, owner ?? ''].every(isStorable)) return null;
	const terms = seesPeople && q.trim() !== '' ? queryTerms(q).map((term) => ({ kind: term.kind, hash: lookupHash(keys, term) })) : [];
	return { query, terms, plans } satisfies Asked;
}

/** The leads of a query, as one condition. */
export function conditionOf(handle: Handle, { query, terms, plans }: Asked): SQL | undefined {
	const { q = '', stage, grade, workingState, activeSince, createdSince, accountId, owner, overdueAt } = query;
	const ofPeople = terms.map(({ kind, hash }) => inArray(lead.id, leadsWith(handle, kind, hash)));
	return and(
		stands,
		stage ? eq(lead.stage, stage) : undefined,
		grade ? eq(lead.grade, grade) : undefined,
		workingState ? eq(lead.workingState, workingState) : undefined,
		activeSince && gte(lead.lastActivityAt, activeSince),
		createdSince && gte(lead.createdAt, createdSince),
		accountId ? inArray(lead.id, leadsOfAccount(handle, accountId)) : undefined,
		owner === null ? isNull(lead.owner) : owner === undefined ? undefined : eq(lead.owner, owner),
		overdueAt && lte(lead.nextActionAt, overdueAt),
		q.trim() === '' ? undefined : or(companyBegins(q.trim()), ...(ofPeople.length === 0 ? [] : [and(...ofPeople)])),
		...plans.map((plan) => matching(handle, plan)),
	);
}

/** Companies are in clear. Both spellings that people type are tried, since the databases compare by code point. */
function companyBegins(text: string): SQL | undefined {
	return or(beginsWith(lead.company, text), beginsWith(lead.company, text.charAt(0).toUpperCase() + text.slice(1)));
}

function leadsOfAccount(handle: Handle, accountId: string) {
	const persons = handle.select({ id: accountMember.personId }).from(accountMember).where(eq(accountMember.accountId, accountId));
	return handle.select({ id: person.leadId }).from(person).where(inArray(person.id, persons));
}

function leadsWith(handle: Handle, kind: string, hash: string) {
	const persons = handle
		.select({ id: personLookup.personId })
		.from(personLookup)
		.where(and(eq(personLookup.kind, kind), eq(personLookup.hash, hash)));
	return handle.select({ id: person.leadId }).from(person).where(inArray(person.id, persons));
}
