import { type Catalogue, catalogueOf } from '../../catalogue.ts';
import { inLocale, type ContentItem, type Locale, type Snapshot } from '#cms/content.ts';

export const MATERIAL_TYPES = ['white_papers', 'cases', 'products', 'webinars', 'articles'] as const;
export type MaterialType = (typeof MATERIAL_TYPES)[number];

export interface MaterialQuery {
	readonly q: string;
	readonly type: string;
	/** Slug of an industry term. */
	readonly industry: string;
}

/** Published pieces to hand on, newest first: words are looked for in titles, summaries, part numbers, topics and products. */
export function materialIn(snapshot: Snapshot, { q, type, industry }: MaterialQuery, locale: Locale): ContentItem[] {
	const catalogue = catalogueOf(snapshot, locale);
	const words = q.normalize('NFKC').toLowerCase().split(/\s+/u).filter(Boolean);
	const types: readonly MaterialType[] = MATERIAL_TYPES.filter((one) => type === '' || one === type);
	return types
		.flatMap((one): readonly ContentItem[] => catalogue.all(one))
		.filter((item) => industry === '' || item.industries.includes(industry))
		.filter((item) => words.length === 0 || words.every((word) => hayOf(item, catalogue, locale).includes(word)))
		.sort((one, other) => other.publishedAt.getTime() - one.publishedAt.getTime());
}

function hayOf(item: ContentItem, catalogue: Catalogue, locale: Locale): string {
	const products = 'products' in item ? item.products.map((id) => catalogue.byId('products', id)) : [];
	const terms = item.topics.map((topic) => catalogue.term('topic', topic));
	const names = [...products.map((one) => one?.title), ...terms.map((one) => one?.name)].map((one) => (one ? inLocale(one, locale) : ''));
	const number = item.type === 'products' ? item.partNumber : '';
	return [inLocale(item.title, locale), inLocale(item.summary, locale), number, item.slug, ...names].join(' ').normalize('NFKC').toLowerCase();
}
