import type { APIRoute } from 'astro';

import { fill } from '#kernel/texts/index.ts';

import { isLocale } from '../../page.ts';
import { notFound, sharedText } from '../../sharing/answer.ts';

/** Coming webinars for calendars that subscribe to them. */
export const GET: APIRoute = async (context) => {
	if (!isLocale(context.params['locale'])) return notFound();
	const { app, addresses, locale, texts } = context.locals;
	const { site } = app.cms.snapshot();
	const origin = app.config.server.publicUrl;
	const { content, changesAt } = await app.webinars.calendar({
		locale,
		name: fill(texts.share.calendarTitle, { brand: site.brand }),
		description: fill(texts.share.calendarDescription, { brand: site.brand, url: origin + addresses.webinars }),
		addressOf: (slug) => origin + addresses.webinar(slug),
	});
	return sharedText(context, 'text/calendar', content, ['site', 'webinars'], changesAt);
};
