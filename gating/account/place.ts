import { and, eq, inArray, isNull } from 'drizzle-orm';

import type { Handle } from '#kernel/database.ts';
import { newId, type Random } from '#kernel/id.ts';
import type { Keys } from '#kernel/keys.ts';

import { countryOfDomain } from '../cleaning/country.ts';
import { domainOf } from '../cleaning/mail.ts';
import { countryOf } from '../identity/lookup.ts';
import { livingPerson, openProfile } from '../identity/person.ts';
import type { Profile } from '../identity/profile.ts';
import { blockInsert } from '../import/blocks.ts';
import { noticeColleague } from '../material/colleague.ts';
import { account, accountDomain, accountMember } from '../schema.ts';
import { placeOf, type Workplace } from './account.ts';
import { type Seat, seatOf } from './committee.ts';
import { companyDomain } from './domain.ts';
import { foldName, nameKey } from './name.ts';

/** Somebody to be placed. */
export interface Newcomer {
	readonly personId: string;
	readonly profile: Pick<Profile, 'email' | 'company' | 'region' | 'phone' | 'jobTitle'>;
}

/** Places a verified or imported person by what they are known to say, unless staff placed them. */
export async function placePerson(tx: Handle, keys: Keys, personId: string, at: Date, random: Random): Promise<void> {
	const row = await livingPerson(tx, personId);
	if (!row) return;
	const before = await accountOfPerson(tx, personId);
	await placePeople(tx, [{ personId, profile: openProfile(keys, row) }], at, random);
	const after = await accountOfPerson(tx, personId);
	if (after !== null && after !== before) await noticeColleague(tx, personId, after, at, random);
}

async function accountOfPerson(tx: Handle, personId: string): Promise<string | null> {
	const [row] = await tx.select({ accountId: accountMember.accountId }).from(accountMember).where(eq(accountMember.personId, personId));
	return row?.accountId ?? null;
}

/** Places people: finds or makes the accounts of their mail domains, finds those of their company's name. What staff said stays. */
export async function placePeople(tx: Handle, people: readonly Newcomer[], at: Date, random: Random): Promise<void> {
	if (people.length === 0) return;
	const held = await tx
		.select({ personId: accountMember.personId, cause: accountMember.cause, committeeCause: accountMember.committeeCause })
		.from(accountMember)
		.where(
			inArray(
				accountMember.personId,
				people.map(({ personId }) => personId),
			),
		);
	const isStaffs = new Set(held.filter(({ cause }) => cause.startsWith('staff:')).map(({ personId }) => personId));
	const bySeat = new Map(held.map(({ personId, committeeCause }) => [personId, committeeCause]));
	const newcomers = people.filter(({ personId }) => !isStaffs.has(personId)).map((one) => ({ ...one, ...workplaceOf(one.profile) }));
	const domains = await accountsOfDomains(tx, newcomers, at, random);
	const names = await accountsOfNames(
		tx,
		newcomers.filter(({ host, domain }) => !domains.has(host) && domain === null).map(({ companyKey }) => companyKey),
	);
	const members = newcomers.map((one) => {
		const found = domains.get(one.host) ?? domains.get(one.domain ?? '') ?? null;
		return { personId: one.personId, ...memberOf(one, found, names.get(one.companyKey) ?? []), ...seatOf(one.profile.jobTitle ?? ''), at };
	});
	const isHeld = new Set(held.map(({ personId }) => personId));
	await insertMembers(
		tx,
		members.filter(({ personId }) => !isHeld.has(personId)),
	);
	for (const { personId, ...member } of members) {
		if (isHeld.has(personId))
			await tx
				.update(accountMember)
				.set(unlessStaffs(member, bySeat.get(personId)))
				.where(eq(accountMember.personId, personId));
	}
	for (const { personId, profile } of people.filter((one) => isStaffs.has(one.personId)))
		await tx
			.update(accountMember)
			.set(unlessStaffs(seatOf(profile.jobTitle ?? ''), bySeat.get(personId)))
			.where(eq(accountMember.personId, personId));
}

const insertMembers = blockInsert('account.member', accountMember, [
	...(['personId', 'accountId', 'firstAccountId', 'cause', 'companyKey', 'jobRole', 'committeeRole', 'at'] as const),
]);

/** What staff said of a committee role is not worked out again. */
function unlessStaffs<T extends Seat>(member: T, committeeCause = 'rule'): T | Omit<T, 'committeeRole'> {
	return committeeCause.startsWith('staff:')
		? (Object.fromEntries(Object.entries(member).filter(([name]) => name !== 'committeeRole')) as Omit<T, 'committeeRole'>)
		: member;
}

