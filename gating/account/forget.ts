import { and, asc, eq, inArray, isNotNull } from 'drizzle-orm';

import type { Handle } from '#kernel/database.ts';
import type { Keys } from '#kernel/keys.ts';

import { isLiving, openProfile } from '../identity/person.ts';
import type { PersonalDataSource } from '../privacy/source.ts';
import { account, accountDomain, accountMember, accountMerge, accountPost, person, postHolder, tagMark, targetEntry } from '../schema.ts';
import { namesOf } from './place.ts';

/** Where people work, for their export and their erasure. */
export function accountsData({ keys }: { readonly keys: Keys }): PersonalDataSource {
	return Object.freeze<PersonalDataSource>({
		name: 'account',
		export: async (tx, personId) => {
			const [row] = await tx
				.select({ account: account.name, cause: accountMember.cause, committeeRole: accountMember.committeeRole, at: accountMember.at })
				.from(accountMember)
				.innerJoin(account, eq(account.id, accountMember.accountId))
				.where(eq(accountMember.personId, personId));
			return row ?? null;
		},
		erase: (tx, personId) => forgetMembers(tx, keys, [personId]),
	});
}

/**
 * Lets people go from their accounts. An account that only they made known goes with the last of them; one that staff have worked stays,
 * under its domain where its name was one of their words. Call it while the people's keys exist.
 */
export async function forgetMembers(tx: Handle, keys: Keys, personIds: readonly string[]): Promise<void> {
	const gone = [...personIds];
	if (gone.length === 0) return;
	await tx.delete(postHolder).where(inArray(postHolder.personId, gone));
	const left = await tx.delete(accountMember).where(inArray(accountMember.personId, gone)).returning({ accountId: accountMember.accountId });
	const ids = new Set(left.flatMap(({ accountId }) => accountId ?? []));
	for (const id of ids) if (await isDeserted(tx, id)) await removeAccount(tx, id);
	const named = await tx.select({ id: account.id }).from(account).where(inArray(account.nameOf, gone));
	for (const { id } of named) await renameAccount(tx, keys, id, gone);
}

/** True when nobody is left and neither it nor anything merged into it was worked by staff. */
async function isDeserted(tx: Handle, id: string): Promise<boolean> {
	if ((await tx.$count(accountMember, eq(accountMember.accountId, id))) > 0) return false;
	const all = await accountsUnder(tx, [id]);
	return (await tx.$count(account, and(inArray(account.id, all), isNotNull(account.keptAt)))) === 0;
}

/** Accounts and all that are merged into them, over any number of steps. */
export async function accountsUnder(tx: Handle, ids: readonly string[]): Promise<string[]> {
	const found = [...ids];
	for (let step = [...ids]; step.length > 0;) {
		const rows = await tx.select({ id: account.id }).from(account).where(inArray(account.mergedInto, step));
		step = rows.map(({ id }) => id);
		found.push(...step);
	}
	return found;
}

async function removeAccount(tx: Handle, id: string): Promise<void> {
	const all = await accountsUnder(tx, [id]);
	await tx.delete(accountDomain).where(inArray(accountDomain.accountId, all));
	await tx.delete(accountMerge).where(inArray(accountMerge.intoId, all));
	await tx.delete(accountMerge).where(inArray(accountMerge.fromId, all));
	await tx.update(account).set({ parentId: null }).where(inArray(account.parentId, all));
	await tx.delete(tagMark).where(inArray(tagMark.accountId, all));
	await tx.delete(accountPost).where(inArray(accountPost.accountId, all));
	await tx.delete(targetEntry).where(inArray(targetEntry.accountId, all));
	await tx.delete(account).where(inArray(account.id, all));
}

/** The name becomes that of whoever else of it is known longest, else its domain. */
async function renameAccount(tx: Handle, keys: Keys, id: string, gone: readonly string[]): Promise<void> {
	const others = await tx
		.select({ person })
		.from(accountMember)
		.innerJoin(person, eq(person.id, accountMember.personId))
		.where(and(eq(accountMember.accountId, id), isNotNull(person.dataKey)))
		.orderBy(asc(person.createdAt), asc(person.id))
		.limit(20);
	for (const { person: row } of others) {
		const company = isLiving(row) && !gone.includes(row.id) ? openProfile(keys, row).company : undefined;
		if (company) {
			await tx
				.update(account)
				.set({ ...namesOf(company), nameOf: row.id })
				.where(eq(account.id, id));
			return;
		}
	}
	const [domain] = await tx.select().from(accountDomain).where(eq(accountDomain.firstAccountId, id)).orderBy(asc(accountDomain.createdAt)).limit(1);
	await tx
		.update(account)
		.set({ ...namesOf(domain?.domain ?? ''), nameOf: null })
		.where(eq(account.id, id));
}
