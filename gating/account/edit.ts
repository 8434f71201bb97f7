import { and, eq, inArray, isNotNull } from 'drizzle-orm';

import { recordAudit } from '#kernel/audit.ts';
import type { Now } from '#kernel/clock.ts';
import type { Database, Handle } from '#kernel/database.ts';
import { DomainError } from '#kernel/errors.ts';
import { newId, type Random } from '#kernel/id.ts';
import type { Keys } from '#kernel/keys.ts';

import { requireName } from '../channel/edit-channel.ts';
import { markAccountsStale, markStale } from '../event/store.ts';
import { lookupHash } from '../identity/lookup.ts';
import { type Reader, whoOf } from '../lead/reader.ts';
import { account, accountDomain, accountMember, person, personLookup, staffMember } from '../schema.ts';
import { ACCOUNT_STATUSES, type AccountStatus, SIZES } from './account.ts';
import { companyDomain } from './domain.ts';
import { survivingAccount } from './merge.ts';
import { namesOf, placePerson } from './place.ts';

export interface AccountsDeps {
	readonly db: Database;
	readonly keys: Keys;
	readonly now: Now;
	readonly random: Random;
}

/** What staff say of an account; what is left out stays. */
export interface AccountChange {
	readonly name?: string | undefined;
	readonly status?: string | undefined;
	/** Id of a member of staff who signed in once, or '' for nobody. Routing gives people of the account to them. */
	readonly owner?: string | undefined;
	readonly industry?: string | undefined;
	readonly size?: string | undefined;
	/** ISO 3166 code, or ''. */
	readonly country?: string | undefined;
	readonly website?: string | undefined;
	readonly maySuggest?: boolean | undefined;
	/** Null: no parent. */
	readonly parentId?: string | null | undefined;
}

const LONGEST = 120;
const DEEPEST = 20;

const wrong = (field: string, code: string) => new DomainError('invalid', 'The account cannot be kept like this.', { fields: [{ field, code }] });

/** Changes an account. It is kept from then on, whoever leaves it. @throws DomainError not-found, invalid */
export async function changeAccount({ db, now, random }: AccountsDeps, id: string, change: AccountChange, by: Reader): Promise<void> {
	const values = valuesOf(change);
	await db.write(async (tx) => {
		const row = await requireAccount(tx, id);
		if (change.owner && change.owner !== row.owner) await requireStaff(tx, change.owner);
		const parentId = change.parentId === undefined ? row.parentId : await requireParent(tx, id, change.parentId);
		await tx
			.update(account)
			.set({ ...values, parentId, keptAt: row.keptAt ?? now() })
			.where(eq(account.id, id));
		await markAccountsStale(tx, [id]);
		await recordAudit(
			tx,
			{ ...whoOf(by), action: 'account.change', subject: `account:${id}`, detail: { fields: Object.keys(change) } },
			now(),
			random,
		);
	});
}

/** Makes an account by hand. Returns its id. @throws DomainError invalid, conflict (somebody has the domain) */
export async function addAccount(
	deps: AccountsDeps,
	input: { readonly name: string; readonly domain: string; readonly country: string },
	by: Reader,
): Promise<string> {
	const { db, now, random } = deps;
	const names = namesOf(requireName(input.name, 'name'));
	const { country = '' } = valuesOf({ country: input.country });
	return db.write(async (tx) => {
		const at = now();
		const id = newId(at, random);
		await tx.insert(account).values({
			...{ id, ...names, status: 'prospect', owner: '', industry: '', size: '', country, website: '', maySuggest: false },
			...{ keptAt: at, createdAt: at },
		});
		if (input.domain !== '') await giveDomain(deps, tx, id, input.domain, by);
		await recordAudit(tx, { ...whoOf(by), action: 'account.add', subject: `account:${id}`, detail: {} }, at, random);
		return id;
	});
}

/** Gives an account a further mail domain; people of it without an account join it. @throws DomainError not-found, invalid, conflict */
export async function addDomain(deps: AccountsDeps, id: string, domain: string, by: Reader): Promise<void> {
	await deps.db.write(async (tx) => {
		await requireAccount(tx, id);
		await tx.update(account).set({ keptAt: deps.now() }).where(eq(account.id, id));
		await giveDomain(deps, tx, id, domain, by);
		await recordAudit(tx, { ...whoOf(by), action: 'account.domain', subject: `account:${id}`, detail: {} }, deps.now(), deps.random);
	});
}

/** Takes a domain away; people stay where they are. @throws DomainError not-found */
export async function removeDomain({ db, now, random }: AccountsDeps, id: string, domain: string, by: Reader): Promise<void> {
	await db.write(async (tx) => {
		const gone = await tx
			.delete(accountDomain)
			.where(and(eq(accountDomain.domain, domain), eq(accountDomain.accountId, id)))
			.returning({ domain: accountDomain.domain });
		if (gone.length === 0) throw new DomainError('not-found', 'The account has no such domain.');
		await recordAudit(tx, { ...whoOf(by), action: 'account.domain', subject: `account:${id}`, detail: {} }, now(), random);
	});
}

