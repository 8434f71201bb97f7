import type { APIContext } from 'astro';

/**
 * A text for machines, the same for everybody: kept by the edge until one of `tags` changes or something becomes due.
 * With an ETag and compressed, as pages are.
 */
export function sharedText(
	{ locals }: Pick<APIContext, 'locals'>,
	mediaType: string,
	text: string,
	tags: readonly string[],
	until: Date | null = null,
): Response {
	const ends = [until, locals.app.cms.snapshot().nextDueAt].filter((date) => date !== null).map((date) => date.getTime());
	return new Response(text, {
		headers: {
			'content-type': `${mediaType}; charset=utf-8`,
			'cache-tag': tags.join(','),
			...(ends.length > 0 ? { 'cache-until': String(Math.min(...ends)) } : {}),
		},
	});
}

export function notFound(): Response {
	return new Response(null, { status: 404 });
}
