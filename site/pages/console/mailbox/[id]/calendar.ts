import type { APIRoute } from 'astro';

import { openConsole } from '../../../../components/console/open.ts';

/** The calendar entry of one kept mail, to be saved. */
export const GET: APIRoute = async (context) => {
	const session = await openConsole(context, 'mailbox.read');
	if (session instanceof Response) return session;
	const kept = await context.locals.app.gating.report.mail(context.params['id'] ?? '');
	const calendar = kept?.mail?.calendar;
	if (!calendar) return new Response(null, { status: 404 });
	await session.note('mailbox.read', `mail:${kept.id}`);
	const headers = {
		'content-type': 'text/calendar; charset=utf-8',
		'content-disposition': `attachment; filename*=UTF-8''${encodeURIComponent(calendar.filename)}`,
		'cache-control': 'no-store',
	};
	return new Response(calendar.content, { headers });
};