/** Says where the people of a lead work, or that it is nowhere known (null). It is not worked out again. @throws DomainError not-found */
export async function assignLead({ db, now, random }: AccountsDeps, leadId: string, accountId: string | null, by: Reader): Promise<void> {
	await db.write(async (tx) => {
		const at = now();
		const standing = accountId === null ? null : await survivingAccount(tx, accountId);
		if (accountId !== null && standing === null) throw new DomainError('not-found', 'There is no such account.');
		const people = await tx
			.select({ id: person.id })
			.from(person)
			.where(and(eq(person.leadId, leadId), isNotNull(person.dataKey)));
		if (people.length === 0) throw new DomainError('not-found', 'There is no such lead.');
		const ids = people.map(({ id }) => id);
		const before = await tx.selectDistinct({ accountId: accountMember.accountId }).from(accountMember).where(inArray(accountMember.personId, ids));
		const set = {
			accountId: standing,
			firstAccountId: standing,
			cause: by.actor.startsWith('staff:') ? by.actor : `staff:${by.actor}`,
			at,
			leftAt: null,
			leftCause: '',
		};
		for (const personId of ids)
			await tx
				.insert(accountMember)
				.values({ personId, companyKey: '', ...set })
				.onConflictDoUpdate({ target: accountMember.personId, set });
		await markStale(tx, ids);
		await markAccountsStale(tx, [standing, ...before.map(({ accountId }) => accountId)]);
		if (standing !== null) await tx.update(account).set({ keptAt: at }).where(eq(account.id, standing));
		await recordAudit(tx, { ...whoOf(by), action: 'account.assign', subject: `lead:${leadId}`, detail: { accountId: standing } }, at, random);
	});
}

export async function requireAccount(tx: Handle, id: string) {
	const [row] = await tx.select().from(account).where(eq(account.id, id));
	if (!row) throw new DomainError('not-found', 'There is no such account.');
	if (row.mergedInto !== null) throw new DomainError('conflict', 'This account is merged into another.');
	return row;
}

async function giveDomain({ keys, now, random }: AccountsDeps, tx: Handle, id: string, text: string, by: Reader): Promise<void> {
	const host = text.normalize('NFKC').trim().toLowerCase().replace(/^@/, '').replace(/\.$/, '');
	const said = companyDomain(host);
	// A university's or a tenant's whole host may be one company; an address that anybody can have is none.
	const domain = said.kind === 'company' ? said.domain : said.reason === 'university' || said.reason === 'platform' ? host : null;
	if (domain === null || domain.length > 253 || !domain.includes('.')) throw wrong('domain', 'domain');
	const taken = await tx
		.insert(accountDomain)
		.values({ domain, accountId: id, firstAccountId: id, cause: by.actor, createdAt: now() })
		.onConflictDoNothing()
		.returning({ domain: accountDomain.domain });
	if (taken.length === 0) throw new DomainError('conflict', 'Another account has this domain.', { fields: [{ field: 'domain', code: 'taken' }] });
	const hashes = [...new Set([host, domain])].map((value) => lookupHash(keys, { kind: 'domain', value }));
	const people = await tx
		.selectDistinct({ personId: personLookup.personId })
		.from(personLookup)
		.innerJoin(accountMember, eq(accountMember.personId, personLookup.personId))
		.where(and(eq(personLookup.kind, 'domain'), inArray(personLookup.hash, hashes)));
	for (const { personId } of people) await placePerson(tx, keys, personId, now(), random);
}

function valuesOf(change: AccountChange) {
	const { name, status, owner, industry, size, country, website, maySuggest } = change;
	if (status !== undefined && !isStatus(status)) throw wrong('status', 'choice');
	if (size !== undefined && size !== '' && !(SIZES as readonly string[]).includes(size)) throw wrong('size', 'choice');
	if (country !== undefined && !/^(?:[A-Z]{2})?$/.test(country)) throw wrong('country', 'choice');
	const words = { owner, industry, website };
	for (const [field, value] of Object.entries(words))
		if (value !== undefined && (value.length > LONGEST || /\p{Cc}/u.test(value))) throw wrong(field, 'too-long');
	if (website && !/^https?:\/\/[^\s/]+\.[^\s]+$/u.test(website)) throw wrong('website', 'link');
	return {
		...(name === undefined ? {} : { ...namesOf(requireName(name, 'name')), nameOf: null }),
		...Object.fromEntries(Object.entries({ status, size, country, maySuggest, ...words }).filter(([, value]) => value !== undefined)),
	} as Partial<typeof account.$inferInsert>;
}

const isStatus = (status: string): status is AccountStatus => (ACCOUNT_STATUSES as readonly string[]).includes(status);

async function requireStaff(tx: Handle, id: string): Promise<void> {
	if ((await tx.$count(staffMember, eq(staffMember.id, id))) === 0) throw wrong('owner', 'choice');
}

/** A parent that is no child of the account. */
async function requireParent(tx: Handle, id: string, parentId: string | null): Promise<string | null> {
	if (parentId === null) return null;
	const standing = await survivingAccount(tx, parentId);
	if (standing === null) throw wrong('parentId', 'choice');
	for (let at: string | null = standing, depth = 0; at !== null && depth < DEEPEST; depth++) {
		if (at === id) throw wrong('parentId', 'circle');
		const [row]: { parentId: string | null }[] = await tx.select({ parentId: account.parentId }).from(account).where(eq(account.id, at));
		at = row?.parentId ?? null;
	}
	return standing;
}
