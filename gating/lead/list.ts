import { and, asc, eq, gt, inArray } from 'drizzle-orm';

import type { Handle } from '#kernel/database.ts';
import type { Keys } from '#kernel/keys.ts';

import { isLiving, openProfile } from '../identity/person.ts';
import { account, accountMember, lead, person } from '../schema.ts';
import type { Plan } from '../tag/plan.ts';
import { asked, conditionOf } from './asked.ts';
import { readCursor, writeCursor } from './cursor.ts';
import { ORDERS } from './order.ts';

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
	/** The leads of one number of a funnel; see {@link writeCell}. */
	readonly funnel?: string | undefined;
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
	/** How many leads the query has in all, where that was asked for. */
	readonly total?: number;
}

type LeadRow = typeof lead.$inferSelect;
type Sort = NonNullable<LeadQuery['sort']>;

export const NOBODY: LeadPage = { items: [], nextCursor: null };

/** How many leads a page has: 50 unless asked otherwise, 1 to 200. */
export const pageSize = (limit: number | undefined): number => Math.min(Math.max(Math.trunc(limit ?? DEFAULT_LIMIT) || DEFAULT_LIMIT, 1), MOST);

/**
 * A page of leads, best score first unless asked otherwise. Companies are found by the beginning of their name; people by
 * blind indexes only, and only by readers who may see them. `plans` narrow the list further.
 *
 * @throws DomainError invalid for a foreign cursor.
 */
export async function listLeads(handle: Handle, keys: Keys, query: LeadQuery, seesPeople: boolean, plans: readonly Plan[] = []): Promise<LeadPage> {
	const { sort = 'score', cursor } = query;
	const order = ORDERS[sort];
	const size = pageSize(query.limit);
	const ask = asked(keys, query, seesPeople, plans);
	const place = cursor === undefined ? null : readCursor(`leads:${sort}`, order.type, cursor);
	if (!ask) return NOBODY;
	const rows = await handle
		.select()
		.from(lead)
		.where(and(conditionOf(handle, ask), place ? order.after(place.value as never, place.id) : undefined))
		.orderBy(...order.by)
		.limit(size + 1);
	return pageOf(handle, keys, { rows, size, sort, seesPeople });
}

/** A page of these rows; one more than `size` says that there are more. */
export async function pageOf(
	handle: Handle,
	keys: Keys,
	{ rows, size, sort, seesPeople }: { readonly rows: readonly LeadRow[]; readonly size: number; readonly sort: Sort; readonly seesPeople: boolean },
): Promise<LeadPage> {
	const shown = rows.slice(0, size);
	const last = shown.at(-1);
	return {
		items: await itemsOf(handle, keys, shown, seesPeople),
		nextCursor: rows.length > size && last ? writeCursor(`leads:${sort}`, { value: ORDERS[sort].valueOf(last), id: last.id }) : null,
	};
}

/** Ids of leads that a query finds, in the order of ids, greater than `after`. */
export async function listedIds(
	handle: Handle,
	keys: Keys,
	query: LeadQuery,
	seesPeople: boolean,
	{ after, limit }: { readonly after: string; readonly limit: number },
	plans: readonly Plan[] = [],
): Promise<string[]> {
	const ask = asked(keys, query, seesPeople, plans);
	if (!ask) return [];
	const rows = await handle
		.select({ id: lead.id })
		.from(lead)
		.where(and(conditionOf(handle, ask), gt(lead.id, after)))
		.orderBy(asc(lead.id))
		.limit(limit);
	return rows.map(({ id }) => id);
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
