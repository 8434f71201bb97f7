import { and, asc, eq, inArray, isNotNull, isNull, ne } from 'drizzle-orm';

import type { Handle } from '#kernel/database.ts';

import { account, accountDomain, accountMember, person } from '../schema.ts';
import { type AccountMerge, accountMergesOf } from './merge.ts';
import { type AccountItem, listAccounts } from './list.ts';

export interface AccountName {
	readonly id: string;
	readonly name: string;
}

export interface AccountView extends AccountItem {
	readonly website: string;
	readonly createdAt: Date;
	/** Null: nobody on the staff has worked it yet; it goes with its last person. */
	readonly keptAt: Date | null;
	/** Where the name comes from: what a person said, or staff, a list or the domain. */
	readonly isNamedByPerson: boolean;
	readonly domains: readonly { readonly domain: string; readonly cause: string; readonly createdAt: Date }[];
	readonly parent: AccountName | null;
	readonly children: readonly AccountName[];
	/** Accounts of the same name, which may be the same company. */
	readonly sameName: readonly (AccountName & { readonly country: string })[];
	/** Leads without an account whose company has this name. */
	readonly mayBelong: readonly string[];
	readonly merges: readonly (AccountMerge & { readonly fromName: string })[];
}

const MOST = 20;

/** An account as its page shows it; null when there is none or it is merged. */
export async function viewAccount(handle: Handle, id: string, engagedSince: number): Promise<AccountView | null> {
	const [row] = await handle.select().from(account).where(eq(account.id, id));
	if (!row || row.mergedInto !== null) return null;
	const { items } = await listAccounts(handle, { ids: [id], engagedSince });
	const [item] = items;
	if (!item) return null;
	const domains = await handle.select().from(accountDomain).where(eq(accountDomain.accountId, id)).orderBy(asc(accountDomain.domain));
	const names = { id: account.id, name: account.name };
	const [parent] = row.parentId === null ? [] : await handle.select(names).from(account).where(eq(account.id, row.parentId));
	const merges = (await accountMergesOf(handle, id)).filter(({ intoId }) => intoId === id);
	const merged = await handle
		.select(names)
		.from(account)
		.where(
			inArray(
				account.id,
				merges.map(({ fromId }) => fromId),
			),
		);
	return {
		...item,
		website: row.website,
		createdAt: row.createdAt,
		keptAt: row.keptAt,
		isNamedByPerson: row.nameOf !== null,
		domains: domains.map(({ domain, cause, createdAt }) => ({ domain, cause, createdAt })),
		parent: parent ?? null,
		children: await handle
			.select(names)
			.from(account)
			.where(and(eq(account.parentId, id), isNull(account.mergedInto)))
			.orderBy(asc(account.nameFolded))
			.limit(MOST),
		sameName: row.nameKey === '' ? [] : await sameNameAs(handle, id, row.nameKey),
		mayBelong: row.nameKey === '' ? [] : await mayBelongTo(handle, row.nameKey),
		merges: merges.map((one) => ({ ...one, fromName: merged.find(({ id: from }) => from === one.fromId)?.name ?? '' })),
	};
}

/** The account of a lead's people: of who is known longest; with the accounts that bear the name of their company, where they have none. */
export async function accountOfLead(handle: Handle, leadId: string) {
	const rows = await handle
		.select({ cause: accountMember.cause, companyKey: accountMember.companyKey, account })
		.from(accountMember)
		.innerJoin(person, eq(person.id, accountMember.personId))
		.leftJoin(account, eq(account.id, accountMember.accountId))
		.where(and(eq(person.leadId, leadId), isNotNull(person.dataKey)))
		.orderBy(asc(person.createdAt), asc(person.id));
	const placed = rows.find((row) => row.account !== null);
	const { companyKey = '' } = rows.find((row) => row.companyKey !== '') ?? {};
	const byStaff = rows.find(({ cause }) => cause.startsWith('staff:'));
	return {
		account: placed?.account ?? null,
		/** `domain`, `name`, `staff:<id>`, or '' when it is not known where they work. */
		cause: (placed ?? byStaff)?.cause ?? '',
		suggestions: placed || companyKey === '' || byStaff ? [] : await sameNameAs(handle, '', companyKey),
	};
}

const sameNameAs = (handle: Handle, id: string, key: string) =>
	handle
		.select({ id: account.id, name: account.name, country: account.country })
		.from(account)
		.where(and(eq(account.nameKey, key), ne(account.id, id), isNull(account.mergedInto)))
		.orderBy(asc(account.createdAt))
		.limit(MOST);

async function mayBelongTo(handle: Handle, key: string): Promise<string[]> {
	const rows = await handle
		.selectDistinct({ leadId: person.leadId })
		.from(accountMember)
		.innerJoin(person, eq(person.id, accountMember.personId))
		.where(and(eq(accountMember.companyKey, key), isNull(accountMember.accountId), eq(accountMember.cause, ''), isNotNull(person.dataKey)))
		.limit(MOST);
	return rows.map(({ leadId }) => leadId);
}
