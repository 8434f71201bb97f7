import { Readable } from 'node:stream';

import type { APIRoute } from 'astro';

import { inLocale } from '#cms/content.ts';

import { formatDayShort, formatTime } from '../../../../format.ts';
import { isLocale } from '../../../../page.ts';

/** The ticket behind a personal link as one page of A4; with the name in the registrant's own browser only. */
export const GET: APIRoute = async ({ locals, params }) => {
	const { app, locale, texts, visitor } = locals;
	const link = isLocale(params['locale']) ? await app.webinars.join.peek(params['token'] ?? '', visitor) : null;
	if (!link || !('ticket' in link) || !link.ticket) return new Response(null, { status: 404 });
	const { personId, scanned, spoken } = link.ticket;
	const { startsAt, timeZone } = link.occurrence;
	const words = texts.onSite;
	const printed = await app.press.ticket(
		{
			...{ locale, brand: app.cms.snapshot().site.brand, kind: words.ticketCode, title: inLocale(link.title, locale), name: link.name ?? '' },
			when: `${formatDayShort(startsAt, locale, timeZone)} ${formatTime(startsAt, locale, timeZone)}`,
			place: inLocale(link.place, locale).split('\n').slice(0, 4),
			...{ scanned, spoken, help: words.ticketHelp },
		},
		personId,
	);
	if (!printed) return new Response(null, { status: 503, headers: { 'retry-after': '5' } });
	return new Response(Readable.toWeb(await printed.read()) as ReadableStream, {
		headers: {
			'content-type': 'application/pdf',
			'content-length': String(printed.file.sizeBytes),
			'content-disposition': `attachment; filename="${printed.file.filename}"`,
			'cache-control': 'private, no-store',
		},
	});
};
