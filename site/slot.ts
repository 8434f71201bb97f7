import type { ContentItem, Slot } from '#cms/content.ts';

import type { Catalogue } from './catalogue.ts';

/**
 * What an editor's slot shows to everybody, at most `limit` pieces published in the reader's language: the pins in their order, then what
 * the slot's query finds, the newest of each type in turn, then the fallback. A piece appears once; what is excluded, or on the page already
 * (`besides`), never does. A slot that asks for no type and no topic has no query.
 */
export function fillSlot(
	slot: Slot | undefined,
	content: Pick<Catalogue, 'at' | 'all'>,
	limit: number,
	besides: readonly ContentItem[] = [],
): readonly ContentItem[] {
	if (!slot) return [];
	const excluded = new Set(slot.exclusions.map(content.at));
	const candidates = [...slot.pins.map(content.at), ...found(slot, content), ...slot.fallback.map(content.at)];
	const chosen = new Set<ContentItem>();
	for (const item of candidates) {
		if (chosen.size === limit) break;
		if (item && !excluded.has(item) && !besides.includes(item)) chosen.add(item);
	}
	return [...chosen];
}

/** What to read after `item`: the slot's pins, then what is nearest to the item, then the slot's query and fallback. */
export function nextAfter(
	item: ContentItem,
	slot: Slot | undefined,
	content: Pick<Catalogue, 'at' | 'all' | 'relatedTo'>,
	limit: number,
): readonly ContentItem[] {
	const near = content.relatedTo(item, READABLE, limit).map((one) => `${one.type}/${one.slug}`);
	return fillSlot({ ...(slot ?? EMPTY), pins: [...(slot?.pins ?? []), ...near] }, content, limit, [item]);
}

const READABLE = ['white_papers', 'cases', 'articles', 'webinars'] as const;
const EMPTY: Slot = {
	id: '',
	slug: '',
	name: { en: '', 'zh-CN': '' },
	pins: [],
	exclusions: [],
	fallback: [],
	types: [],
	topics: [],
	cap: null,
	stageRule: 'prefer',
};

function found({ types, topics }: Slot, content: Pick<Catalogue, 'all'>): readonly ContentItem[] {
	if (types.length === 0 && topics.length === 0) return [];
	const asked = types.length === 0 ? SLOT_TYPES : SLOT_TYPES.filter((type) => types.includes(type));
	const lists = asked.map((type) =>
		(content.all(type) as readonly ContentItem[])
			.filter((item) => topics.length === 0 || item.topics.some((topic) => topics.includes(topic)))
			.sort((a, b) => b.publishedAt.getTime() - a.publishedAt.getTime()),
	);
	const longest = Math.max(...lists.map(({ length }) => length));
	return Array.from({ length: longest }, (_turn, at) => lists.flatMap((list) => list[at] ?? [])).flat();
}

const SLOT_TYPES = ['white_papers', 'cases', 'articles', 'webinars', 'products'] as const;
