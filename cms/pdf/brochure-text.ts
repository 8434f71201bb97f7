import { addresses } from '#kernel/texts/addresses.ts';

import { type Asset, type Case, type Dealer, inLocale, type Locale, type Product, type Snapshot } from '../content.ts';
import type { PrintedFigure, PrintedQuestion, PrintedSpecification } from './product-parts.ts';
import { printWords } from './words.ts';

export const SECTIONS = ['description', 'drawing', 'specifications', 'documents', 'questions', 'cases'] as const;
export type BrochureSection = (typeof SECTIONS)[number];
const MOST_CASES = 6;
const MOST_DEALERS = 8;

/** What a reader put together. */
export interface BrochureRequest {
	readonly locale: Locale;
	/** Product slugs, in the order of the brochure. */
	readonly products: readonly string[];
	readonly sections: readonly BrochureSection[];
	/** As they typed it, or ''. */
	readonly name: string;
	readonly company: string;
}

export interface BrochureProduct {
	readonly partNumber: string;
	readonly name: string;
	readonly category: string;
	readonly tagline: string;
	readonly summary: string;
	readonly address: string;
	readonly figures: readonly PrintedFigure[];
	/** Markdown, or '' when the section was not chosen; the lists below are empty then. */
	readonly body: string;
	readonly specifications: readonly PrintedSpecification[];
	readonly documents: readonly { readonly kind: string; readonly title: string; readonly language: string; readonly version: string }[];
	readonly questions: readonly PrintedQuestion[];
}

/** Everything that a brochure says; structured-cloneable, so that a worker can set it. */
export interface BrochureText {
	readonly locale: Locale;
	readonly brand: string;
	readonly name: string;
	readonly company: string;
	/** As readers of the language write it. */
	readonly date: string;
	/** Names of the product families, each once. */
	readonly families: readonly string[];
	readonly products: readonly BrochureProduct[];
	/** Whether drawings stand on the products' pages; the cover always has them. */
	readonly hasDrawings: boolean;
	readonly cases: readonly {
		readonly title: string;
		readonly customer: string;
		readonly summary: string;
		readonly address: string;
		readonly results: readonly PrintedFigure[];
	}[];
	/** Lines of the company's address, then mail, phone and site. */
	readonly imprint: readonly string[];
	readonly contacts: readonly { readonly label: string; readonly value: string; readonly link: string }[];
	readonly dealers: readonly { readonly name: string; readonly lines: readonly string[] }[];
}

/** The products of a request that are published, in its order. */
export function productsOf({ products }: Snapshot, slugs: readonly string[]): Product[] {
	return [...new Set(slugs)].map((slug) => products.find((product) => product.slug === slug)).filter((product) => product !== undefined);
}

