import { and, asc, eq, inArray, isNull, type SQL } from 'drizzle-orm';

import { recordAudit } from '#kernel/audit.ts';
import type { Handle } from '#kernel/database.ts';
import { DomainError } from '#kernel/errors.ts';
import { newId } from '#kernel/id.ts';

import { requireName } from '../channel/edit-channel.ts';
import { isStorable } from '../event/props.ts';
import { type Reader, whoOf } from '../lead/reader.ts';
import { account, accountDomain, accountMember, person, targetEntry, targetList } from '../schema.ts';
import { COMMITTEE_ROLES } from './committee.ts';
import { companyDomain } from './domain.ts';
import type { AccountsDeps } from './edit.ts';
import { survivingAccount } from './merge.ts';
import { nameKey } from './name.ts';
import type { TargetRule } from './schema.ts';

/** A list of accounts that the company wants. */
export interface TargetList {
	readonly id: string;
	readonly name: string;
	/** What makes accounts belong by themselves; null: only by hand and by import. */
	readonly rule: TargetRule | null;
	readonly createdBy: string;
	readonly createdAt: Date;
	readonly isArchived: boolean;
	/** Accounts on it now. */
	readonly accounts: number;
}

/** What came of a list that was pasted or uploaded. */
export interface TargetImport {
	readonly added: number;
	readonly known: number;
	/** Lines that name no account, as they were. */
	readonly unmatched: readonly string[];
}

const MOST_LINES = 5_000;
const NOTHING: TargetRule = { status: '', industry: '', size: '', country: '' };

/** Lists in use by name, archived ones last. */
export async function targetLists(handle: Handle): Promise<readonly TargetList[]> {
	const rows = await handle.select().from(targetList).orderBy(asc(targetList.name), asc(targetList.id));
	const lists = await Promise.all(
		rows.map(async ({ archivedAt, ...row }): Promise<TargetList> => ({
			...row,
			isArchived: archivedAt !== null,
			accounts: (await accountsOnList(handle, row)).length,
		})),
	);
	return lists.sort((a, b) => Number(a.isArchived) - Number(b.isArchived));
}

/** How far a list's accounts are known and how warm they are. */
export interface TargetHeat {
	/** Accounts with people. */
	readonly known: number;
	/** Share of committee roles that somebody has, over all its accounts; 0 to 1. */
	readonly coverage: number;
	/** Mean score of its accounts, in hundredths of a point. */
	readonly heat: number;
}

/** Sums over accounts as {@link listAccounts} gives them. */
export function heatOf(items: readonly { readonly people: number; readonly roles: number; readonly total: number }[]): TargetHeat {
	const mean = (of: (one: (typeof items)[number]) => number) =>
		items.length === 0 ? 0 : items.reduce((sum, one) => sum + of(one), 0) / items.length;
	return {
		known: items.filter(({ people }) => people > 0).length,
		coverage: mean(({ roles }) => roles) / COMMITTEE_ROLES.length,
		heat: Math.round(mean(({ total }) => total)),
	};
}

/** Lists in use that an account is on; `isPut`: staff put it there, and can take it off. */
export async function targetListsOf(
	handle: Handle,
	accountId: string,
): Promise<readonly { readonly id: string; readonly name: string; readonly isPut: boolean }[]> {
	const rows = await handle.select().from(targetList).where(isNull(targetList.archivedAt)).orderBy(asc(targetList.name), asc(targetList.id));
	const put = await handle.select({ id: targetEntry.listId }).from(targetEntry).where(eq(targetEntry.accountId, accountId));
	const found = await Promise.all(rows.map(async (row) => ({ row, isOn: (await accountsOnList(handle, row)).includes(accountId) })));
	return found.filter(({ isOn }) => isOn).map(({ row: { id, name } }) => ({ id, name, isPut: put.some((one) => one.id === id) }));
}

/** Ids of the accounts on a list, put there or by its rule; merged ones by what they were merged into. Null when there is no such list. */
export async function accountsOfList(handle: Handle, listId: string): Promise<readonly string[] | null> {
	const [row] = isStorable(listId) ? await handle.select().from(targetList).where(eq(targetList.id, listId)) : [];
	return row ? accountsOnList(handle, row) : null;
}

async function accountsOnList(handle: Handle, { id, rule }: Pick<TargetList, 'id' | 'rule'>): Promise<string[]> {
	const put = await handle
		.select({ id: account.id, mergedInto: account.mergedInto })
		.from(targetEntry)
		.innerJoin(account, eq(account.id, targetEntry.accountId))
		.where(eq(targetEntry.listId, id));
	const standing = await Promise.all(put.map(async (one) => (one.mergedInto === null ? one.id : survivingAccount(handle, one.id))));
	const ruled =
		rule === null
			? []
			: await handle
					.select({ id: account.id })
					.from(account)
					.where(and(isNull(account.mergedInto), ...conditionsOf(rule)));
	return [...new Set([...standing.flatMap((one) => one ?? []), ...ruled.map((one) => one.id)])];
}

function conditionsOf({ status, industry, size, country }: TargetRule): SQL[] {
	return [
		...(status ? [eq(account.status, status)] : []),
		...(industry ? [eq(account.industry, industry)] : []),
		...(size ? [eq(account.size, size)] : []),
		...(country ? [eq(account.country, country)] : []),
	];
}

/** Makes a list; returns its id. A rule that asks nothing is none. @throws DomainError invalid */
export async function addTargetList(deps: AccountsDeps, input: { readonly name: string; readonly rule: TargetRule }, by: Reader): Promise<string> {
	const { db, now, random } = deps;
	const name = requireName(input.name, 'name');
	const asked = { ...NOTHING, ...input.rule };
	const rule = Object.values(asked).every((value) => value === '') ? null : asked;
	const id = newId(now(), random);
	await db.write(async (tx) => {
		await tx.insert(targetList).values({ id, name, rule, createdBy: by.actor, createdAt: now(), archivedAt: null });
		await recordAudit(tx, { ...whoOf(by), action: 'target-list.add', subject: `target-list:${id}`, detail: {} }, now(), random);
	});
	return id;
}

