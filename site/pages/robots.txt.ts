import type { APIRoute } from 'astro';

import { sharedText } from '../sharing/answer.ts';

/** Staff's pages, what the site's own scripts ask, and drafts. */
const CLOSED = ['/api/', '/console', '/preview/', '/d/'];
/** Results of a search, and links that hold a token; each also below a language. */
const CLOSED_IN_EACH = ['/search?', '/c/', '/j/', '/r/', '/redeem/', '/u/'];

/** What crawlers leave alone, and where the list of pages is. Pages that say "noindex" stay open, since only then it is read. */
export const GET: APIRoute = (context) => {
	const closed = [...CLOSED, ...CLOSED_IN_EACH.flatMap((path) => [path, `/zh-CN${path}`])];
	const sitemap = `${context.locals.app.config.server.publicUrl}/sitemap-index.xml`;
	const lines = ['User-agent: *', ...closed.map((path) => `Disallow: ${path}`), '', `Sitemap: ${sitemap}`, ''];
	return sharedText(context, 'text/plain', lines.join('\n'), ['site']);
};
