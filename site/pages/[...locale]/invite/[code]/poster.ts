import { Readable } from 'node:stream';

import type { APIRoute } from 'astro';

import { drawPoster, itemOf } from '../../../../invite.ts';

/** A person's own poster: `?language=` en or zh-CN, `?format=` png or pdf, `?save` keeps it instead of showing it. */
export const GET: APIRoute = async (context) => {
	const { app, visitor } = context.locals;
	const query = context.url.searchParams;
	const programme = await app.gating.referrals.programme(context.params['code'] ?? '');
	const item = programme && itemOf(context, programme);
	const own = item && visitor.isVerified ? await app.gating.referrals.own(programme.code, visitor) : null;
	if (!item || !own) return new Response(null, { status: 404 });
	const locale = query.get('language') === 'zh-CN' ? 'zh-CN' : 'en';
	const format = query.get('format') === 'pdf' ? 'pdf' : 'png';
	const printed = await drawPoster(context, item, own, { locale, format });
	if (!printed) return new Response(null, { status: 503, headers: { 'retry-after': '20' } });
	const { file, read } = printed;
	return new Response(Readable.toWeb(await read()) as ReadableStream, {
		headers: {
			'content-type': file.mediaType,
			'content-length': String(file.sizeBytes),
			'content-disposition': `${query.has('save') ? 'attachment' : 'inline'}; filename="${file.filename}"`,
			'cache-control': 'private, no-store',
			'x-robots-tag': 'noindex',
		},
	});
};
