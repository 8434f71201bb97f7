import type { Block } from '#cms/content.ts';

/** A place among the blocks of a page, by their indices. */
export interface BlockPlace {
	/** Of its hole, where it has variants. */
	readonly name: string;
	/** What everybody gets; null: nothing. */
	readonly usual: number | null;
	/** What those get whom they are for, the first that fits. */
	readonly variants: readonly number[];
}

/** Holes of blocks, by their place. */
export const BLOCK = 'block.';

/** Where blocks stand: one with an audience belongs to the place of the block before it that has none. */
export function placesIn(blocks: readonly Pick<Block, 'audience'>[]): readonly BlockPlace[] {
	const places: { name: string; usual: number | null; variants: number[] }[] = [];
	blocks.forEach(({ audience }, at) => {
		const last = places.at(-1);
		if (audience.length === 0) places.push({ name: `${BLOCK}${at + 1}`, usual: at, variants: [] });
		else if (last) last.variants.push(at);
		else places.push({ name: `${BLOCK}${at + 1}`, usual: null, variants: [at] });
	});
	return places;
}
