import { Readable } from 'node:stream';

import type { APIRoute } from 'astro';

import { openConsole } from '../../../../components/console/open.ts';
import { webinarPoster } from '../../../../components/console/webinar-poster.ts';

const FILES = {
	png: { format: 'png', paper: 'a4' },
	a4: { format: 'pdf', paper: 'a4' },
	a3: { format: 'pdf', paper: 'a3' },
} as const;

/** The poster of a link: `?code=` of the link, `?as=` `png`, `a4` or `a3`; shown in the page with `?shown`. */
export const GET: APIRoute = async (context) => {
	const session = await openConsole(context, 'channels.read');
	if (session instanceof Response) return session;
	const { app } = context.locals;
	const query = context.url.searchParams;
	const kind = query.get('as') ?? '';
	const occurrence = await app.webinars.report.occurrence(context.params['id'] ?? '');
	const link = await app.gating.channels.source((query.get('code') ?? '').slice(0, 60));
	const snapshot = app.cms.snapshot();
	const webinar = snapshot.webinars.find(({ id }) => id === occurrence?.webinarId);
	if (!occurrence || !link || !webinar || !Object.hasOwn(FILES, kind)) return new Response(null, { status: 404 });
	const about = { webinar, occurrence, link: app.gating.channels.linkOf(link.code), path: link.path };
	const printed = await app.press.poster({ ...webinarPoster(about, snapshot), ...FILES[kind as keyof typeof FILES], personId: null });
	if (!printed) return new Response(null, { status: 503, headers: { 'retry-after': '5' } });
	const place = query.has('shown') ? 'inline' : 'attachment';
	return new Response(Readable.toWeb(await printed.read()) as ReadableStream, {
		headers: {
			'content-type': printed.file.mediaType,
			'content-length': String(printed.file.sizeBytes),
			'content-disposition': `${place}; filename="${link.code}-${printed.file.filename}"`,
			'cache-control': 'private, no-store',
		},
	});
};
