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
import { isAnsweredChallenge } from './challenge.ts';
import { findForm } from './definition.ts';
import { type Answers, FREE_MAIL_ANSWER, type SubmitInput } from './form.ts';
import type { Limits } from './limits.ts';
import { fieldsToAsk } from './progressive.ts';
import { validate } from './validate.ts';

export interface CheckDeps {
	readonly db: Database;
	readonly keys: Keys;
	readonly now: Now;
	readonly content: () => Snapshot;
	readonly limits: Limits;
	readonly bursts: Bursts;
}

export type CheckInput = Pick<SubmitInput, 'formKey' | 'answers' | 'locale' | 'visitor' | 'network' | 'trap'>;

export type CheckOutcome =
	/** `answers` are complete, with what is known of a verified person; `email` is normalised. */
	| { readonly status: 'valid'; readonly answers: Answers }
	| { readonly status: 'invalid'; readonly errors: readonly FieldError[] }
	| { readonly status: 'slow-down'; readonly retryAfterSeconds: number }
	/** A machine filled the field that people do not see: answer as for a success and keep nothing. */
	| { readonly status: 'trapped' };

/** Whether answers may be taken: limits, traps, then each field. Used by every form, those of webinars included. */
export async function checkForm({ db, keys, now, content, limits, bursts }: CheckDeps, input: CheckInput): Promise<CheckOutcome> {
	const isAnswered = isAnsweredChallenge(keys, input.trap.challenge, now());
	const within = input.network === null ? null : await limits.network(input.network, isAnswered);
	if (within?.status === 'slow-down') return within;
	if (input.trap.honeypot !== '') return { status: 'trapped' };

	const snapshot = content();
	const form = findForm(snapshot, input.formKey);
	const known = await knownProfile(db, keys, input.visitor, input.answers);
	const validated = validate(snapshot, form, fieldsToAsk(form.fields, known), withKnownMail(known, input.answers), input.locale);
	if (validated.status === 'invalid') return validated;
	const answers = { ...knownAnswers(form, known), ...validated.answers };
	if (input.visitor.isVerified && known) return { status: 'valid', answers };

	const perMail = await limits.mail(keys.blindIndex('mail-limit', answers['email'] ?? ''));
	if (perMail.status === 'slow-down') return perMail;
	if (input.network !== null) bursts.note(input.network, burstKey(keys, answers['email'] ?? ''));
	return { status: 'valid', answers };
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
