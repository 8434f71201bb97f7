import type { APIRoute } from 'astro';

const HEADERS = { 'content-type': 'text/vtt; charset=utf-8', 'cache-control': 'private, no-store' };

/** Captions of a replay in the page's language: the editor's file, else what was typed while it ran. */
export const GET: APIRoute = async ({ locals, params }) => {
	const { app, locale, visitor } = locals;
	const captions = await app.webinars.replay.captions(params['slug'] ?? '', visitor, locale);
	if (captions === 'refused' || captions === 'unknown') return new Response(null, { status: captions === 'refused' ? 403 : 404 });
	if (typeof captions === 'string') return new Response(captions, { headers: HEADERS });
	const { status, body } = await app.cms.asset(captions.id);
	return new Response(body, { status, headers: HEADERS });
};
