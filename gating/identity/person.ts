import { and, eq, isNotNull, sql } from 'drizzle-orm';

import type { Locale } from '#cms/content.ts';
import { type Handle, prepared } from '#kernel/database.ts';
import type { Keys } from '#kernel/keys.ts';

import { domainOf } from '../cleaning/mail.ts';
import { person, personLookup } from '../schema.ts';
import { lookupHash, termsOf } from './lookup.ts';
import type { Contact, Profile } from './profile.ts';

export type PersonRow = typeof person.$inferSelect;
/** A person whose key exists. */
export type LivingPerson = PersonRow & { readonly dataKey: string };

const PROFILE = 'person.profile';

const byId = prepared((handle) =>
	handle
		.select()
		.from(person)
		.where(eq(person.id, sql.placeholder('id')))
		.prepare('person.by-id'),
);

const byMail = prepared((handle) =>
	handle
		.select({ person })
		.from(personLookup)
		.innerJoin(person, eq(person.id, personLookup.personId))
		.where(and(eq(personLookup.kind, 'mail'), eq(personLookup.hash, sql.placeholder('hash')), isNotNull(person.dataKey)))
		.orderBy(person.createdAt, person.id)
		.limit(1)
		.prepare('person.by-mail'),
);

/** Null when unknown or erased. */
export async function livingPerson(handle: Handle, personId: string): Promise<LivingPerson | null> {
	const [row] = await byId(handle).execute({ id: personId });
	return row && isLiving(row) ? row : null;
}

/** The person of a normalised mail address, or null. */
export async function personByMail(handle: Handle, keys: Keys, email: string): Promise<LivingPerson | null> {
	const [row] = await byMail(handle).execute({ hash: lookupHash(keys, { kind: 'mail', value: email }) });
	return row && isLiving(row.person) ? row.person : null;
}

/** What of a living person is sealed. */
export type SealedPerson = Pick<LivingPerson, 'dataKey' | 'profile' | 'imported'>;

/** Everything known of a person: what imports say, and over it what they said themselves. */
export function openProfile(keys: Keys, row: SealedPerson): Profile {
	return { ...openImported(keys, row), ...openSaid(keys, row) };
}

/** The persons of a lead as one: who is known longest speaks first. */
export function profileOf(keys: Keys, rows: readonly SealedPerson[]): Profile {
	return rows.reduceRight<Profile>((later, earlier) => ({ ...later, ...openProfile(keys, earlier) }), {});
}

/** What the person said of themselves, in answers to forms. */
export function openSaid(keys: Keys, { dataKey, profile }: Pick<LivingPerson, 'dataKey' | 'profile'>): Profile {
	return profile === null ? {} : (JSON.parse(keys.unseal(dataKey, PROFILE, profile)) as Profile);
}

/** What imports say of them. */
function openImported(keys: Keys, { dataKey, imported }: SealedPerson): Profile {
	return imported === null ? {} : (JSON.parse(keys.unseal(dataKey, PROFILE, imported)) as Profile);
}

/** The sealed form of either profile for the row. */
export function sealProfile(keys: Keys, dataKey: string, profile: Profile): Buffer {
	return keys.seal(dataKey, PROFILE, JSON.stringify(profile));
}

/** Makes the look-ups of a person those of `profile`. */
export async function writeLookups(tx: Handle, keys: Keys, personId: string, profile: Profile): Promise<void> {
	await tx.delete(personLookup).where(eq(personLookup.personId, personId));
	const rows = termsOf(profile).map((term) => ({ kind: term.kind, hash: lookupHash(keys, term), personId }));
	if (rows.length > 0) await tx.insert(personLookup).values(rows).onConflictDoNothing();
}

/** The person as mails and screens need them. */
export function contactOf(keys: Keys, row: LivingPerson): Contact {
	const profile = openProfile(keys, row);
	return {
		...profile,
		email: profile.email ?? '',
		personId: row.id,
		leadId: row.leadId,
		locale: row.locale as Locale,
		timeZone: row.timeZone,
		isVerified: row.verifiedAt !== null,
	};
}

/** What the lead's row shows of a profile. */
export function leadFactsOf(profile: Profile): { readonly company: string; readonly mailDomain: string } {
	return { company: profile.company ?? '', mailDomain: profile.email ? domainOf(profile.email) : '' };
}

/** False once erased. */
export const isLiving = (row: PersonRow): row is LivingPerson => row.dataKey !== null;
