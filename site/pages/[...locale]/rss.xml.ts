import type { APIRoute } from 'astro';

import { contentOf, isLocale } from '../../page.ts';
import { notFound, sharedText } from '../../sharing/answer.ts';
import { feedXml } from '../../sharing/feed.ts';

/** Papers, cases, articles and webinars, newest first. */
export const GET: APIRoute = async (context) => {
	if (!isLocale(context.params['locale'])) return notFound();
	const { app, addresses, texts } = context.locals;
	const xml = await feedXml({ origin: app.config.server.publicUrl, content: contentOf(context), addresses, texts });
	return sharedText(context, 'application/rss+xml', xml, ['site', 'terms', 'white_papers', 'cases', 'articles', 'webinars']);
};
