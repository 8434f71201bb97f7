import type { APIRoute } from 'astro';

import { isLocale } from '../../page.ts';
import { notFound, sharedText } from '../../sharing/answer.ts';

/** How the site is called and drawn on a home screen. */
export const GET: APIRoute = (context) => {
	if (!isLocale(context.params['locale'])) return notFound();
	const { app, addresses, locale } = context.locals;
	const { brand, tagline } = app.cms.snapshot().site;
	const manifest = {
		name: brand,
		short_name: brand,
		description: tagline[locale],
		lang: locale,
		start_url: addresses.home,
		scope: '/',
		display: 'browser',
		background_color: '#ffffff',
		theme_color: '#0b5563',
		icons: [192, 512].map((pixels) => ({ src: `/icon-${pixels}.png`, sizes: `${pixels}x${pixels}`, type: 'image/png', purpose: 'any maskable' })),
	};
	return sharedText(context, 'application/manifest+json', JSON.stringify(manifest), ['site']);
};
