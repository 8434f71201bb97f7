import type { Asset, Category, Product, Term } from '#cms/content.ts';

import type { Catalogue } from '../catalogue.ts';

/** What the range has for an industry. */
export interface IndustryRange {
	readonly products: readonly Product[];
	/** By topmost category, in the editors' order. */
	readonly groups: readonly { readonly category: Category; readonly products: readonly Product[] }[];
	/** Topics of the products, the most frequent first. */
	readonly topics: readonly { readonly term: Term; readonly count: number }[];
}

export function industriesOf({ snapshot }: Catalogue): readonly Term[] {
	return snapshot.terms.filter((term) => term.kind === 'industry');
}

export function industryRange(content: Catalogue, industry: string): IndustryRange {
	const products = content.all('products').filter((product) => product.industries.includes(industry));
	const groups = content
		.categoriesIn(null)
		.map((category) => ({ category, products: products.filter((product) => product.rootCategory === category.slug) }))
		.filter((group) => group.products.length > 0);
	const counts = new Map<string, number>();
	for (const topic of products.flatMap((product) => product.topics)) counts.set(topic, (counts.get(topic) ?? 0) + 1);
	const topics = [...counts]
		.map(([slug, count]) => ({ term: content.term('topic', slug), count }))
		.filter((entry): entry is { readonly term: Term; readonly count: number } => entry.term !== null)
		.sort((a, b) => b.count - a.count);
	return { products, groups, topics };
}

/** What an industry looks like: its own picture, or that of a plant we worked for; null where there is neither. */
export function sceneOf(content: Catalogue, term: Term): Asset | null {
	return term.cover ?? content.all('cases').find((item) => item.industry === term.slug && item.cover)?.cover ?? null;
}
