import { type Asset, CONTENT_TYPES, type ContentItem, type Locale, LOCALES, type Snapshot } from '#cms/content.ts';
import type { Addresses } from '#kernel/texts/addresses.ts';

import { catalogueOf } from '../catalogue.ts';
import { industriesOf } from '../catalogue/industry.ts';
import { LIBRARY_TYPES } from '../library.ts';
import { partsOf } from '../series.ts';

/** Parts of the site, each with a list of its own in the sitemap. */
export const GROUPS = ['pages', 'products', 'white_papers', 'cases', 'articles', 'webinars'] as const;
export type Group = (typeof GROUPS)[number];

/** A page that search engines may list, in every language it exists in. */
export interface PublicPage {
	readonly group: Group;
	readonly languages: readonly Locale[];
	readonly address: (of: Addresses) => string;
	/** When what it shows last changed; null when nothing tells. */
	readonly changedAt: Date | null;
	readonly pictures: readonly Asset[];
}

/** Tags of everything the directory is made from. */
export const DIRECTORY_TAGS = ['site', 'categories', 'terms', 'offers', 'dealers', 'forms', ...CONTENT_TYPES] as const;

const made = new WeakMap<Snapshot, readonly PublicPage[]>();

/** Every public page that is no one's own. Made once per snapshot. */
export function publicPages(snapshot: Snapshot): readonly PublicPage[] {
	const known = made.get(snapshot);
	if (known) return known;
	const items = itemsOf(snapshot);
	const pages = [...fixedPages(snapshot, items), ...categoryPages(snapshot), ...termPages(snapshot, items), ...itemPages(items)];
	made.set(snapshot, pages);
	return pages;
}

function itemsOf(snapshot: Snapshot): readonly ContentItem[] {
	return [...new Set(LOCALES.flatMap((locale) => CONTENT_TYPES.flatMap((type) => catalogueOf(snapshot, locale).all(type))))];
}

function page(
	address: PublicPage['address'],
	changed: readonly { readonly updatedAt: Date; readonly publishedAt: Date }[],
	more: Partial<PublicPage> = {},
): PublicPage {
	return { group: 'pages', languages: LOCALES, address, changedAt: latest(changed), pictures: [], ...more };
}

function fixedPages(snapshot: Snapshot, items: readonly ContentItem[]): PublicPage[] {
	const shelved = items.filter(({ type }) => (LIBRARY_TYPES as readonly string[]).includes(type));
	const privacy = items.filter(({ type, slug }) => type === 'pages' && slug === 'privacy');
	return [
		page((of) => of.home, items),
		page((of) => of.library, shelved),
		...LIBRARY_TYPES.filter((type) => type !== 'webinars').map((type) =>
			page(
				(of) => `${of.library}?type=${type}`,
				shelved.filter((item) => item.type === type),
			),
		),
		page((of) => of.products, snapshot.products),
		page((of) => of.industries, snapshot.products),
		page((of) => of.webinars, snapshot.webinars),
		...(snapshot.dealers.length > 0 ? [page((of) => of.dealers, [])] : []),
		...(snapshot.offers.length > 0 ? [page((of) => of.offers, [])] : []),
		...snapshot.offers.map(({ slug }) => page((of) => of.offer(slug), [])),
		page((of) => of.privacy, privacy),
		...(snapshot.forms.some(({ key }) => key === 'quote-default') ? [page((of) => of.quote, [])] : []),
	];
}

function categoryPages({ categories, products }: Snapshot): PublicPage[] {
	const parents = new Map(categories.map(({ slug, parent }) => [slug, parent]));
	const isWithin = (slug: string | null | undefined, root: string): boolean =>
		typeof slug === 'string' && (slug === root || isWithin(parents.get(slug), root));
	return categories.map(({ slug, picture }) =>
		page(
			(of) => of.category(slug),
			products.filter((product) => isWithin(product.category, slug)),
			{ group: 'products', pictures: shown([picture]) },
		),
	);
}

/** Pages that gather what a term names. */
function termPages(snapshot: Snapshot, items: readonly ContentItem[]): PublicPage[] {
	const industries = industriesOf(catalogueOf(snapshot, 'en'));
	const series = snapshot.terms.filter(({ kind }) => kind === 'series');
	const isOf = (item: ContentItem, slug: string): boolean => item.industries.includes(slug) || (item.type === 'cases' && item.industry === slug);
	return [
		...industries.map(({ slug }) =>
			page(
				(of) => of.industry(slug),
				items.filter((item) => isOf(item, slug)),
			),
		),
		...series.flatMap(({ slug, cover }) => {
			const languages = LOCALES.filter((locale) => partsOf(slug, catalogueOf(snapshot, locale)).length > 0);
			const parts = languages.flatMap((locale) => partsOf(slug, catalogueOf(snapshot, locale)));
			return languages.length === 0 ? [] : [page((of) => of.series(slug), parts, { languages, pictures: shown([cover]) })];
		}),
	];
}

function itemPages(items: readonly ContentItem[]): PublicPage[] {
	return items
		.filter((item) => !(item.type === 'pages' && item.slug === 'privacy'))
		.map((item) => page((of) => of.item(item), [item], { group: item.type, languages: item.languages, pictures: shown(picturesOf(item)) }));
}

function picturesOf(item: ContentItem): readonly (Asset | null)[] {
	if (item.type === 'pages') return [];
	return item.type === 'products' ? [item.drawing, ...item.gallery] : [item.cover];
}

function shown(assets: readonly (Asset | null)[]): Asset[] {
	return assets.filter((asset) => asset?.isPublic === true) as Asset[];
}

function latest(changed: readonly { readonly updatedAt: Date; readonly publishedAt: Date }[]): Date | null {
	const last = changed.reduce((most, { updatedAt, publishedAt }) => Math.max(most, updatedAt.getTime(), publishedAt.getTime()), 0);
	return last === 0 ? null : new Date(last);
}
