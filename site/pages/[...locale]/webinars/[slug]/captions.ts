import type { APIRoute } from 'astro';

/** Captions of the recording in the page's language, for whoever may watch it now. */
export const GET: APIRoute = async ({ locals, params }) => {
	const { app, locale, visitor } = locals;
	const admission = await app.webinars.admit(params['slug'] ?? '', visitor);
	const file = admission.status === 'admitted' ? admission.webinar.captions[locale] : null;
	if (!file) return new Response(null, { status: admission.status === 'refused' ? 403 : 404 });
	const { status, body } = await app.cms.asset(file.id);
	return new Response(body, { status, headers: { 'content-type': 'text/vtt; charset=utf-8', 'cache-control': 'private, no-store' } });
};
