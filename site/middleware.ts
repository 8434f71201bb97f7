import { defineMiddleware } from 'astro:middleware';

import type { Locale } from '#cms/content.ts';
import { addresses } from '#kernel/texts/addresses.ts';
import { textsFor } from '#kernel/texts/index.ts';

/** Gives each page its language, words, addresses and visitor. Decides nothing about rights. */
export const onRequest = defineMiddleware(async (context, next) => {
	const { locals, cookies, url, request } = context;
	const locale = localeOfPath(url.pathname);
	locals.locale = locale;
	locals.texts = textsFor(locale);
	locals.addresses = addresses(locale);
	locals.cookies = {
		visitor: cookies.get('foyer_visitor')?.value,
		pass: cookies.get('foyer_pass')?.value,
		consent: cookies.get('foyer_consent')?.value,
	};
	locals.visitor = await locals.app.gating.visitors.identify(locals.cookies);
	const edge = request.headers.get('x-foyer-consent');
	locals.isConsentAsked = edge === null ? !locals.visitor.hasAnsweredConsent : edge === 'unknown';
	return next();
});

function localeOfPath(path: string): Locale {
	return path === '/zh-CN' || path.startsWith('/zh-CN/') ? 'zh-CN' : 'en';
}
