import { and, asc, eq, gt, inArray, isNull, lte, max, type SQL } from 'drizzle-orm';

import { DAY_MS } from '#kernel/clock.ts';
import { type Handle, rawRows } from '#kernel/database.ts';
import type { Keys } from '#kernel/keys.ts';

import { profileOf, type SealedPerson } from '../identity/person.ts';
import { account, accountMember, consent, event, lead, person, scoreLedger } from '../schema.ts';
import type { Attributes } from './attributes.ts';
import { type AccountFacts, attributesOf } from './evidence.ts';

/** What a lead's score is made of beside its events. */
export interface BulkLead {
	readonly id: string;
	/** What its row says now. */
	readonly stage: string;
	readonly grade: string;
	readonly total: number;
	readonly attributes: Attributes;
	readonly accountId: string | null;
	/** Epoch milliseconds of the last act of somebody who did not object to profiling; null: none. */
	lastAt: number | null;
	/** Decisions of staff about engagement, of people who did not object. */
	readonly ledger: readonly { readonly points: number; readonly halfLifeDays: number | null; readonly at: number }[];
}

/** Everybody as far as they were read; events are added up by it. */
export interface Everybody {
	readonly leads: BulkLead[];
	/** Place of a person's lead in `leads`. Whoever objected to profiling is not in it. */
	readonly leadOf: Map<string, number>;
	/** By account: when each of its people was last active, where that was within the span that surges look back. */
	readonly activeAt: Map<string, number[]>;
}

export const nobody = (): Everybody => ({ leads: [], leadOf: new Map(), activeAt: new Map() });

export interface PeopleOptions {
	readonly at: Date;
	readonly competitorDomains: readonly string[];
	readonly surgeDays: number;
}

/** Adds the leads after `after`, at most `limit`, to `everybody`. Returns the last one's id, or null when there are no more. */
export async function addPeople(
	read: Handle,
	keys: Keys,
	everybody: Everybody,
	{ at, competitorDomains, surgeDays }: PeopleOptions,
	after: string,
	limit: number,
): Promise<string | null> {
	const page = await rawRows(
		read,
		read
			.select({ id: lead.id, stage: lead.stage, grade: lead.grade, total: lead.total })
			.from(lead)
			.where(and(gt(lead.id, after), isNull(lead.mergedInto)))
			.orderBy(asc(lead.id))
			.limit(limit),
	);
	const last = page.at(-1)?.[0] as string | undefined;
	if (last === undefined) return null;
	const known = await knownOf(read, and(gt(person.leadId, after), lte(person.leadId, last)), at);

	for (const [id, stage, grade, total] of page as [string, string, string, number][]) {
		const own = known.persons.get(id) ?? [];
		const living = own.flatMap(({ dataKey, profile, imported }) => (dataKey === null ? [] : [{ dataKey, profile, imported }]));
		const counted = own.filter((one) => known.answers.get(`profiling:${one.id}`) !== false);
		const times = counted.flatMap((one) => known.lastAt.get(one.id) ?? []);
		const facts = own.map((one) => known.accounts.get(one.id)).find((found) => found !== undefined) ?? null;
		const isUnsubscribed = own.some((one) => known.answers.get(`marketing.email:${one.id}`) === false);
		for (const one of counted) everybody.leadOf.set(one.id, everybody.leads.length);
		everybody.leads.push({
			...{ id, stage, grade, total: Number(total) },
			attributes: attributesOf(profileOf(keys, living), { facts, isUnsubscribed, competitorDomains }),
			accountId: facts?.id ?? null,
			lastAt: times.length === 0 ? null : Math.max(...times),
			ledger: counted.flatMap((one) => known.ledger.get(one.id) ?? []),
		});
		if (surgeDays > 0) addActive(everybody, counted, known, at.getTime() - (surgeDays + 1) * DAY_MS);
	}
	return page.length < limit ? null : last;
}

