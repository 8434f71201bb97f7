import { and, asc, count, desc, eq, gt, gte, inArray, isNotNull, isNull, max, min, ne, notInArray, or, type SQL, sql } from 'drizzle-orm';

import { beginsWith, type Handle } from '#kernel/database.ts';

import { isStorable } from '../event/props.ts';
import { account, accountDomain, accountMember, lead, person } from '../schema.ts';
import { foldName } from './name.ts';
import { contributionInSql, ROLE_POINTS } from './score.ts';
import { SILENT } from './seat.ts';
import { accountsOfList, heatOf, type TargetHeat } from './target-list.ts';

export const ACCOUNT_SORTS = ['total', 'people', 'engaged', 'activity', 'name'] as const;
/** Orders by what an account's people come to. */
export type SumSort = Exclude<(typeof ACCOUNT_SORTS)[number], 'name'>;
const PAGE = 50;

export interface AccountQuery {
	/** The beginning of a name, or a domain. */
	readonly q?: string | undefined;
	readonly status?: string | undefined;
	readonly country?: string | undefined;
	readonly industry?: string | undefined;
	readonly size?: string | undefined;
	readonly sort?: (typeof ACCOUNT_SORTS)[number] | undefined;
	/** Accounts on this target list. */
	readonly listId?: string | undefined;
	/** Id of a member of staff. */
	readonly owner?: string | undefined;
	/** From 1 on. */
	readonly page?: number | undefined;
}

export interface AccountItem {
	readonly id: string;
	readonly name: string;
	readonly status: string;
	readonly owner: string;
	readonly industry: string;
	readonly size: string;
	readonly country: string;
	readonly maySuggest: boolean;
	/** Leads that work there. */
	readonly people: number;
	/** Of these, how many did something in the last 30 days. */
	readonly engaged: number;
	/** '' without people. */
	readonly bestGrade: string;
	/** The account's score, in hundredths of a point: see {@link accountReceipt}. */
	readonly total: number;
	/** Committee roles that somebody there has, of four. */
	readonly roles: number;
	readonly lastActivityAt: Date | null;
}

export interface AccountPage {
	readonly items: readonly AccountItem[];
	readonly count: number;
	readonly page: number;
	readonly pages: number;
}

export interface AccountListParams extends AccountQuery {
	/** Epoch milliseconds from which on somebody counts as engaged. */
	readonly engagedSince: number;
	/** Ids to look at only; left out: all. */
	readonly ids?: readonly string[];
	/** Ids of all accounts in the order of `sort`, as {@link orderAccounts} told them; those that it misses go last. */
	readonly ranked?: readonly string[];
	/** Ids greater than this, in the order of ids and from the first on; '' for the first page. Left out: pages in the order of `sort`. */
	readonly after?: string;
}

/** A page of accounts with what their people come to. */
export async function listAccounts(handle: Handle, params: AccountListParams): Promise<AccountPage> {
	if (![params.q, params.status, params.country, params.industry, params.size, params.owner].every((text) => isStorable(text ?? '')))
		return { items: [], count: 0, page: 1, pages: 1 };
	const listed = params.listId ? await accountsOfList(handle, params.listId) : null;
	if (params.listId && (listed === null || listed.length === 0)) return { items: [], count: 0, page: 1, pages: 1 };
	const where = and(...filtersOf(handle, params), listed ? inArray(account.id, [...listed]) : undefined);
	const found = await handle.$count(account, where);
	const pages = Math.max(1, Math.ceil(found / PAGE));
	const page = Math.min(Math.max(Math.trunc(params.page ?? 1) || 1, 1), pages);
	const order = params.after === undefined ? (params.sort ?? 'total') : 'id';
	// Where the order asks for no sums, or is known, only those of the accounts that are shown are worked out.
	const shown =
		order === 'id' || order === 'name'
			? await idsOf(handle, where, order, page)
			: params.ranked
				? await inOrder(handle, where, params.ranked, found, page)
				: null;
	const sums = sumsOf(handle, params.engagedSince, shown ?? params.ids ?? null);
	const { id, name, status, owner, industry, size, country, maySuggest } = account;
	const rows = await handle
		.select({
			...{ id, name, status, owner, industry, size, country, maySuggest },
			...{
				people: sums.people,
				engaged: sums.engaged,
				bestGrade: sums.bestGrade,
				total: sums.total,
				lastActivityAt: sums.lastActivityAt,
				roles: sums.roles,
			},
		})
		.from(account)
		.leftJoin(sums, eq(sums.accountId, account.id))
		.where(shown ? inArray(account.id, shown) : where)
		.orderBy(...(shown || order === 'id' ? [] : [...orderOf(sums, order), asc(account.nameFolded)]), asc(account.id))
		.limit(PAGE)
		.offset(shown ? 0 : (page - 1) * PAGE);
	if (shown) rows.sort((one, other) => shown.indexOf(one.id) - shown.indexOf(other.id));
	const items = rows.map((row) => ({
		...row,
		people: row.people ?? 0,
		engaged: row.engaged ?? 0,
		bestGrade: row.bestGrade ?? '',
		total: row.total ?? 0,
		roles: row.roles ?? 0,
		lastActivityAt: row.lastActivityAt === null ? null : new Date(Number(row.lastActivityAt)),
	}));
	return { items, count: found, page, pages };
}

