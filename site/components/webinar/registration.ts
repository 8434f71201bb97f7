import type { AstroGlobal } from 'astro';

import { EMPTY_FORM, type FormState, readForm } from '../../form.ts';
import { takeForm } from '../../form-post.ts';

/** What came of a posted registration. */
export type Registered =
	| { readonly status: 'accepted'; readonly state: 'registered' | 'waiting' | 'pending'; readonly isOwn: boolean }
	/** The last seat went, or the door closed, while the form was filled in. */
	| { readonly status: 'too-late'; readonly reason: 'full' | 'closed'; readonly form: FormState }
	| { readonly status: 'refused'; readonly form: FormState };

/** Hands a posted registration to the webinars and maps the answer to what the page shows. */
export async function register(astro: Pick<AstroGlobal, 'locals' | 'request' | 'response'>, slug: string, data: FormData): Promise<Registered> {
	const occurrenceId = String(data.get('occurrence') ?? '') || null;
	const taken = await takeForm(astro, data, (sending) => astro.locals.app.webinars.register({ ...sending, slug, occurrenceId }));
	if (taken.status === 'refused') return { status: 'refused', form: taken.state };
	const { outcome } = taken;
	switch (outcome.status) {
		case 'registered':
		case 'already-registered':
			return { status: 'accepted', state: 'registered', isOwn: outcome.isOwn };
		case 'waiting':
		case 'pending':
			return { status: 'accepted', state: outcome.status, isOwn: outcome.isOwn };
		case 'full':
		case 'closed': {
			astro.response.status = 409;
			const { answers, consents } = readForm(data);
			return { status: 'too-late', reason: outcome.status, form: { ...EMPTY_FORM, values: answers, consents } };
		}
	}
}
