import type { Dealer, Locale, Product } from '#cms/content.ts';
import type { AskedProduct, Gating } from '#gating';
import { fill } from '#kernel/texts/index.ts';

import type { Catalogue } from './catalogue.ts';
import { roundKm, sells } from './dealers.ts';

const MOST_PRODUCTS = 20;
/** Pages behind a personal link: their address opens something, so it is not kept. */
const PERSONAL = /^(?:\/zh-CN)?\/[bcdijru]\//;
const LONGEST_PAGE = 300;

/** What the address of the quote page asks for. */
export interface QuoteView {
	readonly products: readonly Product[];
	/** What was typed to add a product and is none; null when all is well. */
	readonly unknown: string | null;
	readonly near: string;
	/** Slug of the dealer to choose beforehand, or ''. */
	readonly dealer: string;
}

/** Reads the query: `product` and `add` may be slugs or part numbers in any spelling. */
export function readQuoteQuery(content: Catalogue, query: URLSearchParams): QuoteView {
	const find = finder(content);
	const add = (query.get('add') ?? '').trim().slice(0, 80);
	const added = add === '' ? null : find(add);
	const named = query.getAll('product').flatMap((name) => find(name) ?? []);
	const products = [...new Set([...named, ...(added ? [added] : [])])].slice(0, MOST_PRODUCTS);
	return { products, unknown: add !== '' && !added ? add : null, near: (query.get('near') ?? '').slice(0, 80), dealer: query.get('dealer') ?? '' };
}

/** The products as a posted form has them. */
export function readAsked(data: FormData): readonly AskedProduct[] {
	const text = (name: string) => String(data.get(name) ?? '');
	return data
		.getAll('product')
		.map(String)
		.slice(0, MOST_PRODUCTS)
		.map((slug) => ({
			slug,
			quantity: text(`quantity-${slug}`),
			configuration: text(`configuration-${slug}`),
			shown: text(`shown-${slug}`),
		}));
}

/** `?product=a&product=b` with what else is to be kept. */
export function quoteQuery(products: readonly Product[], rest: Readonly<Record<string, string>> = {}): string {
	const query = new URLSearchParams([
		...products.map(({ slug }) => ['product', slug] as [string, string]),
		...Object.entries(rest).filter(([, value]) => value !== ''),
	]);
	return query.size === 0 ? '' : `?${query.toString()}`;
}

/** Dealers that could answer: those who sell one of the products, or all; nearest first where a place is given. */
export function answeringDealers(
	content: Catalogue,
	tools: Gating['dealers'],
	{ products, near }: Pick<QuoteView, 'products' | 'near'>,
): readonly { readonly dealer: Dealer; readonly km: number | null }[] {
	const { dealers, categories } = content.snapshot;
	const selling = products.length === 0 ? dealers : dealers.filter((dealer) => products.some((product) => sells(dealer, product, categories)));
	const [place] = near === '' ? [] : tools.places(near);
	return place ? tools.nearest(selling, place).map(({ item, km }) => ({ dealer: item, km })) : selling.map((dealer) => ({ dealer, km: null }));
}

/** `Seewald Antriebstechnik, Stuttgart (140 km)`. */
export function dealerOption({ dealer, km }: { readonly dealer: Dealer; readonly km: number | null }, locale: Locale, kmText: string): string {
	const name = dealer.name[locale] || dealer.name.en;
	const city = dealer.city[locale] || dealer.city.en;
	const place = locale === 'en' ? `${name}, ${city}` : `${name}，${city}`;
	const far = km === null ? '' : fill(kmText, { km: roundKm(km) });
	return far === '' ? place : locale === 'en' ? `${place} (${far})` : `${place}（${far}）`;
}

/** Path of the page the reader came from, else of this one; never of another site or behind a personal link. */
export function askedFrom(referer: string | null, origin: string, here: string): string {
	if (referer === null || !URL.canParse(referer)) return here;
	const url = new URL(referer);
	return url.origin === origin ? safePage(url.pathname + url.search, here) : here;
}

/** The path as a form sent it back, if it can be one. */
export function safePage(path: string, otherwise: string): string {
	return /^\/(?!\/)/.test(path) && path.length <= LONGEST_PAGE && !PERSONAL.test(path) ? path : otherwise;
}

/** Finds a product by slug, or by part number without regard to case, spaces and hyphens. */
function finder(content: Catalogue): (name: string) => Product | null {
	const fold = (name: string) =>
		name
			.normalize('NFKC')
			.toLowerCase()
			.replaceAll(/[^\p{L}\p{N}]/gu, '');
	return (name) => {
		const [bySlug] = content.products([name]);
		return bySlug ?? content.all('products').find(({ partNumber }) => fold(partNumber) === fold(name) && fold(name) !== '') ?? null;
	};
}
