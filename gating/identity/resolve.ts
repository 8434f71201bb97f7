import { eq, sql } from 'drizzle-orm';

import type { Locale, Snapshot } from '#cms/content.ts';
import { isTimeZone, type Now } from '#kernel/clock.ts';
import type { Handle } from '#kernel/database.ts';
import { DomainError } from '#kernel/errors.ts';
import { newId, type Random } from '#kernel/id.ts';
import type { Keys } from '#kernel/keys.ts';
import { locks } from '#kernel/schema.ts';

import { type FormArrival, keepArrival } from '../channel/arrival.ts';
import { placePerson } from '../account/place.ts';
import type { Bursts } from '../cleaning/burst.ts';
import { cleanKnowing, isPhoneTaken, keepHits } from '../cleaning/hits.ts';
import { defaultCountry, parsePhone } from '../cleaning/phone.ts';
import type { CleaningInput, CleaningOutcome, Findings } from '../cleaning/rules.ts';
import { isPurpose } from '../consent/purpose.ts';
import { presentWording } from '../consent/choices.ts';
import { freeze } from '../consent/text.ts';
import { findForm } from '../form/definition.ts';
import { formSubmission, person } from '../schema.ts';
import { ensureLead } from './lead.ts';
import { lookupHash } from './lookup.ts';
import { leadFactsOf, type LivingPerson, personByMail, sealProfile, writeLookups } from './person.ts';
import { profileOf } from './profile.ts';
import { applyAnswers, applyConsents, quarantine, sealAnswers, sentJustNow, type SubmissionRow } from './submission.ts';
import type { Visitor } from './visitor.ts';

const MAX_CHANNEL_LENGTH = 80;

export interface ResolveInput {
	/** Valid answers, as `forms.check` gives them; `email` is normalised and present. */
	readonly answers: Readonly<Record<string, string>>;
	/** Purposes ticked; others than the form offers are left out. */
	readonly consents: readonly string[];
	readonly formKey: string;
	/** What it is for; a later verified act names the same subject. */
	readonly subject: string;
	readonly locale: Locale;
	readonly timeZone: string;
	readonly visitor: Visitor;
	/** Channel code, or `direct`. */
	readonly channel: string;
	/** By which way the sender came; left out where nobody can tell. */
	readonly arrival?: FormArrival | undefined;
	/** Hashes that tell a repeated request; made of the answers when left out. */
	readonly request?: { readonly key: string | null; readonly hash: string };
}

export interface ResolveOutcome {
	readonly personId: string;
	readonly leadId: string;
	/** True when a verified person submitted in their own browser: nothing is left to confirm. */
	readonly isOwn: boolean;
	readonly submissionId: string;
	/** Tells a repeat of the same request from another one. */
	readonly requestHash: string;
	readonly outcome: CleaningOutcome;
	readonly reasons: readonly string[];
}

export interface IdentityDeps {
	readonly keys: Keys;
	readonly now: Now;
	readonly random: Random;
	readonly timeZone: () => string;
	readonly content: () => Snapshot;
	readonly bursts: Bursts;
}

/**
 * The person of these answers, by mail address: the same mail is the same person, another mail is another one. Keeps the
 * submission. Anybody may type anybody's address, so a verified person's profile and consents change only by their own word:
 * at once in their verified browser, else with the verified act that follows.
 *
 * @throws DomainError invalid without a mail address.
 */
export async function resolvePerson(deps: IdentityDeps, tx: Handle, input: ResolveInput): Promise<ResolveOutcome> {
	const { keys, now, random } = deps;
	const email = input.answers['email'];
	if (!email) throw new DomainError('invalid', 'A person needs a mail address.', { fields: [{ field: 'email', code: 'required' }] });
	const at = now();
	await holdMail(tx, keys, email);

	const known = await personByMail(tx, keys, email);
	const row = known ?? (await insertPerson(deps, tx, input, at));
	const isOwn = input.visitor.isVerified && input.visitor.personId === row.id;
	const repeated = known && (await repeatOf(deps, tx, known.id, input, at));
	if (repeated) return outcomeOf(row, isOwn, repeated);
	const findings = await cleanKnowing(tx, keys, await cleaningInput(deps, tx, input, email, row.id));
	const submission = await insertSubmission(deps, tx, row, input, { ...findings, at });
	await keepHits(tx, { personId: row.id, origin: `submission:${submission.id}`, hits: findings.hits }, at, random);

	if (input.arrival) await keepArrival(tx, keys, input.arrival, { ...submission, submissionId: submission.id, visitor: input.visitor });
	if (isOwn) await applyConsents(tx, submission, input.visitor.visitorId, at, random);
	if (known && (isOwn || known.verifiedAt === null)) {
		await applyAnswers(tx, keys, row, input.answers, at, random);
		await tx.update(person).set(placeOf(deps, input)).where(eq(person.id, row.id));
		if (isOwn) await placePerson(tx, keys, row.id, at, random);
	}
	if (findings.outcome === 'quarantine' && row.verifiedAt === null) await quarantine(tx, row.leadId, 'rule:cleaning', at, random);
	return outcomeOf(row, isOwn, submission);
}

