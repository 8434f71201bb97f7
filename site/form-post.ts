import type { AstroGlobal } from 'astro';

import type { Locale } from '#cms/content.ts';
import type { FormArrival, SetCookie, SlowDown, Visitor } from '#gating';
import { type FieldError, isDomainError } from '#kernel/errors.ts';

import { arrivedBy, landingOf } from './arrival.ts';
import { type FormNotice, type FormState, readForm, type SentForm } from './form.ts';

type Posting = Pick<AstroGlobal, 'locals' | 'request' | 'response'>;

/** A posted form and who sent it, as every taker of forms wants them. */
export type Sending = SentForm & {
	readonly locale: Locale;
	readonly visitor: Visitor;
	readonly network: string;
	readonly channel: string;
	readonly arrival: FormArrival;
};

type Refusal = { readonly status: 'invalid'; readonly errors: readonly FieldError[] } | SlowDown;
type Taken<T extends { readonly status: string }> =
	{ readonly status: 'taken'; readonly outcome: Exclude<T, Refusal> } | { readonly status: 'refused'; readonly state: FormState };

/**
 * Hands a posted form to what takes it. What is refused comes back with everything that was typed, and sets the status: 422 for fields,
 * 429 for too many, 410 when the form or its subject went off line meanwhile, 409 for a key that was used.
 */
export async function takeForm<T extends { readonly status: string }>(
	{ locals, request, response }: Posting,
	data: FormData,
	take: (sending: Sending) => Promise<T>,
): Promise<Taken<T>> {
	const { locale, visitor, network } = locals;
	const sent = readForm(data);
	const again: FormState = {
		values: sent.answers,
		consents: sent.consents,
		errors: [],
		notice: null,
		landing: landingOf(request, data),
		challenge: sent.trap.challenge,
	};
	const refuse = (status: number, notice: FormNotice | null, errors: FormState['errors'] = []): Taken<T> => {
		response.status = status;
		return { status: 'refused', state: { ...again, errors, notice } };
	};
	try {
		const arrival = await arrivedBy({ locals, request }, data);
		const outcome: T | Refusal = await take({ ...sent, locale, visitor, network, channel: arrival.channel, arrival });
		if (isInvalid(outcome)) return refuse(422, null, outcome.errors);
		if ('setCookies' in outcome) locals.setCookies(outcome.setCookies as readonly SetCookie[]);
		if (!isSlowDown(outcome)) return { status: 'taken', outcome: outcome as Exclude<T, Refusal> };
		response.headers.set('retry-after', String(outcome.retryAfterSeconds));
		// A proof that was refused is not asked for again by itself: that would go on for ever.
		const asksProof = outcome.needsProof === true && !sent.trap.proof;
		return refuse(429, { kind: asksProof ? 'proof' : 'slow-down', minutes: Math.ceil(outcome.retryAfterSeconds / 60) });
	} catch (error) {
		if (!isDomainError(error)) throw error;
		if (error.code === 'not-found') return refuse(410, { kind: 'gone' });
		if (error.code === 'conflict') return refuse(409, { kind: 'conflict' });
		throw error;
	}
}

const isInvalid = (outcome: { readonly status: string }): outcome is Extract<Refusal, { readonly status: 'invalid' }> => outcome.status === 'invalid';
const isSlowDown = (outcome: { readonly status: string }): outcome is SlowDown => outcome.status === 'slow-down';

export type Posted = { readonly status: 'accepted'; readonly isGranted: boolean } | { readonly status: 'refused'; readonly state: FormState };

/** Hands a posted form about content to gating. */
export async function submitForm(
	astro: Posting,
	{ formKey, subject, data }: { readonly formKey: string; readonly subject: string; readonly data: FormData },
): Promise<Posted> {
	const taken = await takeForm(astro, data, (sending) => astro.locals.app.gating.forms.submit({ formKey, subject, ...sending }));
	return taken.status === 'refused' ? taken : { status: 'accepted', isGranted: taken.outcome.status === 'granted' };
}
