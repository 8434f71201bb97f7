import type { AstroGlobal } from 'astro';

import { arrivedBy, landingOf } from '../../arrival.ts';
import { type FormState, readForm } from '../../form.ts';

/** What came of a posted registration. */
export type Registered =
	| { readonly status: 'accepted'; readonly state: 'registered' | 'waiting'; readonly isOwn: boolean }
	/** The last seat went, or the door closed, while the form was filled in. */
	| { readonly status: 'too-late'; readonly reason: 'full' | 'closed'; readonly form: FormState }
	| { readonly status: 'refused'; readonly form: FormState };

/** Hands a posted registration to the webinars and maps the answer to what the page shows. */
export async function register(
	{ locals, request, response }: Pick<AstroGlobal, 'locals' | 'request' | 'response'>,
	slug: string,
	data: FormData,
): Promise<Registered> {
	const { app, locale, visitor, network } = locals;
	const sent = readForm(data);
	const occurrenceId = String(data.get('occurrence') ?? '') || null;
	const arrival = await arrivedBy({ locals, request }, data);
	const outcome = await app.webinars.register({ ...sent, slug, occurrenceId, locale, visitor, network, channel: arrival.channel, arrival });
	const refused = { values: sent.answers, consents: sent.consents, errors: [], retryAfterSeconds: null };
	const form: FormState = { ...refused, landing: landingOf(request, data) };
	switch (outcome.status) {
		case 'registered':
		case 'already-registered':
			return { status: 'accepted', state: 'registered', isOwn: outcome.isOwn };
		case 'waiting':
			return { status: 'accepted', state: 'waiting', isOwn: outcome.isOwn };
		case 'full':
		case 'closed':
			response.status = 409;
			return { status: 'too-late', reason: outcome.status, form };
		case 'invalid':
			response.status = 422;
			return { status: 'refused', form: { ...form, errors: outcome.errors } };
		case 'slow-down':
			response.status = 429;
			response.headers.set('retry-after', String(outcome.retryAfterSeconds));
			return { status: 'refused', form: { ...form, retryAfterSeconds: outcome.retryAfterSeconds } };
	}
}
