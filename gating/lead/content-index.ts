import type { ContentItem, LocalisedText, Snapshot } from '#cms/content.ts';

/** The published content that an event was about. */
export interface ContentReference {
	readonly type: ContentItem['type'] | 'offers';
	readonly slug: string;
	/** Slug of a product's category, which is part of its address; null for other types. */
	readonly category: string | null;
	readonly title: LocalisedText;
}

/** Returns a look-up of `<type>:<id>` in the content of the moment; null for what is not published. */
export function createContentIndex(content: () => Snapshot): (subject: string) => ContentReference | null {
	const indexes = new WeakMap<Snapshot, ReadonlyMap<string, ContentReference>>();
	return (subject) => {
		const snapshot = content();
		let index = indexes.get(snapshot);
		if (!index) indexes.set(snapshot, (index = indexOf(snapshot)));
		return index.get(subject) ?? null;
	};
}

function indexOf({ whitePapers, cases, articles, products, webinars, pages, offers }: Snapshot): Map<string, ContentReference> {
	const items: readonly ContentItem[] = [...whitePapers, ...cases, ...articles, ...products, ...webinars, ...pages];
	return new Map<string, ContentReference>([
		...items.map((item): [string, ContentReference] => [
			`${item.type}:${item.id}`,
			{ type: item.type, slug: item.slug, category: item.type === 'products' ? item.rootCategory : null, title: item.title },
		]),
		...offers.map(({ id, slug, title }): [string, ContentReference] => [`offers:${id}`, { type: 'offers', slug, category: null, title }]),
	]);
}
