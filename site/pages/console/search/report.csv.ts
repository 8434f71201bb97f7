import type { APIRoute } from 'astro';

import { localDay } from '#kernel/clock.ts';

import { openConsole } from '../../../components/console/open.ts';
import { readSearchQuery } from '../../../components/console/search-report.ts';

/** Every query of a report that may be shown, for download. */
export const GET: APIRoute = async (context) => {
	const session = await openConsole(context, 'reports.read');
	if (session instanceof Response) return session;
	const { app, texts } = context.locals;
	const query = readSearchQuery(context.url.searchParams, localDay(app.now(), app.cms.snapshot().site.timeZone));
	if (query.segment !== '' && (await app.gating.segments.get(query.segment)) === null) return new Response(null, { status: 404 });
	const { searches } = app.gating;
	const file = searches.csv(await searches.report(query), texts.searchLog.csvHeads);
	await session.note('search.export', 'search:report', { from: query.from, to: query.to });
	return new Response(file, {
		headers: {
			'content-type': 'text/csv; charset=utf-8',
			'content-disposition': `attachment; filename="searches-${query.from}-${query.to}.csv"`,
		},
	});
};
