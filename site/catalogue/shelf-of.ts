import type { Texts } from '#kernel/texts/texts.ts';

import type { Catalogue } from '../catalogue.ts';
import { createShelf, type Shelf } from './shelf.ts';

const shelves = new WeakMap<Catalogue, Map<string, Promise<Shelf>>>();

/** The shelf of a category, made at its first request after each change of the content. */
export function shelfOf(content: Catalogue, category: string, texts: Texts): Promise<Shelf> {
	const known = shelves.get(content) ?? new Map<string, Promise<Shelf>>();
	shelves.set(content, known);
	const made = known.get(category);
	if (made) return made;
	const { locale, snapshot } = content;
	const { industry, topic, documents } = texts.catalogue;
	const shelf = createShelf(content.productsOf(category), {
		locale,
		industries: snapshot.terms.filter((term) => term.kind === 'industry'),
		topics: snapshot.terms.filter((term) => term.kind === 'topic'),
		names: { industry, topic, documents },
		kinds: texts.catalogue.documentGroups,
	});
	known.set(category, shelf);
	return shelf;
}
