import { and, asc, desc, eq, gt, gte, inArray, isNull, lt, lte, or, type SQL } from 'drizzle-orm';

import { beginsWith, type Handle } from '#kernel/database.ts';
import type { Keys } from '#kernel/keys.ts';

import { isStorable } from '../event/props.ts';
import { isLiving, openProfile } from '../identity/person.ts';
import { lookupHash, queryTerms } from '../identity/lookup.ts';
import { account, accountMember, lead, person, personLookup } from '../schema.ts';
import { readCursor, writeCursor } from './cursor.ts';

const DEFAULT_LIMIT = 50;
const MOST = 200;

export interface LeadQuery {
	/** A mail address, `@domain`, phone in E.164, words of a name, or the beginning of a company's name. */
	readonly q?: string | undefined;
	readonly stage?: string | undefined;
	readonly grade?: string | undefined;
	readonly workingState?: string | undefined;
	readonly activeSince?: Date | undefined;
	readonly createdSince?: Date | undefined;
	/** People of this account only. */
	readonly accountId?: string | undefined;
	/** Id of a member of staff; null: leads that nobody has. */
	readonly owner?: string | null | undefined;
	/** Leads whose next action was due by then. */
	readonly overdueAt?: Date | undefined;
	/** Code of a tag, by rule or put on. */
	readonly tag?: string | undefined;
	/** Code of a channel; those below it count too. */
	readonly channel?: string | undefined;
	/** Leads that a saved segment holds for. */
	readonly segmentId?: string | undefined;
	readonly sort?: 'score' | 'activity' | 'company' | undefined;
	readonly cursor?: string | undefined;
	/** 1 to 200. */
	readonly limit?: number | undefined;
}

export interface LeadItem {
	readonly id: string;
	/** Of the person known longest; null when erased or not for the reader's eyes. */
	readonly name: string | null;
	readonly jobTitle: string | null;
	/** Null when not known, erased, or not for the reader's eyes; the same of those that follow. */
	readonly email: string | null;
	readonly phone: string | null;
	readonly region: string | null;
	/** Slug of an industry term. */
	readonly industry: string | null;
	readonly company: string;
	/** Where the person known longest works. */
	readonly account: { readonly id: string; readonly name: string } | null;
	/** Id of the member of staff who works it; null for nobody. */
	readonly owner: string | null;
	readonly nextActionAt: Date | null;
	readonly stage: string;
	readonly workingState: string;
	readonly grade: string;
	/** Hundredths of a point. */
	readonly total: number;
	readonly fit: number;
	readonly engagement: number;
	readonly isVerified: boolean;
	readonly lastActivityAt: Date;
	readonly createdAt: Date;
}

export interface LeadPage {
	readonly items: readonly LeadItem[];
	readonly nextCursor: string | null;
}

type LeadRow = typeof lead.$inferSelect;

interface Order {
	readonly type: 'number' | 'string';
	readonly by: readonly SQL[];
	after(value: never, id: string): SQL | undefined;
	valueOf(row: LeadRow): number | string;
}

const ORDERS: Readonly<Record<NonNullable<LeadQuery['sort']>, Order>> = {
	score: {
		type: 'number',
		by: [desc(lead.total), desc(lead.id)],
		after: (value: number, id) => or(lt(lead.total, value), and(eq(lead.total, value), lt(lead.id, id))),
		valueOf: ({ total }) => total,
	},
	activity: {
		type: 'number',
		by: [desc(lead.lastActivityAt), desc(lead.id)],
		after: (value: number, id) => or(lt(lead.lastActivityAt, new Date(value)), and(eq(lead.lastActivityAt, new Date(value)), lt(lead.id, id))),
		valueOf: ({ lastActivityAt }) => lastActivityAt.getTime(),
	},
	company: {
		type: 'string',
		by: [asc(lead.company), asc(lead.id)],
		after: (value: string, id) => or(gt(lead.company, value), and(eq(lead.company, value), gt(lead.id, id))),
		valueOf: ({ company }) => company,
	},
};

/**
 * A page of leads, best score first unless asked otherwise. Companies are found by the beginning of their name; people by
 * blind indexes only, and only by readers who may see them. `within` narrows the list further.
 *
 * @throws DomainError invalid for a foreign cursor.
 */
