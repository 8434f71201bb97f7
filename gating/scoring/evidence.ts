import { asc, eq, inArray } from 'drizzle-orm';

import type { Handle } from '#kernel/database.ts';
import type { Keys } from '#kernel/keys.ts';

import { isDisposableMail, isFreeMail, isRoleMail } from '../cleaning/mail.ts';
import { hasObjected } from '../consent/ledger.ts';
import { isLiving, openProfile } from '../identity/person.ts';
import type { Profile } from '../identity/profile.ts';
import { type LedgerEntry, ledgerOf } from '../lifecycle/ledger.ts';
import { event, lead, person } from '../schema.ts';
import type { Attributes } from './attributes.ts';
import type { ScoredEvent } from './fold.ts';
import type { MailKind } from './model.ts';

/** Everything a lead is judged by. */
export interface Evidence {
	readonly lead: typeof lead.$inferSelect;
	readonly personIds: readonly string[];
	/** Of all persons together: the person known longest speaks first. */
	readonly profile: Profile;
	readonly attributes: Attributes;
	readonly events: readonly ScoredEvent[];
	readonly objectors: ReadonlySet<string>;
	readonly ledger: readonly LedgerEntry[];
}

/** Gathers it within one handle; null when there is no such lead. */
export async function evidenceOfLead(handle: Handle, leadId: string, keys: Keys): Promise<Evidence | null> {
	const [row] = await handle.select().from(lead).where(eq(lead.id, leadId));
	if (!row) return null;
	const persons = await handle.select().from(person).where(eq(person.leadId, leadId)).orderBy(asc(person.createdAt), asc(person.id));
	const personIds = persons.map(({ id }) => id);
	const profile = combined(persons.filter(isLiving).map((living) => openProfile(keys, living)));
	const objectors = new Set<string>();
	for (const id of personIds) if (await hasObjected(handle, id, 'profiling')) objectors.add(id);
	const [events, ledger] = [await eventsOf(handle, personIds), await ledgerOf(handle, personIds)];
	return { lead: row, personIds, profile, attributes: attributesOf(profile), events, objectors, ledger };
}

/** What fit rules see of a profile. */
export function attributesOf({ jobTitle, industry, email, company }: Profile): Attributes {
	return {
		jobTitle: jobTitle ?? null,
		industry: industry ?? null,
		mail: email === undefined ? null : mailKindOf(email),
		company: company ?? null,
		country: null,
	};
}

function mailKindOf(mail: string): MailKind {
	if (isDisposableMail(mail)) return 'disposable';
	if (isFreeMail(mail)) return 'free';
	return isRoleMail(mail) ? 'role' : 'business';
}

function combined(profiles: readonly Profile[]): Profile {
	return profiles.reduceRight<Profile>((later, earlier) => ({ ...later, ...earlier }), {});
}

async function eventsOf(handle: Handle, personIds: readonly string[]): Promise<ScoredEvent[]> {
	const { id, type, version, at, personId, subject, props } = event;
	const rows = await handle
		.select({ id, type, version, at, personId, subject, props })
		.from(event)
		.where(inArray(personId, [...personIds]));
	return rows.map((row) => ({ ...row, personId: row.personId ?? '' }));
}
