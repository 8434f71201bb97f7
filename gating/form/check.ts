import type { Form, Snapshot } from '#cms/content.ts';
import type { Now } from '#kernel/clock.ts';
import type { Database } from '#kernel/database.ts';
import type { FieldError } from '#kernel/errors.ts';
import type { Keys } from '#kernel/keys.ts';

import type { Bursts } from '../cleaning/burst.ts';
import { normaliseMail } from '../cleaning/mail.ts';
import { livingPerson, openSaid } from '../identity/person.ts';
import type { Profile } from '../identity/profile.ts';
import { burstKey } from '../identity/resolve.ts';
import type { Visitor } from '../identity/visitor.ts';
import { isAnsweredChallenge, isOwnChallenge } from './challenge.ts';
import { findForm } from './definition.ts';
import { type Answers, FREE_MAIL_ANSWER, type SlowDown, type SubmitInput } from './form.ts';
import type { Limits } from './limits.ts';
import { fieldsToAsk } from './progressive.ts';
import type { Proofs } from './proof.ts';
import { suspicionOf } from './suspicion.ts';
import { validate } from './validate.ts';
import type { Waves } from './waves.ts';

export interface CheckDeps {
	readonly db: Database;
	readonly keys: Keys;
	readonly now: Now;
	readonly content: () => Snapshot;
	readonly limits: Limits;
	readonly waves: Waves;
	readonly proofs: Proofs;
	readonly bursts: Bursts;
}

export type CheckInput = Pick<SubmitInput, 'formKey' | 'answers' | 'locale' | 'visitor' | 'network' | 'trap' | 'arrival' | 'idempotencyKey'>;

export type CheckOutcome =
	/** `answers` are complete, with what is known of a verified person; `email` is normalised. */
	| { readonly status: 'valid'; readonly answers: Answers }
	| { readonly status: 'invalid'; readonly errors: readonly FieldError[] }
	| SlowDown
	/** A machine filled the field that people do not see: answer as for a success and keep nothing. */
	| { readonly status: 'trapped' };

/** Whether answers may be taken: limits, traps, each field, then waves of forms. Used by every form, those of webinars included. */
export async function checkForm(deps: CheckDeps, input: CheckInput): Promise<CheckOutcome> {
	const { db, keys, now, content, limits } = deps;
	const isAnswered = isAnsweredChallenge(keys, input.trap.challenge, now());
	const within = input.network === null ? null : limits.network(input.network, isAnswered);
	if (within?.status === 'slow-down') return within;
	if (input.trap.honeypot !== '') return { status: 'trapped' };

	const snapshot = content();
	const form = findForm(snapshot, input.formKey);
	const known = await knownProfile(db, keys, input.visitor, input.answers);
	const told = knownAnswers(form, known);
	const { locale, arrival } = input;
	const came = arrival && { channel: arrival.channel, ...arrival.detail };
	const validated = validate(snapshot, form, fieldsToAsk(form.fields, known), withKnownMail(known, input.answers), { locale, known: told, came });
	if (validated.status === 'invalid') return validated;
	const answers = { ...told, ...validated.answers };
	if (input.visitor.isVerified && known) return { status: 'valid', answers };
	return (await refuseWave(deps, input, answers['email'] ?? '')) ?? { status: 'valid', answers };
}

/** Counts a stranger's form; null when nothing speaks against it, or its sender proved to have worked for it. */
async function refuseWave(deps: CheckDeps, { formKey, network, trap, idempotencyKey }: CheckInput, email: string): Promise<SlowDown | null> {
	const { keys, limits, waves, proofs, bursts } = deps;
	const hash = keys.blindIndex('mail-limit', email);
	if (network !== null) {
		const { resetsInSeconds, ...counts } = waves.look(network, hash);
		const suspicion = suspicionOf({ ...counts, lacksToken: trap.isScripted === true && !isOwnChallenge(keys, trap.challenge, deps.now()) });
		const request = idempotencyKey ? `${hash}\n${idempotencyKey}` : '';
		const isProved = suspicion === 'none' || (await proofs.accept(formKey, trap.proof ?? null, request));
		if (!isProved) return { status: 'slow-down', retryAfterSeconds: suspicion === 'token' ? 1 : resetsInSeconds, needsProof: true };
		const around = limits.neighbourhood(network);
		if (around.status === 'slow-down') return around;
	}
	const perMail = limits.mail(hash);
	if (perMail.status === 'slow-down') return perMail;
	if (network === null) return null;
	waves.note(network, hash);
	bursts.note(network, burstKey(keys, email));
	return null;
}

/** What a verified visitor told us themselves; null for strangers, and when the answers name another mail address: that is somebody else. */
export async function knownProfile(db: Database, keys: Keys, visitor: Visitor, answers: Answers): Promise<Profile | null> {
	if (!visitor.isVerified || visitor.personId === null) return null;
	const row = await livingPerson(db.read, visitor.personId);
	const profile = row ? openSaid(keys, row) : null;
	const given = normaliseMail(answers['email'] ?? '');
	return profile && (given === '' || given === profile.email) ? profile : null;
}

function withKnownMail(known: Profile | null, answers: Answers): Answers {
	return known?.email ? { ...answers, email: known.email, [FREE_MAIL_ANSWER]: known.email } : answers;
}

function knownAnswers(form: Form, known: Profile | null): Answers {
	const names = new Set(form.fields.map(({ name }) => name));
	return Object.fromEntries(Object.entries(known ?? {}).filter(([name]) => names.has(name)));
}
