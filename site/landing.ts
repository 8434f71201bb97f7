import type { AstroGlobal } from 'astro';

import type { Page } from '#cms/content.ts';

import { EMPTY_FORM, type FormState } from './form.ts';
import { submitForm } from './form-post.ts';

/** What became of a form that was posted to a landing page. */
export interface LandingPost {
	/** The form that is shown again with what is wrong; '' for none. */
	readonly formKey: string;
	readonly state: FormState;
	/** A form was taken: a mail is on its way, or what was asked for is granted. */
	readonly sent: 'mail' | 'granted' | null;
}

export const NOTHING_POSTED: LandingPost = { formKey: '', state: EMPTY_FORM, sent: null };

/** Takes a form posted to a landing page that shows it; a string is the address to go on to. */
export async function landingPost(astro: Pick<AstroGlobal, 'locals' | 'request' | 'response' | 'url'>, page: Page): Promise<LandingPost | string> {
	const sent = astro.url.searchParams.get('sent');
	if (astro.request.method !== 'POST') return { ...NOTHING_POSTED, sent: sent === 'mail' || sent === 'granted' ? sent : null };
	const formKey = astro.url.searchParams.get('form') ?? '';
	if (!page.blocks.some((block) => block.kind === 'form' && block.formKey === formKey)) return astro.url.pathname;
	const outcome = await submitForm(astro, { formKey, subject: `pages:${page.id}`, data: await astro.request.formData() });
	if (outcome.status === 'accepted') return `${astro.url.pathname}?sent=${outcome.isGranted ? 'granted' : 'mail'}#sent`;
	return { formKey, state: outcome.state, sent: null };
}