export async function listLeads(handle: Handle, keys: Keys, query: LeadQuery, seesPeople: boolean, within?: SQL): Promise<LeadPage> {
	const { sort = 'score', cursor, limit } = query;
	const order = ORDERS[sort];
	const size = Math.min(Math.max(Math.trunc(limit ?? DEFAULT_LIMIT) || DEFAULT_LIMIT, 1), MOST);
	const found = foundBy(handle, keys, query, seesPeople);
	if (found === null) return { items: [], nextCursor: null };
	const filters = [...found, within];
	if (cursor !== undefined) {
		const place = readCursor(`leads:${sort}`, order.type, cursor);
		filters.push(order.after(place.value as never, place.id));
	}
	const rows = await handle
		.select()
		.from(lead)
		.where(and(...filters))
		.orderBy(...order.by)
		.limit(size + 1);
	const shown = rows.slice(0, size);
	const last = shown.at(-1);
	return {
		items: await itemsOf(handle, keys, shown, seesPeople),
		nextCursor: rows.length > size && last ? writeCursor(`leads:${sort}`, { value: order.valueOf(last), id: last.id }) : null,
	};
}

/** Ids of leads that a query finds, in the order of ids, greater than `after`. */
export async function listedIds(
	handle: Handle,
	keys: Keys,
	query: LeadQuery,
	seesPeople: boolean,
	{ after, limit }: { readonly after: string; readonly limit: number },
	within?: SQL,
): Promise<string[]> {
	const found = foundBy(handle, keys, query, seesPeople);
	if (found === null) return [];
	const rows = await handle
		.select({ id: lead.id })
		.from(lead)
		.where(and(...found, within, gt(lead.id, after)))
		.orderBy(asc(lead.id))
		.limit(limit);
	return rows.map(({ id }) => id);
}

/** What a query asks of leads; null where it can find none. */
function foundBy(handle: Handle, keys: Keys, query: LeadQuery, seesPeople: boolean): (SQL | undefined)[] | null {
	const { q = '' } = query;
	if (![q, query.stage ?? '', query.grade ?? '', query.workingState ?? '', query.owner ?? ''].every(isStorable)) return null;
	const filters = filtersOf(handle, query);
	if (q.trim() === '') return filters;
	const terms = seesPeople ? queryTerms(q) : [];
	const ofPeople = terms.map((term) => inArray(lead.id, leadsWith(handle, term.kind, lookupHash(keys, term))));
	return [...filters, or(companyBegins(q.trim()), ...(ofPeople.length === 0 ? [] : [and(...ofPeople)]))];
}

function filtersOf(handle: Handle, query: LeadQuery): (SQL | undefined)[] {
	const { stage, grade, workingState, activeSince, createdSince, accountId, owner, overdueAt } = query;
	return [
		isNull(lead.mergedInto),
		stage ? eq(lead.stage, stage) : undefined,
		grade ? eq(lead.grade, grade) : undefined,
		workingState ? eq(lead.workingState, workingState) : undefined,
		activeSince && gte(lead.lastActivityAt, activeSince),
		createdSince && gte(lead.createdAt, createdSince),
		accountId ? inArray(lead.id, leadsOfAccount(handle, accountId)) : undefined,
		owner === null ? isNull(lead.owner) : owner === undefined ? undefined : eq(lead.owner, owner),
		overdueAt && lte(lead.nextActionAt, overdueAt),
	];
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

async function itemsOf(handle: Handle, keys: Keys, rows: readonly LeadRow[], seesPeople: boolean): Promise<LeadItem[]> {
	const ids = rows.map(({ id }) => id);
	const persons = await handle
		.select({ person, account: { id: account.id, name: account.name } })
		.from(person)
		.leftJoin(accountMember, eq(accountMember.personId, person.id))
		.leftJoin(account, eq(account.id, accountMember.accountId))
		.where(inArray(person.leadId, ids))
		.orderBy(asc(person.createdAt), asc(person.id));
	const byLead = Map.groupBy(persons, (one) => one.person.leadId);
	return rows.map((row) => {
		const own = byLead.get(row.id) ?? [];
		const first = own.map((one) => one.person).find(isLiving);
		const said = first && seesPeople ? openProfile(keys, first) : {};
		const { name = null, jobTitle = null, email = null, phone = null, region = null, industry = null } = said;
		const { id, company, stage, workingState, grade, total, fit, engagement, owner, nextActionAt, lastActivityAt, createdAt } = row;
		return {
			...{ id, name, jobTitle, email, phone, region, industry, company, stage, workingState, grade, total, fit, engagement, owner, nextActionAt },
			account: own.find((one) => one.account)?.account ?? null,
			isVerified: own.some((one) => one.person.verifiedAt !== null),
			...{ lastActivityAt, createdAt },
		};
	});
}
