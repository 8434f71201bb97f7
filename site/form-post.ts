import type { AstroGlobal } from 'astro';

import { type FormState, readForm } from './form.ts';

export type Posted = { readonly status: 'accepted'; readonly isGranted: boolean } | { readonly status: 'refused'; readonly state: FormState };

/** Hands a posted form to gating and maps its answer: accepted, or the form again with what was typed (422, 429). */
export async function submitForm(
	{ locals, response }: Pick<AstroGlobal, 'locals' | 'response'>,
	{ formKey, subject, data }: { readonly formKey: string; readonly subject: string; readonly data: FormData },
): Promise<Posted> {
	const { app, locale, visitor, network } = locals;
	const sent = readForm(data);
	const outcome = await app.gating.forms.submit({ formKey, subject, ...sent, locale, visitor, network, channel: 'direct' });
	const again = { values: sent.answers, consents: sent.consents, errors: [], retryAfterSeconds: null };
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
