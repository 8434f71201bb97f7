import type { APIRoute } from 'astro';

import { openConsole } from '../../../../components/console/open.ts';
import { wordOf } from '../../../../components/console/words.ts';

/** The rows that could not be read or are about nobody on record, for download. */
export const GET: APIRoute = async (context) => {
	const session = await openConsole(context, 'leads.import');
	if (session instanceof Response) return session;
	const { app, texts } = context.locals;
	const file = await app.gating.imports.errorFile(context.params['id'] ?? '', session.reader, (code) => wordOf(texts.channel.imports.error, code));
	if (!file) return new Response(null, { status: 404 });
	return new Response(new Uint8Array(file), {
		headers: { 'content-type': 'text/csv; charset=utf-8', 'content-disposition': 'attachment; filename="rows-left-out.csv"' },
	});
};
