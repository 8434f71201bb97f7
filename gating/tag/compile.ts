import { and, eq, exists, gt, gte, inArray, isNotNull, isNull, lt, lte, not, notInArray, or, type SQL, type SQLWrapper, sql } from 'drizzle-orm';

import { DAY_MS } from '#kernel/clock.ts';
import type { Handle } from '#kernel/database.ts';

import { EVENT_TYPES } from '../event/catalog.ts';
import { account, accountMember, consent, event, importRow, lead, person, personLookup, tagMark, touchpoint } from '../schema.ts';
import type { Plan, Planned } from './plan.ts';

/** Leads that a plan is about: they stand for themselves and somebody in them is not erased. */
export function matching(handle: Handle, plan: Plan): SQL | undefined {
	const living = handle
		.select({ id: person.id })
		.from(person)
		.where(and(eq(person.leadId, lead.id), isNotNull(person.dataKey)));
	return and(isNull(lead.mergedInto), exists(living), whereOf(handle, plan));
}

/** How many leads there are of a plan; for a thread. */
export function countMatching(handle: Handle, plan: Plan): Promise<number> {
	return handle.$count(lead, matching(handle, plan));
}

function whereOf(handle: Handle, plan: Plan): SQL | undefined {
	if (plan.groups.length === 0) return undefined;
	const groups = plan.groups.map(({ match, conditions }) => {
		const all = conditions.map((one) => {
			const holds = compiled(handle, one, plan.now);
			return one.isNot ? not(holds) : holds;
		});
		return match === 'all' ? and(...all) : match === 'any' ? or(...all) : not(or(...all) ?? NEVER);
	});
	return plan.match === 'all' ? and(...groups) : or(...groups);
}

const NEVER = sql`1 = 0`;

function compiled(handle: Handle, one: Planned, now: number): SQL {
	const values = [...one.values];
	switch (one.field) {
		case 'stage':
			return inArray(lead.stage, values);
		case 'grade':
			return inArray(lead.grade, values);
		case 'state':
			return inArray(lead.workingState, values);
		case 'score':
			return gte(lead.total, one.least * 100);
		case 'active':
			return gte(lead.lastActivityAt, new Date(one.since));
		case 'known':
			return gte(lead.createdAt, new Date(one.since));
		case 'tag':
			return tagged(handle, one, now);
		case 'account':
			return inAccount(handle, undefined);
		case 'account-status':
			return inAccount(handle, inArray(account.status, values));
		case 'account-industry':
			return inAccount(handle, inArray(account.industry, values));
		case 'account-size':
			return inAccount(handle, inArray(account.size, values));
		case 'account-country':
			return inAccount(handle, inArray(account.country, values));
		case 'country':
		case 'industry':
		case 'role':
		case 'seniority':
			return lookedUp(handle, one.field, values);
		case 'consent':
			return agreed(handle, values);
		case 'did':
			return did(handle, one);
		case 'webinar':
			return or(...values.map((outcome) => webinar(handle, one, outcome))) ?? NEVER;
		case 'channel':
			return ofPeople(handle, handle.select({ id: touchpoint.personId }).from(touchpoint).where(inArray(touchpoint.channel, values)));
		case 'import':
			return ofPeople(handle, handle.select({ id: importRow.personId }).from(importRow).where(inArray(importRow.importId, values)));
	}
}

const ofPeople = (handle: Handle, ids: SQLWrapper): SQL =>
	inArray(lead.id, handle.select({ id: person.leadId }).from(person).where(inArray(person.id, ids)));

function inAccount(handle: Handle, where: SQL | undefined): SQL {
	return ofPeople(
		handle,
		handle.select({ id: accountMember.personId }).from(accountMember).innerJoin(account, eq(account.id, accountMember.accountId)).where(where),
	);
}

const lookedUp = (handle: Handle, kind: string, hashes: string[]): SQL =>
	ofPeople(
		handle,
		handle
			.select({ id: personLookup.personId })
			.from(personLookup)
			.where(and(eq(personLookup.kind, kind), inArray(personLookup.hash, hashes))),
	);

