import type { Category, ContentItem, ContentType, Locale, Product, Snapshot, Term, TermKind } from '#cms/content.ts';

/** Published content in one language, with look-ups that pages need. Made once per snapshot and language. */
export interface Catalogue {
	readonly locale: Locale;
	readonly snapshot: Snapshot;
	/** Items of one type published in this language, in the snapshot's order. */
	all<T extends ContentType>(type: T): readonly Extract<ContentItem, { readonly type: T }>[];
	find<T extends ContentType>(type: T, slug: string): Extract<ContentItem, { readonly type: T }> | null;
	/** The item of a reference `<type>/<slug>`, or null. */
	at(reference: string): ContentItem | null;
	byId(type: string, id: string): ContentItem | undefined;
	products(slugs: readonly string[]): readonly Product[];
	category(slug: string): Category | null;
	/** The category and those above it, topmost first; empty for none. */
	lineOf(category: string): readonly Category[];
	/** Sub-categories that have products, or with null the topmost categories. */
	categoriesIn(parent: string | null): readonly Category[];
	/** Products of the category and of all below it. */
	productsOf(category: string): readonly Product[];
	term(kind: TermKind, slug: string): Term | null;
	/** Items of `types` nearest to `item`, best first. */
	relatedTo(item: ContentItem, types: readonly ContentType[], limit: number): readonly ContentItem[];
}

const made = new WeakMap<Snapshot, Partial<Record<Locale, Catalogue>>>();

export function catalogueOf(snapshot: Snapshot, locale: Locale): Catalogue {
	const known = made.get(snapshot) ?? {};
	if (!made.has(snapshot)) made.set(snapshot, known);
	return (known[locale] ??= createCatalogue(snapshot, locale));
}

function createCatalogue(snapshot: Snapshot, locale: Locale): Catalogue {
	const here = <T extends ContentItem>(items: readonly T[]): readonly T[] => items.filter((item) => item.languages.includes(locale));
	const lists: Readonly<Record<ContentType, readonly ContentItem[]>> = {
		white_papers: here(snapshot.whitePapers),
		cases: here(snapshot.cases),
		articles: here(snapshot.articles),
		products: here(snapshot.products),
		webinars: here(snapshot.webinars),
		pages: here(snapshot.pages),
	};
	const byReference = new Map<string, ContentItem>(
		Object.entries(lists).flatMap(([type, items]) => items.map((item) => [`${type}/${item.slug}`, item] as const)),
	);
	const categories = new Map(snapshot.categories.map((category) => [category.slug, category]));
	const lineOf = createLines(categories);
	const productsOf = new Map<string, Product[]>();
	for (const product of lists.products as readonly Product[])
		for (const { slug } of lineOf(product.category)) {
			const known = productsOf.get(slug);
			if (known) known.push(product);
			else productsOf.set(slug, [product]);
		}
	const terms = new Map(snapshot.terms.map((term) => [`${term.kind}/${term.slug}`, term]));
	const at: Catalogue['at'] = (reference) => byReference.get(reference) ?? null;

	return Object.freeze<Catalogue>({
		locale,
		snapshot,
		at,
		byId: (type, id) => (Object.hasOwn(lists, type) ? lists[type as ContentType].find((item) => item.id === id) : undefined),
		all: (type) => lists[type] as never,
		find: (type, slug) => at(`${type}/${slug}`) as never,
		products: (slugs) => slugs.map((slug) => at(`products/${slug}`) as Product | null).filter((product) => product !== null),
		category: (slug) => categories.get(slug) ?? null,
		lineOf,
		categoriesIn: (parent) =>
			snapshot.categories.filter((category) => category.parent === parent && (parent === null || productsOf.has(category.slug))),
		productsOf: (category) => productsOf.get(category) ?? [],
		term: (kind, slug) => terms.get(`${kind}/${slug}`) ?? null,
		relatedTo: (item, types, limit) =>
			types
				.flatMap((type) => lists[type])
				.filter((other) => other !== item)
				.map((other) => ({ other, nearness: nearness(item, other) }))
				.filter((entry) => entry.nearness > 0)
				.sort((a, b) => b.nearness - a.nearness || b.other.publishedAt.getTime() - a.other.publishedAt.getTime())
				.slice(0, limit)
				.map((entry) => entry.other),
	});
}

/** How much two items have in common: naming the same product counts most, then a topic, then an industry. */
export function nearness(a: ContentItem, b: ContentItem): number {
	return 3 * shared(productsNamed(a), productsNamed(b)) + 2 * shared(a.topics, b.topics) + shared(a.industries, b.industries);
}

function productsNamed(item: ContentItem): readonly string[] {
	if (item.type === 'products') return [item.slug];
	return 'products' in item ? item.products : [];
}

function shared(a: readonly string[], b: readonly string[]): number {
	return a.filter((value) => b.includes(value)).length;
}

/** The way down to a category; an editor's circle ends where it closes. */
function createLines(categories: ReadonlyMap<string, Category>): (slug: string) => readonly Category[] {
	const made = new Map<string, readonly Category[]>();
	return (slug) => {
		const known = made.get(slug);
		if (known) return known;
		const line = new Set<Category>();
		for (let next = categories.get(slug); next && !line.has(next); next = categories.get(next.parent ?? '')) line.add(next);
		const down = [...line].reverse();
		made.set(slug, down);
		return down;
	};
}