/** Ids of a page of accounts, in an order of their own columns. */
async function idsOf(handle: Handle, where: SQL | undefined, order: 'id' | 'name', page: number): Promise<string[]> {
	const rows = await handle
		.select({ id: account.id })
		.from(account)
		.where(where)
		.orderBy(...(order === 'id' ? [] : [asc(account.nameFolded)]), asc(account.id))
		.limit(PAGE)
		.offset((page - 1) * PAGE);
	return rows.map(({ id }) => id);
}

/** A page of the accounts that are found, in a known order; those that came since go last. */
async function inOrder(handle: Handle, where: SQL | undefined, ranked: readonly string[], found: number, page: number): Promise<string[]> {
	const [from, to] = [(page - 1) * PAGE, page * PAGE];
	if (found === ranked.length) return ranked.slice(from, to);
	const rows = await handle.select({ id: account.id }).from(account).where(where).orderBy(asc(account.nameFolded), asc(account.id));
	const ids = new Set(rows.map(({ id }) => id));
	const known = ranked.filter((id) => ids.delete(id));
	return [...known, ...ids].slice(from, to);
}

/** Ids of all accounts in each order that asks for sums; null where there are so few that each list can work them out. For a thread. */
export async function orderAccounts(
	handle: Handle,
	{ engagedSince, atLeast }: { readonly engagedSince: number; readonly atLeast: number },
): Promise<Readonly<Record<SumSort, readonly string[]>> | null> {
	const where = isNull(account.mergedInto);
	if ((await handle.$count(account, where)) < atLeast) return null;
	const sums = sumsOf(handle, engagedSince, null);
	const rows = await handle
		.select({ id: account.id, total: sums.total, people: sums.people, engaged: sums.engaged, activity: sums.lastActivityAt })
		.from(account)
		.leftJoin(sums, eq(sums.accountId, account.id))
		.where(where)
		.orderBy(asc(account.nameFolded), asc(account.id));
	const by = (sort: SumSort): string[] => rows.toSorted((one, other) => Number(other[sort] ?? 0) - Number(one[sort] ?? 0)).map(({ id }) => id);
	return { total: by('total'), people: by('people'), engaged: by('engaged'), activity: by('activity') };
}

/** See {@link heatOf}; for a thread. */
export async function heatOfList(
	handle: Handle,
	{ listId, engagedSince }: { readonly listId: string; readonly engagedSince: number },
): Promise<TargetHeat> {
	const ids = await accountsOfList(handle, listId);
	if (ids === null || ids.length === 0) return heatOf([]);
	const sums = sumsOf(handle, engagedSince, null);
	const rows = await handle
		.select({ people: sums.people, roles: sums.roles, total: sums.total })
		.from(account)
		.leftJoin(sums, eq(sums.accountId, account.id))
		.where(inArray(account.id, [...ids]));
	return heatOf(rows.map(({ people, roles, total }) => ({ people: people ?? 0, roles: roles ?? 0, total: total ?? 0 })));
}

type Sums = ReturnType<typeof sumsOf>;