/** Put on by hand or by a list and not over, or worked out by a rule. */
function tagged(handle: Handle, { values, rules }: Planned, now: number): SQL {
	const holds = and(
		inArray(tagMark.tag, [...values]),
		isNull(tagMark.removedAt),
		or(isNull(tagMark.expiresAt), gt(tagMark.expiresAt, new Date(now))),
	);
	const own = handle
		.select({ id: tagMark.personId })
		.from(tagMark)
		.where(and(holds, isNotNull(tagMark.personId)));
	const companies = handle
		.select({ id: accountMember.personId })
		.from(tagMark)
		.innerJoin(accountMember, eq(accountMember.accountId, tagMark.accountId))
		.where(holds);
	const ruled = rules.map((plan) => whereOf(handle, plan));
	return or(ofPeople(handle, own), ofPeople(handle, companies), ...ruled) ?? NEVER;
}

/** The last word of somebody not erased was yes. */
function agreed(handle: Handle, purposes: string[]): SQL {
	const rows = handle
		.select({ id: consent.personId })
		.from(consent)
		.innerJoin(person, and(eq(person.id, consent.personId), isNotNull(person.dataKey)))
		.where(inArray(consent.purpose, purposes))
		.groupBy(consent.personId, consent.purpose)
		.having(gt(lastWord(true), lastWord(false)));
	return ofPeople(handle, rows);
}

const lastWord = (given: boolean): SQL => sql`max(case when ${eq(consent.given, given)} then ${consent.at} else 0 end)`;

/** Who objected to being profiled: nothing they do is looked at. */
function objectors(handle: Handle) {
	return handle
		.select({ id: consent.personId })
		.from(consent)
		.where(and(eq(consent.purpose, 'profiling'), isNotNull(consent.personId)))
		.groupBy(consent.personId)
		.having(lte(lastWord(true), lastWord(false)));
}

function did(handle: Handle, one: Planned): SQL {
	const rows = handle
		.select({ id: person.leadId })
		.from(event)
		.innerJoin(person, eq(person.id, event.personId))
		.where(behaviour(handle, one, one.values.length > 0 || one.since > 0 ? typesOf(one) : null))
		.groupBy(person.leadId)
		.having(sql`count(*) >= ${one.least}`);
	return inArray(lead.id, rows);
}

/** All types, where none is asked for, so that the index of days is used. */
const typesOf = ({ values }: Planned): readonly string[] => (values.length > 0 ? values : EVENT_TYPES);

function behaviour(handle: Handle, { since, subjects, prefix }: Planned, types: readonly string[] | null): SQL | undefined {
	return and(
		types ? inArray(event.type, [...types]) : undefined,
		// A local day is at most a day off the instant: it narrows the index.
		since > 0 ? and(gte(event.localDay, new Date(since - DAY_MS).toISOString().slice(0, 10)), gte(event.at, new Date(since))) : undefined,
		notInArray(event.personId, objectors(handle)),
		subjects !== null ? inArray(event.subject, [...subjects]) : prefix === '' ? undefined : within(prefix),
	);
}

/** Subjects of a type, `white_papers:…`, and the type's bare word, `quote`. */
function within(prefix: string): SQL | undefined {
	const word = prefix.slice(0, -1);
	return or(eq(event.subject, word), and(gte(event.subject, prefix), lt(event.subject, `${word};`)));
}

function webinar(handle: Handle, one: Planned, outcome: string): SQL {
	const subjectsOf = (type: string) =>
		handle
			.select({ leadId: person.leadId, subject: event.subject })
			.from(event)
			.innerJoin(person, eq(person.id, event.personId))
			.where(behaviour(handle, one, [type]));
	if (outcome !== 'missed') {
		const rows = subjectsOf(`webinar.${outcome}`).as(`webinar_${outcome}`);
		return inArray(lead.id, handle.select({ id: rows.leadId }).from(rows));
	}
	const [registered, attended] = [subjectsOf('webinar.registered').as('registered'), subjectsOf('webinar.attended').as('attended')];
	const rows = handle
		.select({ id: registered.leadId })
		.from(registered)
		.leftJoin(attended, and(eq(attended.leadId, registered.leadId), eq(attended.subject, registered.subject)))
		.where(isNull(attended.leadId));
	return inArray(lead.id, rows);
}
