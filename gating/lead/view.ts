import { and, asc, desc, eq, inArray, isNull } from 'drizzle-orm';

import type { Handle } from '#kernel/database.ts';
import type { Keys } from '#kernel/keys.ts';

import { type ConsentState, consentStates } from '../consent/ledger.ts';
import { isLiving, openProfile, openSaid, type PersonRow } from '../identity/person.ts';
import type { Profile } from '../identity/profile.ts';
import { openAnswers } from '../identity/submission.ts';
import { importedOf } from '../import/attribute.ts';
import { type Move, movesOf } from '../lifecycle/advance.ts';
import { formSubmission, lead, person } from '../schema.ts';
import type { Receipt } from '../scoring/receipt.ts';

export interface LeadPerson {
	readonly personId: string;
	/** Null when erased or not for the reader's eyes. */
	readonly profile: Profile | null;
	/** What they said themselves; it goes before what lists say. Null when erased or not for the reader's eyes. */
	readonly said: Profile | null;
	/** What lists say of them, oldest first. */
	readonly lists: Awaited<ReturnType<typeof importedOf>>;
	readonly isErased: boolean;
	readonly locale: string;
	readonly timeZone: string;
	readonly verifiedAt: Date | null;
	readonly createdAt: Date;
	/** The newest answer per purpose. */
	readonly consents: readonly ConsentState[];
}

export interface LeadSubmission {
	readonly id: string;
	readonly personId: string;
	readonly formKey: string;
	readonly subject: string;
	readonly at: Date;
	/** Null: no verified act has made these answers the person's word. */
	readonly appliedAt: Date | null;
	readonly outcome: string;
	/** Names of the cleaning rules that fired. */
	readonly reasons: readonly string[];
	/** Null when erased or not for the reader's eyes. */
	readonly answers: Readonly<Record<string, string>> | null;
}

export interface LeadView {
	readonly id: string;
	readonly company: string;
	readonly mailDomain: string;
	readonly stage: string;
	readonly workingState: string;
	readonly lastActivityAt: Date;
	readonly createdAt: Date;
	/** The person known longest first. */
	readonly persons: readonly LeadPerson[];
	/** Newest first, at most 50. */
	readonly submissions: readonly LeadSubmission[];
	readonly moves: readonly Move[];
	readonly receipt: Receipt;
	/** How many other leads have mail addresses of the same company domain; 0 where the domain says nothing. */
	readonly colleagues: number;
}

/** A lead as its page shows it, without the receipt; null when there is no such lead. */
export async function viewLead(
	handle: Handle,
	keys: Keys,
	leadId: string,
	seesPeople: boolean,
	isCompanyDomain: (domain: string) => boolean,
): Promise<Omit<LeadView, 'receipt'> | null> {
	const [row] = await handle.select().from(lead).where(eq(lead.id, leadId));
	if (!row) return null;
	const persons = await handle.select().from(person).where(eq(person.leadId, leadId)).orderBy(asc(person.createdAt), asc(person.id));
	const views: LeadPerson[] = [];
	for (const one of persons) {
		const isShown = isLiving(one) && seesPeople;
		const words = isShown
			? { profile: openProfile(keys, one), said: openSaid(keys, one), lists: await importedOf(handle, keys, one) }
			: { profile: null, said: null, lists: [] };
		views.push(personView(one, words, await consentStates(handle, one.id)));
	}
	const { id, company, mailDomain, stage, workingState, lastActivityAt, createdAt } = row;
	const sameDomain = isCompanyDomain(mailDomain) ? await handle.$count(lead, and(eq(lead.mailDomain, mailDomain), isNull(lead.mergedInto))) : 1;
	return {
		id,
		company,
		mailDomain,
		stage,
		workingState,
		lastActivityAt,
		createdAt,
		persons: views,
		submissions: await submissionsOf(handle, keys, persons, seesPeople),
		moves: await movesOf(handle, leadId),
		colleagues: sameDomain - 1,
	};
}

function personView(
	{ id, dataKey, locale, timeZone, verifiedAt, createdAt }: PersonRow,
	words: Pick<LeadPerson, 'profile' | 'said' | 'lists'>,
	consents: readonly ConsentState[],
): LeadPerson {
	return { personId: id, ...words, isErased: dataKey === null, locale, timeZone, verifiedAt, createdAt, consents };
}

async function submissionsOf(handle: Handle, keys: Keys, persons: readonly PersonRow[], seesPeople: boolean): Promise<LeadSubmission[]> {
	const byId = new Map(persons.map((one) => [one.id, one]));
	const rows = await handle
		.select()
		.from(formSubmission)
		.where(inArray(formSubmission.personId, [...byId.keys()]))
		.orderBy(desc(formSubmission.at), desc(formSubmission.id))
		.limit(50);
	return rows.map((row) => {
		const owner = byId.get(row.personId);
		const { id, personId, formKey, subject, at, appliedAt, outcome, reasons } = row;
		return {
			id,
			personId,
			formKey,
			subject,
			at,
			appliedAt,
			outcome,
			reasons,
			answers: owner && isLiving(owner) && seesPeople ? openAnswers(keys, owner, row) : null,
		};
	});
}
