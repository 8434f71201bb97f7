import { Readable } from 'node:stream';

import type { APIRoute } from 'astro';

import { rowId } from '../../../../components/console/cursor.ts';
import { openConsole } from '../../../../components/console/open.ts';

/** A list as a file, for who asked for it. */
export const GET: APIRoute = async (context) => {
	const session = await openConsole(context, null);
	if (session instanceof Response) return session;
	const id = rowId(context.params['id']);
	const file = id === null ? null : await context.locals.app.gating.exports.open(id, session.reader);
	if (!file) return context.redirect('/console/exports', 303);
	return new Response(Readable.toWeb(await file.read()) as ReadableStream, {
		headers: {
			'content-type': file.mediaType,
			'content-length': String(file.sizeBytes),
			'content-disposition': `attachment; filename="${file.filename}"`,
			'cache-control': 'no-store',
		},
	});
};
