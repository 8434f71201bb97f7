import type { AstroGlobal } from 'astro';

import { arrivedBy, landingOf } from './arrival.ts';
import { type FormState, readForm } from './form.ts';

export type Posted = { readonly status: 'accepted'; readonly isGranted: boolean } | { readonly status: 'refused'; readonly state: FormState };

/** Hands a posted form to gating and maps its answer: accepted, or the form again with what was typed (422, 429). */
export async function submitForm(
	{ locals, request, response }: Pick<AstroGlobal, 'locals' | 'request' | 'response'>,
	{ formKey, subject, data }: { readonly formKey: string; readonly subject: string; readonly data: FormData },
): Promise<Posted> {
	const { app, locale, visitor, network } = locals;
	const sent = readForm(data);
	const arrival = await arrivedBy({ locals, request }, data);
	const outcome = await app.gating.forms.submit({ formKey, subject, ...sent, locale, visitor, network, channel: arrival.channel, arrival });
	const again = { values: sent.answers, consents: sent.consents, errors: [], retryAfterSeconds: null, landing: landingOf(request, data) };
	switch (outcome.status) {
		case 'confirmation-sent':
			return { status: 'accepted', isGranted: false };
		case 'granted':
			return { status: 'accepted', isGranted: true };
		case 'invalid':
			response.status = 422;
			return { status: 'refused', state: { ...again, errors: outcome.errors } };
		case 'slow-down':
			response.status = 429;
			response.headers.set('retry-after', String(outcome.retryAfterSeconds));
			return { status: 'refused', state: { ...again, retryAfterSeconds: outcome.retryAfterSeconds } };
	}
}
