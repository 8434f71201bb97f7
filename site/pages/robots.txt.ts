import type { APIRoute } from 'astro';

const CLOSED = ['/api/', '/console', '/preferences', '/search', '/c/', '/j/', '/u/', '/d/', '/r/'];

/** What crawlers should leave alone, in both languages, and where the list of pages is. */
export const GET: APIRoute = ({ locals }) => {
	const lines = [
		'User-agent: *',
		...CLOSED.flatMap((path) => [`Disallow: ${path}`, `Disallow: /zh-CN${path}`]),
		'',
		`Sitemap: ${locals.app.config.server.publicUrl}/sitemap.xml`,
		'',
	];
	return new Response(lines.join('\n'), { headers: { 'content-type': 'text/plain; charset=utf-8', 'cache-tag': 'site' } });
};
