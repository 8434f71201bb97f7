import type { Dealer, Snapshot } from '#cms/content.ts';

import { formatPhone } from '../cleaning/phone.ts';
import { nearest, type Point } from './distance.ts';
import { findPlaces, type Place } from './place.ts';

/** Where dealers are, worked out by the hub alone: no position and no place leaves it. */
export interface Dealers {
	/** What a typed place or postcode may mean, likeliest first; see {@link findPlaces}. */
	places(text: string, country?: string | null): readonly Place[];
	/** Dealers with the kilometres to `from`, nearest first. */
	nearest(dealers: readonly Dealer[], from: Point): readonly { readonly item: Dealer; readonly km: number }[];
	/** A phone number as it is printed. */
	phone(text: string): string;
}

export function createDealers({ content }: { readonly content: () => Snapshot }): Dealers {
	return Object.freeze<Dealers>({
		places: (text, country = null) => findPlaces(text, content().dealers, country),
		nearest,
		phone: formatPhone,
	});
}
