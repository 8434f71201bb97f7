import type { Product } from '#cms/content.ts';

import type { RangeProperty } from './property.ts';
import type { Shelf } from './shelf.ts';

/** The products next to one by the figure that matters most. */
export interface Neighbours {
	readonly property: RangeProperty;
	readonly smaller: Product | null;
	readonly larger: Product | null;
}

/** Null where the shelf has no main figure that the product has. */
export function neighboursOf({ products, properties, order }: Shelf, product: Product): Neighbours | null {
	const at = products.indexOf(product);
	const property = properties.find((one): one is RangeProperty => one.kind === 'range' && one.weight > 0 && Boolean(one.spans[at]));
	if (!property) return null;
	const reach = (place: number): number => Math.min(...(property.spans[place] ?? []).map(([low]) => low));
	const own = reach(at);
	const measured = order(property.key).filter((place) => property.spans[place]);
	const smaller = measured.findLast((place) => reach(place) < own);
	const larger = measured.find((place) => reach(place) > own);
	return { property, smaller: smaller === undefined ? null : products[smaller]!, larger: larger === undefined ? null : products[larger]! };
}