/** What the people of each account (null: of all) come to; a lead with two persons there counts once, erased people and those who left not at all. */
function sumsOf(handle: Handle, engagedSince: number, ids: readonly string[] | null) {
	const members = handle
		.selectDistinct({ accountId: accountMember.accountId, leadId: person.leadId })
		.from(accountMember)
		.innerJoin(person, eq(person.id, accountMember.personId))
		.where(and(worksAt(ids), isNull(accountMember.leftAt), isNotNull(person.dataKey)))
		.as('members');
	const roles = rolesOf(handle, ids);
	const counts = sql`${lead.workingState} not in ('quarantine', 'disqualified')`;
	return handle
		.select({
			accountId: members.accountId,
			people: count().as('people'),
			engaged: sql<number>`sum(case when ${gte(lead.lastActivityAt, new Date(engagedSince))} then 1 else 0 end)`.mapWith(Number).as('engaged'),
			bestGrade: min(lead.grade).as('best_grade'),
			total:
				sql<number>`sum(case when ${counts} then ${contributionInSql} else 0 end) + coalesce(max(${roles.active}), 0) * ${sql.raw(String(ROLE_POINTS))}`
					.mapWith(Number)
					.as('total_sum'),
			roles: sql<number>`coalesce(max(${roles.all}), 0)`.mapWith(Number).as('role_count'),
			lastActivityAt: max(lead.lastActivityAt).as('last_at'),
		})
		.from(members)
		.innerJoin(lead, eq(lead.id, members.leadId))
		.leftJoin(roles, eq(roles.accountId, members.accountId))
		.groupBy(members.accountId)
		.as('sums');
}

const worksAt = (ids: readonly string[] | null): SQL | undefined =>
	ids ? inArray(accountMember.accountId, [...ids]) : isNotNull(accountMember.accountId);

/** Committee roles of each account: those that anybody has, and those of people who do something. */
function rolesOf(handle: Handle, ids: readonly string[] | null) {
	const active = sql`case when ${lead.engagement} > 0 then ${accountMember.committeeRole} end`;
	return handle
		.select({
			accountId: accountMember.accountId,
			all: sql<number>`count(distinct ${accountMember.committeeRole})`.as('all_roles'),
			active: sql<number>`count(distinct ${active})`.as('active_roles'),
		})
		.from(accountMember)
		.innerJoin(person, eq(person.id, accountMember.personId))
		.innerJoin(lead, eq(lead.id, person.leadId))
		.where(
			and(
				worksAt(ids),
				isNull(accountMember.leftAt),
				isNotNull(person.dataKey),
				ne(accountMember.committeeRole, ''),
				notInArray(lead.workingState, [...SILENT]),
			),
		)
		.groupBy(accountMember.accountId)
		.as('roles');
}

function filtersOf(handle: Handle, { q = '', status, country, industry, size, owner, ids, after }: AccountListParams): (SQL | undefined)[] {
	const start = foldName(q).replace(/^@/, '');
	const domains = handle.select({ id: accountDomain.accountId }).from(accountDomain).where(beginsWith(accountDomain.domain, start));
	return [
		isNull(account.mergedInto),
		after ? gt(account.id, after) : undefined,
		ids ? inArray(account.id, [...ids]) : undefined,
		start === '' ? undefined : or(beginsWith(account.nameFolded, start), inArray(account.id, domains)),
		status ? eq(account.status, status) : undefined,
		country ? eq(account.country, country) : undefined,
		owner ? eq(account.owner, owner) : undefined,
		industry ? eq(account.industry, industry) : undefined,
		size ? eq(account.size, size) : undefined,
	];
}

/** What is not known goes last, in both databases. */
function orderOf(sums: Sums, sort: (typeof ACCOUNT_SORTS)[number]): SQL[] {
	const most = (column: unknown): SQL => desc(sql`coalesce(${column}, 0)`);
	switch (sort) {
		case 'name':
			return [];
		case 'people':
			return [most(sums.people)];
		case 'engaged':
			return [most(sums.engaged)];
		case 'activity':
			return [most(sums.lastActivityAt)];
		case 'total':
			return [most(sums.total)];
	}
}
