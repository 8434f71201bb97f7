import { Readable } from 'node:stream';

import type { APIRoute } from 'astro';

import { briefText } from '../../../../components/console/brief.ts';
import { openConsole } from '../../../../components/console/open.ts';

/** The sales brief of a lead as one page of A4. */
export const GET: APIRoute = async (context) => {
	const session = await openConsole(context, 'people.read');
	if (session instanceof Response) return session;
	const { app, locale, texts } = context.locals;
	const id = context.params['id'] ?? '';
	const found = await briefText({ app, texts, locale, reader: session.reader }, id);
	if (!found) return new Response(null, { status: 404 });
	const printed = await app.press.brief(found.text, found.personId);
	if (!printed) return context.redirect(`/console/leads/${encodeURIComponent(id)}/brief?failed`, 303);
	return new Response(Readable.toWeb(await printed.read()) as ReadableStream, {
		headers: {
			'content-type': 'application/pdf',
			'content-length': String(printed.file.sizeBytes),
			'content-disposition': `inline; filename="${printed.file.filename}"`,
			'cache-control': 'no-store',
		},
	});
};
