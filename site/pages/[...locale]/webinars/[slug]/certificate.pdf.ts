import { Readable } from 'node:stream';

import type { APIRoute } from 'astro';

import { certificateText } from '../../../../certificate.ts';
import { isLocale } from '../../../../page.ts';

/** Issues the registrant's certificate and answers with it. A post, since taking it counts. */
export const POST: APIRoute = async ({ locals, params, redirect }) => {
	const { app, locale, texts, addresses, visitor } = locals;
	const { slug = '' } = params;
	if (!isLocale(params['locale'])) return new Response(null, { status: 404 });
	const issued = await app.webinars.aftermath.certificate(slug, visitor);
	const back = `${addresses.afterwards(slug)}?done=locked`;
	if (issued.status !== 'issued' || visitor.personId === null) return redirect(back, 303);
	const { site } = app.cms.snapshot();
	const printed = await app.press.certificate(
		certificateText(issued.certificate, {
			locale,
			texts,
			brand: site.brand,
			timeZone: site.timeZone,
			url: `${app.config.server.publicUrl}${addresses.certificates}`,
		}),
		visitor.personId,
	);
	if (!printed) return redirect(addresses.afterwards(slug), 303);
	return new Response(Readable.toWeb(await printed.read()) as ReadableStream, {
		headers: {
			'content-type': 'application/pdf',
			'content-length': String(printed.file.sizeBytes),
			'content-disposition': `attachment; filename="${printed.file.filename}"`,
			'cache-control': 'private, no-store',
		},
	});
};
