import { and, asc, desc, eq, gt, inArray, isNull } from 'drizzle-orm';

import { SECOND_MS } from '#kernel/clock.ts';
import type { Handle } from '#kernel/database.ts';
import type { Random } from '#kernel/id.ts';
import type { Keys } from '#kernel/keys.ts';
import { touch } from '#kernel/touched.ts';

import { append } from '../consent/ledger.ts';
import { isPurpose } from '../consent/purpose.ts';
import { markStale } from '../event/store.ts';
import { logState } from '../lifecycle/advance.ts';
import { formSubmission, lead, person } from '../schema.ts';
import { ensureLead } from './lead.ts';
import { leadFactsOf, type LivingPerson, openProfile, openSaid, sealProfile, writeLookups } from './person.ts';
import { mergeProfile, profileOf } from './profile.ts';

export type SubmissionRow = typeof formSubmission.$inferSelect;

const ANSWERS = 'form_submission.answers';

export function sealAnswers(keys: Keys, dataKey: string, answers: Readonly<Record<string, string>>): Buffer {
	return keys.seal(dataKey, ANSWERS, JSON.stringify(answers));
}

/** What they answered; nothing once it is older than answers are kept. */
export function openAnswers(keys: Keys, { dataKey }: LivingPerson, { answers }: SubmissionRow): Record<string, string> {
	return answers.length === 0 ? {} : (JSON.parse(keys.unseal(dataKey, ANSWERS, answers)) as Record<string, string>);
}

/** Two presses of one button. */
const DOUBLE_CLICK_MS = 20 * SECOND_MS;

/** The same form that this person sent a moment ago, by a browser without script that gives no key; null when it is a new one. */
export async function sentJustNow(
	tx: Handle,
	{ personId, formKey, subject, hash }: { readonly personId: string; readonly formKey: string; readonly subject: string; readonly hash: string },
	now: Date,
): Promise<SubmissionRow | null> {
	const same = and(eq(formSubmission.personId, personId), eq(formSubmission.subject, subject), eq(formSubmission.formKey, formKey));
	const since = new Date(now.getTime() - DOUBLE_CLICK_MS);
	const [row] = await tx
		.select()
		.from(formSubmission)
		.where(and(same, eq(formSubmission.requestHash, hash), gt(formSubmission.at, since)))
		.limit(1);
	return row ?? null;
}

/** A submission in the person's own words. */
export interface SubmissionView {
	readonly formKey: string;
	readonly subject: string;
	readonly at: Date;
	readonly answers: Readonly<Record<string, string>>;
	/** Cleaning's outcome and the rules that fired. */
	readonly outcome: string;
	readonly reasons: readonly string[];
	/** False while only a stranger's word stands behind it. */
	readonly isApplied: boolean;
}

/** Everything a person asked for, newest first. */
export async function submissionsOf(handle: Handle, keys: Keys, row: LivingPerson): Promise<SubmissionView[]> {
	const rows = await handle
		.select()
		.from(formSubmission)
		.where(eq(formSubmission.personId, row.id))
		.orderBy(desc(formSubmission.at), desc(formSubmission.id));
	return rows.map((submission) => {
		const { formKey, subject, at, outcome, reasons, appliedAt } = submission;
		return { formKey, subject, at, answers: openAnswers(keys, row, submission), outcome, reasons, isApplied: appliedAt !== null };
	});
}

/** Those of a person's submissions `ids` that no verified act has made theirs, oldest first. */
export async function pendingSubmissions(tx: Handle, personId: string, ids: readonly string[]): Promise<SubmissionRow[]> {
	if (ids.length === 0) return [];
	return tx
		.select()
		.from(formSubmission)
		.where(and(eq(formSubmission.personId, personId), inArray(formSubmission.id, [...ids]), isNull(formSubmission.appliedAt)))
		.orderBy(asc(formSubmission.at), asc(formSubmission.id));
}

/** Puts answers into the profile, its look-ups and the lead's row. Returns the person as they are afterwards. */
export async function applyAnswers(
	tx: Handle,
	keys: Keys,
	row: LivingPerson,
	answers: Readonly<Record<string, string>>,
	now: Date,
	random: Random,
): Promise<LivingPerson> {
	const said = mergeProfile(openSaid(keys, row), profileOf(answers));
	const told = { ...row, profile: sealProfile(keys, row.dataKey, said) };
	touch(tx, row.id);
	await tx.update(person).set({ profile: told.profile }).where(eq(person.id, row.id));
	const profile = openProfile(keys, told);
	await writeLookups(tx, keys, row.id, profile);
	await ensureLead(tx, row.leadId, leadFactsOf(profile), now, random);
	await markStale(tx, [row.id]);
	return told;
}

/** Makes what was ticked count: from here on it is the word of the person. */
export async function applyConsents(tx: Handle, submission: SubmissionRow, visitorId: string | null, now: Date, random: Random): Promise<void> {
	const { personId, formKey, channel } = submission;
	const answers = submission.consents.flatMap(({ purpose, textHash }) =>
		isPurpose(purpose) ? [{ visitorId, personId, purpose, given: true, textHash, how: `form:${formKey}`, channel }] : [],
	);
	await append(tx, answers, now, random);
	await tx.update(formSubmission).set({ appliedAt: now }).where(eq(formSubmission.id, submission.id));
}

/** Puts the lead of a doubtful submission aside, unless somebody works it already. */
export async function quarantine(tx: Handle, leadId: string, cause: string, now: Date, random: Random): Promise<void> {
	const moved = await tx
		.update(lead)
		.set({ workingState: 'quarantine' })
		.where(and(eq(lead.id, leadId), eq(lead.workingState, 'open')))
		.returning({ id: lead.id });
	if (moved.length > 0) await logState(tx, { leadId, from: 'open', to: 'quarantine', cause, evidence: {} }, now, random);
}
