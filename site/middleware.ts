import { defineMiddleware } from 'astro:middleware';

import type { Purpose } from '#gating';
import { addresses } from '#kernel/texts/addresses.ts';
import { textsFor } from '#kernel/texts/index.ts';

import { inertHtml } from './preview.ts';

const NOBODY = { visitorId: null, personId: null, isVerified: false, consents: new Set<Purpose>(), givenName: null } as const;

/** Gives each page its words and addresses. Who asks was found out by the edge; nothing is decided about rights. */
export const onRequest = defineMiddleware(async ({ locals, cookies }, next) => {
	locals.texts = textsFor(locals.locale);
	locals.addresses = addresses(locals.locale);
	locals.visitorCookies = {
		visitor: cookies.get('foyer_visitor')?.value,
		pass: cookies.get('foyer_pass')?.value,
		consent: cookies.get('foyer_consent')?.value,
	};
	locals.reader = locals.visitorCookies.pass === undefined ? { ...NOBODY, hasAnsweredConsent: locals.visitor.hasAnsweredConsent } : locals.visitor;
	const page = await next();
	return locals.isPreview === true ? new Response(inertHtml(await page.text()), page) : page;
});
