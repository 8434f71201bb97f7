import type { Locale } from '#cms/content.ts';
import type { FormArrival, ResolveOutcome, SetCookie, SlowDown, Trap, Visitor } from '#gating';
import type { Handle } from '#kernel/database.ts';
import { DomainError, type FieldError } from '#kernel/errors.ts';

import { subjectOf, type WebinarsDeps, webinarBySlug } from '../deps.ts';
import { type Occurrence, occurrenceById, openOccurrences } from '../programme/occurrence.ts';
import { type Entered, enter, isIn, seatsNow } from './enter.ts';
import { registrationOf, seatsLock } from './registration.ts';

export interface RegisterInput {
	readonly slug: string;
	/** Null: the first of those running and coming that has a free seat. */
	readonly occurrenceId: string | null;
	readonly answers: Readonly<Record<string, string>>;
	/** Purposes ticked. */
	readonly consents: readonly string[];
	readonly locale: Locale;
	readonly timeZone: string;
	readonly visitor: Visitor;
	/** Network prefix of the client address; only limits use it. */
	readonly network: string;
	/** Channel code the visit came by, or `direct`. */
	readonly channel: string;
	readonly arrival?: FormArrival | undefined;
	readonly trap: Trap;
	/** Names this one request, so that its repeat needs no second proof. */
	readonly idempotencyKey?: string | undefined;
}

export type RegisterOutcome =
	/** A verified person in their own browser, who may enter the room without a link. */
	| { readonly status: Entered['status']; readonly registrationId: string; readonly occurrenceId: string; readonly isOwn: true }
	/** Anybody else: the mail says more. The same whether the address was registered before or not. */
	| {
			readonly status: 'registered' | 'waiting' | 'pending';
			readonly occurrenceId: string;
			readonly isOwn: false;
			readonly setCookies: readonly SetCookie[];
	  }
	/** No seat, and no room on the waiting list. */
	| { readonly status: 'full' }
	/** Over, called off, or no such occurrence. */
	| { readonly status: 'closed' }
	| { readonly status: 'invalid'; readonly errors: readonly FieldError[] }
	| SlowDown;

/**
 * Registers a person for an occurrence and orders the confirmation with the personal link. Seats are given one after another,
 * so a capacity holds under any load. Whoever is registered already gets the confirmation again; only their mail says so.
 *
 * @throws DomainError not-found when no such webinar is published.
 */
export function createRegister({ db, now, random, content, gating }: Pick<WebinarsDeps, 'db' | 'now' | 'random' | 'content' | 'gating'>) {
	const choose = async (handle: Handle, webinarId: string, occurrenceId: string | null): Promise<Occurrence | null> => {
		if (occurrenceId === null) return next(handle, await openOccurrences(handle, [webinarId], now()));
		const chosen = await occurrenceById(handle, occurrenceId);
		return chosen?.webinarId === webinarId ? chosen : null;
	};

	/** The first with a free seat, else the first of all. */
	const next = async (handle: Handle, open: readonly Occurrence[]): Promise<Occurrence | null> => {
		for (const occurrence of open) if ((await seatsNow(handle, occurrence, now())) === 'open') return occurrence;
		return open[0] ?? null;
	};

	/** What is said to a stranger follows from the seats that everybody can see, never from who is registered. */
	const enterStranger = async (
		tx: Handle,
		occurrence: Occurrence,
		{ locale, visitor, channel }: RegisterInput,
		subject: string,
		{ personId, submissionId, requestHash }: ResolveOutcome,
	): Promise<RegisterOutcome> => {
		const seats = await seatsNow(tx, occurrence, now());
		if (seats === 'closed') return { status: 'closed' };
		if (seats === 'full' && !isIn(await registrationOf(tx, occurrence.id, personId))) return { status: 'full' };
		const submission = { id: submissionId, hash: requestHash };
		const { grantId, setCookies } = await gating.access.offer(tx, { personId, subject, locale, visitor, submission });
		await enter(tx, { occurrence, channel, personId, grantId }, now(), random);
		if (seats === 'full') return { status: 'full' };
		return {
			status: occurrence.needsApproval ? 'pending' : seats === 'open' ? 'registered' : 'waiting',
			occurrenceId: occurrence.id,
			isOwn: false,
			setCookies,
		};
	};

	return async (input: RegisterInput): Promise<RegisterOutcome> => {
		const webinar = webinarBySlug(content(), input.slug);
		if (!webinar) throw new DomainError('not-found', 'There is no such webinar.');
		const { formKey } = webinar;
		const subject = subjectOf(webinar.id);
		const checked = await gating.forms.check({ ...input, formKey });
		if (checked.status === 'invalid' || checked.status === 'slow-down') return checked;
		const target = await choose(db.read, webinar.id, input.occurrenceId);
		if (!target) return { status: 'closed' };
		if (checked.status === 'trapped')
			return { status: target.needsApproval ? 'pending' : 'registered', occurrenceId: target.id, isOwn: false, setCookies: [] };

		return db.write(
			async (tx): Promise<RegisterOutcome> => {
				const occurrence = await occurrenceById(tx, target.id);
				if (!occurrence) return { status: 'closed' };
				const person = await gating.people.resolve(tx, { ...input, answers: checked.answers, formKey, subject });
				if (!person.isOwn) return enterStranger(tx, occurrence, input, subject, person);
				const entered = await enter(tx, { occurrence, channel: input.channel, personId: person.personId, grantId: null }, now(), random);
				if (!('registrationId' in entered)) return entered;
				if (entered.status !== 'already-registered') {
					await gating.events.record(
						tx,
						registeredEvent({
							registrationId: entered.registrationId,
							at: now(),
							personId: person.personId,
							visitorId: input.visitor.visitorId,
							subject,
							occurrenceId: occurrence.id,
						}),
					);
				}
				return { ...entered, occurrenceId: occurrence.id, isOwn: true };
			},
			{ locks: seatsLock(target.id) },
		);
	};
}

/** Counts when the person is proved: at once in their own browser, else when their personal link is used. */
export function registeredEvent({
	registrationId,
	at,
	personId,
	visitorId,
	subject,
	occurrenceId,
}: {
	readonly registrationId: string;
	readonly at: Date;
	readonly personId: string;
	readonly visitorId: string | null;
	readonly subject: string;
	readonly occurrenceId: string;
}) {
	return { id: registrationId, type: 'webinar.registered' as const, at, personId, visitorId, subject, props: { occurrenceId } };
}