/** Puts published content together as `request` asks; a text missing in its language is taken from the other. */
export function brochureText(snapshot: Snapshot, request: BrochureRequest, origin: string, now: Date): BrochureText {
	const { locale, name, company } = request;
	const { site, categories } = snapshot;
	const products = productsOf(snapshot, request.products);
	const has = new Set(request.sections);
	const familyOf = (product: Product): string => {
		const category = categories.find(({ slug }) => slug === product.rootCategory) ?? categories.find(({ slug }) => slug === product.category);
		return category ? inLocale(category.name, locale) : '';
	};
	const words = printWords(locale);
	return {
		...{ locale, name, company, brand: site.brand },
		date: new Intl.DateTimeFormat(locale === 'en' ? 'en-GB' : 'zh-CN', { dateStyle: 'long', timeZone: site.timeZone }).format(now),
		families: [...new Set(products.map(familyOf).filter(Boolean))],
		products: products.map((product) => productText(product, familyOf(product), locale, has, origin)),
		hasDrawings: has.has('drawing'),
		cases: has.has('cases') ? casesOf(snapshot, products, locale).map((item) => caseText(item, locale, origin)) : [],
		imprint: [site.legalName || site.brand, ...inLocale(site.address, locale).split('\n')].filter(Boolean),
		contacts: [
			{ label: words.mail, value: site.contactEmail, link: `mailto:${site.contactEmail}` },
			{ label: words.phone, value: site.phone, link: `tel:${site.phone.replaceAll(/[^+\d]/g, '')}` },
			{ label: words.site, value: origin.replace(/^https?:\/\//, ''), link: `${origin}${addresses(locale).home}` },
		].filter(({ value }) => value !== ''),
		dealers: dealersOf(snapshot, products).map((dealer) => dealerText(dealer, locale)),
	};
}

/** The pictures that the brochure needs, one for each product, or null. */
export function drawingsOf(snapshot: Snapshot, request: BrochureRequest): (Asset | null)[] {
	return productsOf(snapshot, request.products).map(({ drawing }) => drawing);
}

function productText(product: Product, category: string, locale: Locale, has: ReadonlySet<BrochureSection>, origin: string): BrochureProduct {
	const text = (value: Product['title']): string => inLocale(value, locale);
	const words = printWords(locale);
	return {
		...{ partNumber: product.partNumber, category, name: text(product.title), tagline: text(product.tagline), summary: text(product.summary) },
		address: `${origin}${addresses(locale).product(product.rootCategory, product.slug)}`,
		figures: product.figures.map(({ name, value, unit }) => ({ name: text(name), value, unit })),
		body: has.has('description') ? text(product.body) : '',
		specifications: has.has('specifications')
			? product.specifications.map(({ group, name, value, unit }) => ({ group: text(group), name: text(name), value: text(value), unit }))
			: [],
		documents: has.has('documents')
			? product.documents.map(({ kind, title, language, version }) => ({
					...{ title: text(title), version, kind: words.kinds[kind] },
					language: words.languages[language as keyof typeof words.languages] ?? language,
				}))
			: [],
		questions: has.has('questions') ? product.faq.map(({ question, answer }) => ({ question: text(question), answer: text(answer) })) : [],
	};
}

/** Those that name most of the products first. */
function casesOf({ cases }: Snapshot, products: readonly Product[], locale: Locale): Case[] {
	const shared = (item: Case): number => products.filter(({ slug }) => item.products.includes(slug)).length;
	return cases
		.filter((item) => item.languages.includes(locale) && shared(item) > 0)
		.toSorted((a, b) => shared(b) - shared(a))
		.slice(0, MOST_CASES);
}

function caseText(item: Case, locale: Locale, origin: string): BrochureText['cases'][number] {
	const text = (value: Case['title']): string => inLocale(value, locale);
	return {
		title: text(item.title),
		customer: [text(item.customer), text(item.place)].filter(Boolean).join(locale === 'en' ? ', ' : '，'),
		summary: text(item.summary),
		address: `${origin}${addresses(locale).case(item.slug)}`,
		results: item.results.map(({ value, unit, label }) => ({ name: text(label), value, unit })),
	};
}

/** Dealers who sell all of these families first. */
function dealersOf({ dealers }: Snapshot, products: readonly Product[]): Dealer[] {
	const sold = (dealer: Dealer): number =>
		products.filter(
			({ slug, category, rootCategory }) =>
				dealer.products.includes(slug) || dealer.categories.some((one) => one === category || one === rootCategory),
		).length;
	return dealers
		.filter((dealer) => sold(dealer) > 0)
		.toSorted((a, b) => sold(b) - sold(a))
		.slice(0, MOST_DEALERS);
}

function dealerText(dealer: Dealer, locale: Locale): BrochureText['dealers'][number] {
	const country =
		new Intl.DisplayNames([locale === 'en' ? 'en-GB' : 'zh-CN'], { type: 'region', fallback: 'code' }).of(dealer.country) ?? dealer.country;
	const place = [inLocale(dealer.city, locale), country];
	return {
		name: inLocale(dealer.name, locale),
		lines: [place.join(locale === 'en' ? ', ' : '，'), dealer.phone, dealer.email].filter(Boolean),
	};
}
