import { type Dealer, type Offer, OFFER_KINDS } from '../content.ts';
import type { RowReader } from './row.ts';

export function readOffer(row: RowReader): Offer {
	return {
		id: row.id,
		slug: row.slug,
		kind: row.oneOf('kind', OFFER_KINDS, 'trial'),
		title: row.localised('title'),
		summary: row.localised('summary'),
		terms: row.localised('terms'),
		validUntil: row.instant('valid_until'),
		products: row.references('products', 'products'),
		coupons: row.list('coupons').flatMap((coupon) => readCoupon(coupon) ?? []),
		dealers: row.references('dealers', 'dealers'),
		picture: row.picture('picture'),
	};
}

function readCoupon(row: RowReader): Offer['coupons'][number] | null {
	const code = row.text('code');
	if (code !== '') return { code, stock: row.integer('stock', 1) };
	row.report('invalid-field', 'coupons');
	return null;
}

/** Without a place on the map it is left out, and reported: it would be near to nobody. */
export function readDealer(row: RowReader): Dealer | null {
	const place = { latitude: row.decimal('latitude'), longitude: row.decimal('longitude') };
	if (Math.abs(place.latitude) > 90 || Math.abs(place.longitude) > 180 || (place.latitude === 0 && place.longitude === 0)) {
		row.report('left-out', 'latitude, longitude');
		return null;
	}
	return {
		id: row.id,
		slug: row.slug,
		name: row.localised('name'),
		street: row.text('street'),
		postcode: row.text('postcode'),
		city: row.localised('city'),
		region: row.localised('region'),
		country: row.text('country').toUpperCase(),
		phone: row.text('phone'),
		email: row.text('email'),
		website: row.webAddress('website'),
		languages: row.strings('languages'),
		...place,
		categories: row.references('categories', 'categories'),
		products: row.references('products', 'products'),
	};
}
