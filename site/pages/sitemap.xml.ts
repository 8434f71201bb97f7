import type { APIRoute } from 'astro';

import { CONTENT_TYPES, type Locale, LOCALES } from '#cms/content.ts';
import { addresses, type Addresses } from '#kernel/texts/addresses.ts';

import { catalogueOf } from '../catalogue.ts';

interface Entry {
	readonly languages: readonly Locale[];
	readonly address: (of: Addresses) => string;
	readonly changedAt: Date | null;
}

/** Every public page in every language it exists in, with its other languages beside it. */
export const GET: APIRoute = ({ locals }) => {
	const { app } = locals;
	const snapshot = app.cms.snapshot();
	const inEach = LOCALES.flatMap((locale) => CONTENT_TYPES.flatMap((type) => catalogueOf(snapshot, locale).all(type)));
	const items = [...new Set(inEach)].filter((item) => !(item.type === 'pages' && item.slug === 'privacy'));
	const entries: readonly Entry[] = [
		...(['home', 'library', 'products', 'webinars', 'privacy'] as const).map((name) => ({
			languages: LOCALES,
			address: (of: Addresses) => of[name],
			changedAt: null,
		})),
		...snapshot.categories.map(({ slug }) => ({ languages: LOCALES, address: (of: Addresses) => of.category(slug), changedAt: null })),
		...items.map((item) => ({ languages: item.languages, address: (of: Addresses) => of.item(item), changedAt: item.updatedAt })),
	];
	const url = (locale: Locale, entry: Entry): string => app.config.server.publicUrl + entry.address(addresses(locale));
	const urls = entries.flatMap((entry) =>
		entry.languages.map((locale) => {
			const others = entry.languages
				.map((language) => `<xhtml:link rel="alternate" hreflang="${language}" href="${escape(url(language, entry))}"/>`)
				.join('');
			return `<url><loc>${escape(url(locale, entry))}</loc>${entry.changedAt ? `<lastmod>${entry.changedAt.toISOString()}</lastmod>` : ''}${others}</url>`;
		}),
	);
	const xml = `<?xml version="1.0" encoding="UTF-8"?>\n<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9" xmlns:xhtml="http://www.w3.org/1999/xhtml">\n${urls.join('\n')}\n</urlset>\n`;
	return new Response(xml, {
		headers: { 'content-type': 'application/xml; charset=utf-8', 'cache-tag': ['site', 'categories', ...CONTENT_TYPES].join(',') },
	});
};

function escape(text: string): string {
	return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('"', '&quot;');
}
