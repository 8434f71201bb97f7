import { and, eq, inArray, isNotNull, ne } from 'drizzle-orm';

import type { Handle } from '#kernel/database.ts';
import type { Keys } from '#kernel/keys.ts';

import { isFreeMail } from '../cleaning/mail.ts';
import { person, personLookup } from '../schema.ts';
import { lookupHash, type Term, termsOf } from './lookup.ts';
import { isLiving, type LivingPerson, openProfile } from './person.ts';
import type { Profile } from './profile.ts';

/** Candidates looked at: a switchboard's number is shared by a whole company. */
const MOST_CANDIDATES = 50;

/** Why two leads look like one person. */
export type DuplicateReason = 'same-phone' | 'same-phone-and-name' | 'same-name-and-company';

export interface Duplicate {
	readonly leadId: string;
	readonly reason: DuplicateReason;
	readonly isVerified: boolean;
	readonly profile: Profile;
}

/** Other leads that may be the same person as a lead's persons, the surest reason first. */
export async function duplicatesOf(handle: Handle, keys: Keys, leadId: string): Promise<Duplicate[]> {
	const own = (await handle.select().from(person).where(eq(person.leadId, leadId))).filter(isLiving);
	const found = new Map<string, Duplicate>();
	for (const one of own) {
		for (const other of await candidatesOf(handle, keys, one)) {
			const profile = openProfile(keys, other);
			const reason = likeness(openProfile(keys, one), profile);
			const known = found.get(other.leadId);
			if (reason && (!known || RANK.indexOf(reason) < RANK.indexOf(known.reason)))
				found.set(other.leadId, { leadId: other.leadId, reason, isVerified: other.verifiedAt !== null, profile });
		}
	}
	return [...found.values()].sort((a, b) => RANK.indexOf(a.reason) - RANK.indexOf(b.reason) || (a.leadId < b.leadId ? -1 : 1));
}

const RANK: readonly DuplicateReason[] = ['same-phone-and-name', 'same-name-and-company', 'same-phone'];

/** What makes two profiles look like one person, or null. Spelling of case, accents and order of a name's words does not count. */
export function likeness(one: Profile, other: Profile): DuplicateReason | null {
	const isSameName = nameKey(one) !== '' && nameKey(one) === nameKey(other);
	const isSamePhone = one.phone !== undefined && one.phone === other.phone;
	if (isSamePhone) return isSameName ? 'same-phone-and-name' : 'same-phone';
	const domain = companyDomain(one);
	return isSameName && domain !== '' && domain === companyDomain(other) ? 'same-name-and-company' : null;
}

function nameKey({ name = '' }: Profile): string {
	const words = termsOf({ name }).filter(({ kind }) => kind === 'word');
	return words
		.map(({ value }) => value)
		.sort()
		.join(' ');
}

function companyDomain({ email = '' }: Profile): string {
	return email === '' || isFreeMail(email) ? '' : email.slice(email.lastIndexOf('@') + 1);
}

async function candidatesOf(handle: Handle, keys: Keys, one: LivingPerson): Promise<LivingPerson[]> {
	const terms = termsOf(openProfile(keys, one));
	const phone = terms.filter(({ kind }) => kind === 'phone');
	const longest = terms.filter(({ kind }) => kind === 'word').sort((a, b) => b.value.length - a.value.length);
	const rows: (typeof person.$inferSelect)[] = [];
	for (const term of [...phone, ...longest.slice(0, 1)]) rows.push(...(await personsWith(handle, keys, term, one.leadId)));
	return rows.filter(isLiving);
}

function personsWith(handle: Handle, keys: Keys, term: Term, notOf: string) {
	const ids = handle
		.select({ id: personLookup.personId })
		.from(personLookup)
		.where(and(eq(personLookup.kind, term.kind), eq(personLookup.hash, lookupHash(keys, term))));
	return handle
		.select()
		.from(person)
		.where(and(inArray(person.id, ids), ne(person.leadId, notOf), isNotNull(person.dataKey)))
		.limit(MOST_CANDIDATES);
}
