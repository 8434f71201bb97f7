import type { APIRoute } from 'astro';

import { notFound, sharedText } from '../sharing/answer.ts';
import { DIRECTORY_TAGS, publicPages } from '../sharing/directory.ts';
import { sitemapXml } from '../sharing/sitemap.ts';

/** One part of the sitemap: pages of one type in one language. */
export const GET: APIRoute = async (context) => {
	const { app } = context.locals;
	const xml = await sitemapXml(app.config.server.publicUrl, publicPages(app.cms.snapshot()), context.params['part'] ?? '');
	return xml === null ? notFound() : sharedText(context, 'application/xml', xml, DIRECTORY_TAGS);
};
