import Papa from 'papaparse';
import { eq } from 'drizzle-orm';

import type { Locale } from '#cms/content.ts';
import { DAY_MS } from '#kernel/clock.ts';
import { DomainError, type FieldError } from '#kernel/errors.ts';

import { requireChannel } from '../channel/tree.ts';
import { isMail, normaliseMail } from '../cleaning/mail.ts';
import { parsePhone } from '../cleaning/phone.ts';
import type { Reader } from '../lead/reader.ts';
import { importRow, person } from '../schema.ts';
import type { ImportBasis, ImportTarget } from './batch.ts';
import type { ImportDeps, Imports } from './create-imports.ts';
import { LONGEST, LONGEST_EXTRA } from './prepare.ts';

/** What staff can enter of one person, in the order of the form. */
export const ENTRY_FIELDS = ['name', 'email', 'phone', 'company', 'jobTitle', 'region', 'industry', 'note'] as const;
export type EntryField = (typeof ENTRY_FIELDS)[number];

/** One person met at a fair, on the phone or by a card, as staff enters them. */
export interface EnteredLead {
	/** '' for what is not known; a mail address or a phone is needed. */
	readonly answers: Readonly<Record<EntryField, string>>;
	/** What a note is called where attributes are shown. */
	readonly noteHeading: string;
	readonly channel: string;
	readonly contactedAt: Date;
	readonly locale: Locale;
	/** ISO 3166 code that a phone number without `+` is read for. */
	readonly country: string;
	readonly basis: ImportBasis;
}

/** What became of an entry. */
export interface EntryResult {
	readonly importId: string;
	/** Null once the person is gone again. */
	readonly leadId: string | null;
	readonly outcome: string;
	/** Names of the rules that fired. */
	readonly reasons: readonly string[];
	readonly isKnown: boolean;
}

type Steps = Pick<Imports, 'upload' | 'get' | 'check' | 'work' | 'run'>;

/**
 * Takes one person through the same cleaning, consents and undoing as a list of one row.
 *
 * @throws DomainError invalid with each field that cannot be used
 */
export async function enterLead(deps: ImportDeps, steps: Steps, entry: EnteredLead, by: Reader): Promise<EntryResult> {
	const answers = Object.fromEntries(ENTRY_FIELDS.map((field) => [field, entry.answers[field].replaceAll(/\s+/gu, ' ').trim()])) as Record<
		EntryField,
		string
	>;
	const errors = wrongIn(answers, entry, deps.now());
	if (errors.length > 0) throw new DomainError('invalid', 'The entry cannot be used.', { fields: errors });
	await requireChannel(deps.db.read, entry.channel);
	const headings = ENTRY_FIELDS.map((field) => (field === 'note' ? entry.noteHeading : field));
	const csv = Papa.unparse([headings, ENTRY_FIELDS.map((field) => answers[field])], { quotes: true });
	const name = answers.company || answers.email.split('@')[1] || entry.noteHeading;
	const id = await steps.upload(new TextEncoder().encode(csv), name.slice(0, 80), entry.locale, by);
	const mapping = ENTRY_FIELDS.map((field): ImportTarget => (field === 'note' ? 'attribute' : field));
	const { channel, contactedAt, locale, country, basis } = entry;
	const whole = { name: name.slice(0, 80), reach: 'people', tagDays: 0, sourceId: null, encoding: 'utf-8' } as const;
	await steps.check(id, { ...whole, channel, locale, country, contactedAt, basis, mapping }, by);
	await steps.work(id);
	await steps.run(id, by);
	await steps.work(id);
	const result = await entryResult(deps, id);
	if (!result) throw new Error('an entry was not stored');
	return result;
}

/** What became of the entry that was import `id`; null when there is none. */
export async function entryResult({ db }: Pick<ImportDeps, 'db'>, id: string): Promise<EntryResult | null> {
	const [row] = await db.read
		.select({ outcome: importRow.outcome, reasons: importRow.reasons, match: importRow.match, leadId: person.leadId })
		.from(importRow)
		.leftJoin(person, eq(person.id, importRow.personId))
		.where(eq(importRow.importId, id))
		.limit(1);
	return row ? { importId: id, leadId: row.leadId, outcome: row.outcome, reasons: row.reasons, isKnown: row.match === 'known' } : null;
}

function wrongIn(answers: Readonly<Record<EntryField, string>>, { country, contactedAt, basis }: EnteredLead, now: Date): FieldError[] {
	const errors: FieldError[] = [];
	for (const field of ENTRY_FIELDS) {
		const most = field === 'note' ? LONGEST_EXTRA : (LONGEST[field] ?? LONGEST_EXTRA);
		if (answers[field].length > most) errors.push({ field, code: 'too-long' });
		else if (answers[field].includes('\0') || !answers[field].isWellFormed()) errors.push({ field, code: 'characters' });
	}
	if (answers.email === '' && answers.phone === '') errors.push({ field: 'email', code: 'no-contact' });
	if (answers.email !== '' && !isMail(normaliseMail(answers.email))) errors.push({ field: 'email', code: 'mail-syntax' });
	if (!/^[A-Z]{2}$/.test(country)) errors.push({ field: 'country', code: 'choice' });
	else if (answers.phone !== '' && parsePhone(answers.phone, country) === null) errors.push({ field: 'phone', code: 'phone' });
	if (Number.isNaN(contactedAt.getTime())) errors.push({ field: 'contacted', code: 'required' });
	else if (contactedAt.getTime() > now.getTime() + DAY_MS) errors.push({ field: 'contacted', code: 'date-future' });
	if (basis.kind === 'consent' && basis.purposes.length === 0) errors.push({ field: 'purposes', code: 'required' });
	if (basis.kind === 'consent' && basis.statement.trim() === '') errors.push({ field: 'statement', code: 'required' });
	return errors;
}