/** Puts a list away, or brings it back. @throws DomainError not-found */
export async function archiveTargetList({ db, now, random }: AccountsDeps, id: string, isArchived: boolean, by: Reader): Promise<void> {
	await db.write(async (tx) => {
		const done = await tx
			.update(targetList)
			.set({ archivedAt: isArchived ? now() : null })
			.where(eq(targetList.id, id))
			.returning({ id: targetList.id });
		if (done.length === 0) throw new DomainError('not-found', 'There is no such list.');
		const action = isArchived ? 'target-list.archive' : 'target-list.restore';
		await recordAudit(tx, { ...whoOf(by), action, subject: `target-list:${id}`, detail: {} }, now(), random);
	});
}

/** Puts accounts on a list; returns those that were not on it. @throws DomainError not-found */
export async function putOnList(
	{ db, now, random }: AccountsDeps,
	listId: string,
	accountIds: readonly string[],
	by: Reader,
): Promise<readonly string[]> {
	return db.write(async (tx) => {
		await requireList(tx, listId);
		const standing = [...new Set((await Promise.all(accountIds.map((id) => survivingAccount(tx, id)))).flatMap((id) => id ?? []))];
		if (standing.length === 0) return [];
		const added = await tx
			.insert(targetEntry)
			.values(standing.map((accountId) => ({ listId, accountId, cause: by.actor, at: now() })))
			.onConflictDoNothing()
			.returning({ accountId: targetEntry.accountId });
		const ids = added.map(({ accountId }) => accountId);
		if (ids.length > 0)
			await tx
				.update(account)
				.set({ keptAt: now() })
				.where(and(inArray(account.id, ids), isNull(account.keptAt)));
		const entry = { ...whoOf(by), action: 'target-list.put', subject: `target-list:${listId}`, detail: { accounts: ids } };
		if (ids.length > 0) await recordAudit(tx, entry, now(), random);
		return ids;
	});
}

/** Takes accounts off a list that were put on it. @throws DomainError not-found */
export async function takeOffList({ db, now, random }: AccountsDeps, listId: string, accountIds: readonly string[], by: Reader): Promise<void> {
	await db.write(async (tx) => {
		await requireList(tx, listId);
		await tx.delete(targetEntry).where(and(eq(targetEntry.listId, listId), inArray(targetEntry.accountId, [...accountIds])));
		const entry = { ...whoOf(by), action: 'target-list.take', subject: `target-list:${listId}`, detail: { accounts: accountIds } };
		await recordAudit(tx, entry, now(), random);
	});
}

/** Puts the accounts on a list that lines name by mail domain, web address or exact name, each line's first cell. @throws DomainError not-found, invalid */
export async function importTargets(deps: AccountsDeps, listId: string, text: string, by: Reader): Promise<TargetImport> {
	const lines = [...new Set(text.split(/\r?\n/).map((line) => (line.split(/[,;\t]/)[0] ?? '').replaceAll('"', '').trim()))].filter(
		(line) => line !== '',
	);
	if (lines.length === 0 || lines.length > MOST_LINES)
		throw new DomainError('invalid', 'The list is empty or too long.', {
			fields: [{ field: 'lines', code: lines.length === 0 ? 'required' : 'too-many' }],
		});
	const found: string[] = [];
	const unmatched: string[] = [];
	for (const line of lines) {
		const id = isStorable(line) ? await accountNamed(deps.db.read, line) : null;
		if (id === null) unmatched.push(line.slice(0, 120));
		else found.push(id);
	}
	const wanted = new Set(found);
	const added = (await putOnList(deps, listId, [...wanted], by)).length;
	return { added, known: wanted.size - added, unmatched };
}

/** Accounts of these leads' people. */
export async function accountsOfLeads(handle: Handle, leadIds: readonly string[]): Promise<string[]> {
	const rows = await handle
		.selectDistinct({ accountId: accountMember.accountId })
		.from(accountMember)
		.innerJoin(person, eq(person.id, accountMember.personId))
		.where(inArray(person.leadId, [...leadIds]));
	return rows.flatMap(({ accountId }) => accountId ?? []);
}

async function accountNamed(handle: Handle, line: string): Promise<string | null> {
	const host = line
		.toLowerCase()
		.replace(/^https?:\/\//, '')
		.replace(/^www\./, '')
		.replace(/^.*@/, '')
		.replace(/[/?#].*$/, '');
	const said = host.includes('.') && !/\s/.test(host) ? companyDomain(host) : null;
	const hosts = said === null ? [] : [host, ...(said.kind === 'company' ? [said.domain] : [])];
	const [byDomain] =
		hosts.length === 0 ? [] : await handle.select({ id: accountDomain.accountId }).from(accountDomain).where(inArray(accountDomain.domain, hosts));
	if (byDomain) return byDomain.id;
	const key = nameKey(line);
	const byName =
		key === ''
			? []
			: await handle
					.select({ id: account.id })
					.from(account)
					.where(and(eq(account.nameKey, key), isNull(account.mergedInto)));
	// Of two companies of one name, nobody knows which is meant.
	return byName.length === 1 && byName[0] ? byName[0].id : null;
}

async function requireList(tx: Handle, id: string): Promise<void> {
	if ((await tx.$count(targetList, eq(targetList.id, id))) === 0) throw new DomainError('not-found', 'There is no such list.');
}
