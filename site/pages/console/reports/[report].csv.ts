import type { APIRoute } from 'astro';

import { openConsole } from '../../../components/console/open.ts';
import { daysOf } from '../../../components/console/reports.ts';

/** A report as a CSV file, in the language of who takes it away. */
export const GET: APIRoute = async (context) => {
	const session = await openConsole(context, 'reports.read');
	if (session instanceof Response) return session;
	const { app, locale, texts } = context.locals;
	const { results } = app.gating;
	const code = results.codes.find((one) => one === context.params['report']);
	const days = daysOf(context.url.searchParams, results.content.usual());
	if (!code || !days) return new Response(null, { status: 404 });
	const name = `${texts.reports.names[code]} ${days.from} ${days.to}.csv`;
	await session.note('report.csv', `report:${code}`, { from: days.from, to: days.to });
	return new Response(await results.csv(code, days, locale), {
		headers: {
			'content-type': 'text/csv; charset=utf-8',
			'content-disposition': `attachment; filename="${code}-${days.from}-${days.to}.csv"; filename*=UTF-8''${encodeURIComponent(name)}`,
			'cache-control': 'no-store',
		},
	});
};