function memberOf(one: Workplace, found: DomainAccount | null, sameName: readonly { readonly id: string; readonly country: string }[]) {
	const placing = placeOf(one, found?.accountId ?? null, sameName);
	const { companyKey } = one;
	if (placing.kind !== 'account') return { accountId: null, firstAccountId: null, cause: '', companyKey };
	const { accountId, cause } = placing;
	return { accountId, firstAccountId: cause === 'domain' ? (found?.firstAccountId ?? accountId) : accountId, cause, companyKey };
}

/** What of a profile tells where somebody works. */
export function workplaceOf({ email = '', company = '', region = '', phone = '' }: Newcomer['profile']): Workplace & { readonly host: string } {
	const host = email === '' ? '' : domainOf(email);
	const said = companyDomain(host);
	const domain = said.kind === 'company' ? said.domain : null;
	const country = countryOf({ region, phone }) ?? (domain === null ? null : countryOfDomain(domain)) ?? '';
	return { host, domain, companyKey: nameKey(company), country };
}

interface DomainAccount {
	readonly accountId: string;
	readonly firstAccountId: string;
}

/** Accounts by domain, made where there are none. Staff may have given an account a host that would else be shared: hosts are asked for too. */
async function accountsOfDomains(
	tx: Handle,
	people: readonly (Newcomer & ReturnType<typeof workplaceOf>)[],
	at: Date,
	random: Random,
): Promise<ReadonlyMap<string, DomainAccount>> {
	const asked = [...new Set(people.flatMap(({ host, domain }) => [host, ...(domain === null ? [] : [domain])]))].filter((one) => one !== '');
	if (asked.length === 0) return new Map();
	const rows = await tx.select().from(accountDomain).where(inArray(accountDomain.domain, asked));
	const known = new Map<string, DomainAccount>(rows.map(({ domain, accountId, firstAccountId }) => [domain, { accountId, firstAccountId }]));
	const fresh = new Map<string, (typeof people)[number]>();
	for (const one of people) {
		if (one.domain === null || known.has(one.host) || known.has(one.domain)) continue;
		const first = fresh.get(one.domain);
		if (!first || (!first.profile.company && one.profile.company)) fresh.set(one.domain, one);
	}
	const made = [...fresh].map(([domain, one]) => ({ domain, row: newAccount(one, domain, at, random) }));
	if (made.length === 0) return known;
	// Of two bodies that meet somebody of a new domain at once, one makes the account.
	const taken = await tx
		.insert(accountDomain)
		.values(made.map(({ domain, row: { id } }) => ({ domain, accountId: id, firstAccountId: id, cause: 'mail', createdAt: at })))
		.onConflictDoNothing()
		.returning({ domain: accountDomain.domain });
	const own = made.filter(({ domain }) => taken.some((one) => one.domain === domain));
	if (own.length > 0) await tx.insert(account).values(own.map(({ row }) => row));
	const stored = await tx
		.select()
		.from(accountDomain)
		.where(
			inArray(
				accountDomain.domain,
				made.map(({ domain }) => domain),
			),
		);
	for (const { domain, accountId, firstAccountId } of stored) known.set(domain, { accountId, firstAccountId });
	return known;
}

function newAccount({ profile, personId, country }: Newcomer & Workplace, domain: string, at: Date, random: Random) {
	const name = profile.company ?? domain;
	return {
		id: newId(at, random),
		...namesOf(name),
		nameOf: profile.company !== undefined ? personId : null,
		...{ status: 'prospect', owner: '', industry: '', size: '', website: '', maySuggest: false },
		country: countryOfDomain(domain) ?? country,
		createdAt: at,
	};
}

/** A name with what it is found by. */
export const namesOf = (name: string) => ({ name, nameKey: nameKey(name), nameFolded: foldName(name) });

async function accountsOfNames(tx: Handle, keys: readonly string[]): Promise<ReadonlyMap<string, { id: string; country: string }[]>> {
	const asked = [...new Set(keys)].filter((key) => key !== '');
	const found = new Map<string, { id: string; country: string }[]>();
	if (asked.length === 0) return found;
	const rows = await tx
		.select({ id: account.id, key: account.nameKey, country: account.country })
		.from(account)
		.where(and(inArray(account.nameKey, asked), isNull(account.mergedInto)));
	for (const { key, ...row } of rows) found.set(key, [...(found.get(key) ?? []), row]);
	return found;
}