function outcomeOf(row: LivingPerson, isOwn: boolean, { id, requestHash: hash, outcome, reasons }: SubmissionRow): ResolveOutcome {
	return { personId: row.id, leadId: row.leadId, isOwn, submissionId: id, requestHash: hash, outcome: outcome as CleaningOutcome, reasons };
}

/** What they sent a moment ago, where nobody tells repeats by a key of their own. */
async function repeatOf({ keys }: IdentityDeps, tx: Handle, personId: string, input: ResolveInput, at: Date): Promise<SubmissionRow | null> {
	if (input.request) return null;
	const { formKey, subject } = input;
	return sentJustNow(tx, { personId, formKey, subject, hash: requestHash(keys, input) }, at);
}

/** The lock that bodies about one address share, so that two first submissions at one instant make one person. Names no address: 4,096 addresses' worth share one. */
export function mailLock(keys: Keys, email: string): string {
	return `mail:${keys.blindIndex('mail-lock', email).slice(0, 2)}`;
}

/** How a mail address is named where waves of requests are counted. */
export const burstKey = (keys: Keys, email: string): string => keys.blindIndex('burst', email);

/** Tells a repeat from another request. Keyed, since answers are personal and few enough to guess. */
export function requestHash(
	keys: Keys,
	{ subject, locale, consents, answers }: Pick<ResolveInput, 'subject' | 'locale' | 'consents' | 'answers'>,
): string {
	const sorted = Object.entries(answers).sort(([a], [b]) => (a < b ? -1 : 1));
	return keys.mac('form-request', JSON.stringify([subject, locale, sorted, [...consents].sort()]));
}

/** Holds that lock to the end of the body, whoever opened it. */
async function holdMail(tx: Handle, keys: Keys, email: string): Promise<void> {
	await tx
		.insert(locks)
		.values({ key: mailLock(keys, email), taken: 1 })
		.onConflictDoUpdate({ target: locks.key, set: { taken: sql`${locks.taken} + 1` } });
}

async function insertPerson(deps: IdentityDeps, tx: Handle, input: ResolveInput, at: Date): Promise<LivingPerson> {
	const { keys, random } = deps;
	const profile = profileOf(input.answers);
	const dataKey = keys.newDataKey();
	const leadId = await ensureLead(tx, null, leadFactsOf(profile), at, random);
	const row: LivingPerson = {
		id: newId(at, random),
		leadId,
		firstLeadId: leadId,
		dataKey,
		profile: sealProfile(keys, dataKey, profile),
		imported: null,
		...placeOf(deps, input),
		verifiedAt: null,
		createdAt: at,
		erasedAt: null,
	};
	await tx.insert(person).values(row);
	await writeLookups(tx, keys, row.id, profile);
	return row;
}

/** Where and in what language to reach them, as of their last word. */
function placeOf({ timeZone }: IdentityDeps, input: ResolveInput): Pick<LivingPerson, 'locale' | 'timeZone'> {
	return { locale: input.locale, timeZone: isTimeZone(input.timeZone) ? input.timeZone : timeZone() };
}

async function insertSubmission(
	{ keys, random, content }: IdentityDeps,
	tx: Handle,
	row: LivingPerson,
	input: ResolveInput,
	{ outcome, reasons, at }: Findings & { readonly at: Date },
): Promise<SubmissionRow> {
	const { consents } = findForm(content(), input.formKey);
	const agreed = consents.filter(isPurpose).filter((purpose) => purpose === 'necessary' || input.consents.includes(purpose));
	const wordings = agreed.flatMap((purpose) => presentWording(content().consents, purpose, input.locale) ?? []);
	await freeze(tx, wordings, at);
	const submission: SubmissionRow = {
		id: newId(at, random),
		formKey: input.formKey,
		subject: input.subject,
		personId: row.id,
		visitorId: input.visitor.visitorId,
		answers: sealAnswers(keys, row.dataKey, input.answers),
		consents: wordings.map(({ purpose, hash }) => ({ purpose, textHash: hash })),
		channel: input.channel.slice(0, MAX_CHANNEL_LENGTH),
		requestKey: input.request?.key ?? null,
		requestHash: input.request?.hash ?? requestHash(keys, input),
		appliedAt: null,
		outcome,
		reasons,
		at,
	};
	await tx.insert(formSubmission).values(submission);
	return submission;
}

async function cleaningInput(
	{ keys, content, bursts }: IdentityDeps,
	tx: Handle,
	{ answers, locale }: ResolveInput,
	email: string,
	personId: string,
): Promise<CleaningInput> {
	const { site } = content();
	const phone = answers['phone'] ? parsePhone(answers['phone'], defaultCountry(locale, site.phone)) : null;
	return {
		name: answers['name'] ?? '',
		email,
		company: answers['company'] ?? '',
		jobTitle: answers['jobTitle'] ?? '',
		region: answers['region'] ?? '',
		phone,
		badPhone: '',
		competitorDomains: site.competitorDomains,
		isPhoneTaken: phone !== null && (await isPhoneTaken(tx, lookupHash(keys, { kind: 'phone', value: phone.e164 }), personId)),
		isBurst: bursts.holds(burstKey(keys, email)),
	};
}
