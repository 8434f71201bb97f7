import type { APIRoute } from 'astro';

/** The registrant's entry as a file that calendars open. */
export const GET: APIRoute = async ({ locals, params }) => {
	const file = await locals.app.webinars.join.calendar(params['token'] ?? '');
	if (!file) return new Response(null, { status: 404 });
	const headers = {
		'content-type': `text/calendar; charset=utf-8; method=${file.method}`,
		'content-disposition': `attachment; filename="${file.filename}"`,
		'cache-control': 'private, no-store',
	};
	return new Response(file.content, { headers });
};
