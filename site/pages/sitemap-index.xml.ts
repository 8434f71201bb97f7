import type { APIRoute } from 'astro';

import { sharedText } from '../sharing/answer.ts';
import { DIRECTORY_TAGS, publicPages } from '../sharing/directory.ts';
import { sitemapIndexXml } from '../sharing/sitemap.ts';

/** The parts of the sitemap. */
export const GET: APIRoute = async (context) => {
	const { app } = context.locals;
	const xml = await sitemapIndexXml(app.config.server.publicUrl, publicPages(app.cms.snapshot()));
	return sharedText(context, 'application/xml', xml, DIRECTORY_TAGS);
};