function addActive({ activeAt }: Everybody, own: readonly { readonly id: string }[], { accounts, lastAt }: Known, since: number): void {
	for (const { id } of own) {
		const accountId = accounts.get(id)?.id;
		const last = lastAt.get(id);
		if (accountId === undefined || last === undefined || last < since) continue;
		const others = activeAt.get(accountId);
		if (others) others.push(last);
		else activeAt.set(accountId, [last]);
	}
}

interface Known {
	readonly persons: ReadonlyMap<string, readonly (Omit<SealedPerson, 'dataKey'> & { readonly id: string; readonly dataKey: string | null })[]>;
	/** The newest answer by `<purpose>:<person>`. */
	readonly answers: ReadonlyMap<string, boolean>;
	readonly accounts: ReadonlyMap<string, AccountFacts>;
	readonly lastAt: ReadonlyMap<string, number>;
	readonly ledger: ReadonlyMap<string, BulkLead['ledger']>;
}

/** What is known of the persons of some leads. Persons come by lead, whoever is known longest first. */
async function knownOf(read: Handle, ofLeads: SQL | undefined, at: Date): Promise<Known> {
	const { id, leadId, dataKey, profile, imported, createdAt } = person;
	const persons = await rawRows(
		read,
		read.select({ leadId, id, dataKey, profile, imported }).from(person).where(ofLeads).orderBy(asc(leadId), asc(createdAt), asc(id)),
	);
	const answers = await rawRows(
		read,
		read
			.select({ purpose: consent.purpose, personId: consent.personId, given: consent.given })
			.from(person)
			.innerJoin(consent, eq(consent.personId, id))
			.where(and(ofLeads, inArray(consent.purpose, ['profiling', 'marketing.email'])))
			.orderBy(asc(consent.at), asc(consent.id)),
	);
	const places = await rawRows(
		read,
		read
			.select({ person: id, id: account.id, status: account.status, size: account.size, country: account.country, industry: account.industry })
			.from(person)
			.innerJoin(accountMember, eq(accountMember.personId, id))
			.innerJoin(account, eq(account.id, accountMember.accountId))
			.where(ofLeads),
	);
	const last = await rawRows(
		read,
		read
			.select({ id, last: max(event.at) })
			.from(person)
			.innerJoin(event, eq(event.personId, id))
			.where(and(ofLeads, lte(event.at, at)))
			.groupBy(id),
	);
	const ledger = await rawRows(
		read,
		read
			.select({ id, points: scoreLedger.points, halfLifeDays: scoreLedger.halfLifeDays, at: scoreLedger.at })
			.from(person)
			.innerJoin(scoreLedger, eq(scoreLedger.personId, id))
			.where(and(ofLeads, isNull(scoreLedger.undoneAt), lte(scoreLedger.at, at)))
			.orderBy(asc(scoreLedger.at), asc(scoreLedger.id)),
	);
	return {
		persons: Map.groupBy(
			persons.map((row) => {
				const [of, personId, key, said, others] = row as [string, string, string | null, Buffer | null, Buffer | null];
				return { leadId: of, id: personId, dataKey: key, profile: said, imported: others };
			}),
			(one) => one.leadId,
		),
		answers: new Map((answers as [string, string, unknown][]).map(([purpose, whose, given]) => [`${purpose}:${whose}`, Boolean(given)])),
		accounts: new Map(
			(places as [string, string, string, string, string, string][]).map(([whose, accountId, status, size, country, industry]) => [
				whose,
				{ id: accountId, status, size, country, industry },
			]),
		),
		lastAt: new Map((last as [string, unknown][]).map(([whose, lastAt]) => [whose, Number(lastAt)])),
		ledger: Map.groupBy(
			(ledger as [string, unknown, unknown, unknown][]).map(([whose, points, days, when]) => ({
				...{ personId: whose, points: Number(points), at: Number(when) },
				halfLifeDays: days === null ? null : Number(days),
			})),
			(entry) => entry.personId,
		),
	};
}
