import { desc, eq, inArray, or } from 'drizzle-orm';

import type { Handle } from '#kernel/database.ts';
import { DomainError } from '#kernel/errors.ts';
import { newId, type Random } from '#kernel/id.ts';

import { markAccountsStale } from '../event/store.ts';
import { account, accountDomain, accountMember, accountMerge, accountPost, tagMark } from '../schema.ts';
import { accountsUnder } from './forget.ts';

export type AccountMerge = typeof accountMerge.$inferSelect;

/**
 * Makes one account of two: people and domains of `fromId` point to `intoId`, nothing else of either changes. Returns the journal's id.
 *
 * @throws DomainError not-found, conflict (one is merged already, or both are one)
 */
export async function mergeAccounts(
	tx: Handle,
	{ fromId, intoId, cause }: { readonly fromId: string; readonly intoId: string; readonly cause: string },
	at: Date,
	random: Random,
): Promise<string> {
	const rows = await tx
		.select()
		.from(account)
		.where(inArray(account.id, [fromId, intoId]));
	const [from, into] = [rows.find(({ id }) => id === fromId), rows.find(({ id }) => id === intoId)];
	if (!from || !into) throw new DomainError('not-found', 'There is no such account.');
	if (from === into) throw new DomainError('conflict', 'An account cannot be merged with itself.');
	if (from.mergedInto !== null || into.mergedInto !== null) throw new DomainError('conflict', 'One of these accounts is merged already.');
	const id = newId(at, random);
	await tx.insert(accountMerge).values({ id, fromId, intoId, cause, at, undoneAt: null, undoneBy: null });
	await tx.update(account).set({ mergedInto: intoId }).where(eq(account.id, fromId));
	await tx.update(accountMember).set({ accountId: intoId }).where(eq(accountMember.accountId, fromId));
	await tx.update(accountDomain).set({ accountId: intoId }).where(eq(accountDomain.accountId, fromId));
	await tx.update(accountPost).set({ accountId: intoId }).where(eq(accountPost.accountId, fromId));
	await tx.update(tagMark).set({ accountId: intoId }).where(eq(tagMark.accountId, fromId));
	await markAccountsStale(tx, [intoId]);
	return id;
}

/** Takes a merge back, in whatever order: people and domains point to where they would without it. @throws DomainError not-found, conflict */
export async function undoAccountMerge(tx: Handle, mergeId: string, undoneBy: string, at: Date): Promise<AccountMerge> {
	const [row] = await tx.select().from(accountMerge).where(eq(accountMerge.id, mergeId));
	if (!row) throw new DomainError('not-found', 'There is no such merge.');
	if (row.undoneAt !== null) throw new DomainError('conflict', 'This merge was undone already.');
	await tx.update(accountMerge).set({ undoneAt: at, undoneBy }).where(eq(accountMerge.id, mergeId));
	await tx.update(account).set({ mergedInto: null }).where(eq(account.id, row.fromId));
	const own = await accountsUnder(tx, [row.fromId]);
	await tx.update(accountMember).set({ accountId: row.fromId }).where(inArray(accountMember.firstAccountId, own));
	await tx.update(accountDomain).set({ accountId: row.fromId }).where(inArray(accountDomain.firstAccountId, own));
	await tx.update(accountPost).set({ accountId: row.fromId }).where(inArray(accountPost.firstAccountId, own));
	await tx.update(tagMark).set({ accountId: row.fromId }).where(inArray(tagMark.firstAccountId, own));
	await markAccountsStale(tx, [row.fromId, row.intoId]);
	return row;
}

/** Merges of an account, newest first, those undone included. */
export async function accountMergesOf(handle: Handle, id: string): Promise<AccountMerge[]> {
	return handle
		.select()
		.from(accountMerge)
		.where(or(eq(accountMerge.intoId, id), eq(accountMerge.fromId, id)))
		.orderBy(desc(accountMerge.at), desc(accountMerge.id))
		.limit(50);
}

/** The account that stands for this one now; null when there is none. */
export async function survivingAccount(handle: Handle, id: string): Promise<string | null> {
	let at: string | null = id;
	for (;;) {
		const [row]: { mergedInto: string | null }[] = await handle.select({ mergedInto: account.mergedInto }).from(account).where(eq(account.id, at));
		if (!row) return null;
		if (row.mergedInto === null) return at;
		at = row.mergedInto;
	}
}
