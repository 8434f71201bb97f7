import type { Offer, Product, Webinar, WhitePaper } from '#cms/content.ts';
import type { Addresses } from '#kernel/texts/addresses.ts';

import type { Catalogue } from './catalogue.ts';

/** What a pass opens, as `<type>:<id>` names it and it is published now; null for everything else. */
export function passItem(content: Catalogue, subject: string): WhitePaper | Product | Webinar | null {
	const [type = '', id = ''] = subject.split(':');
	const item = content.byId(type, id);
	return item?.type === 'white_papers' || item?.type === 'products' || item?.type === 'webinars' ? item : null;
}

/** The offer that `offers:<id>` names, or null. */
export function offerOf({ snapshot }: Catalogue, subject: string): Offer | null {
	return snapshot.offers.find(({ id }) => subject === `offers:${id}`) ?? null;
}

/** Where somebody is led who proved their address for `subject`: to what it opens, as it is published now. */
export function openedBy(content: Catalogue, addresses: Addresses, subject: string): string {
	const item = passItem(content, subject);
	const offer = offerOf(content, subject);
	if (offer) return `${addresses.offer(offer.slug)}#code`;
	const followed = followedAt(content, addresses, subject);
	if (followed !== null) return `${followed}#follow`;
	switch (item?.type) {
		case 'white_papers':
			return `${addresses.paper(item.slug)}#page-${item.openPages + 1}`;
		case 'products':
			return `${addresses.item(item)}#documents`;
		case 'webinars':
			return `${addresses.webinar(item.slug)}#registration`;
		case undefined:
			return listOf(addresses, subject);
	}
}

/** Where what is followed is shown: the page of a series, for a speaker the newest webinar with them; null for every other subject. */
function followedAt({ snapshot }: Catalogue, addresses: Addresses, subject: string): string | null {
	const [kind, slug = ''] = subject.split(':');
	if (kind === 'series')
		return snapshot.terms.some((term) => term.kind === 'series' && term.slug === slug) ? addresses.series(slug) : addresses.webinars;
	if (kind !== 'speaker') return null;
	const webinar = snapshot.webinars.findLast(({ speakers }) => speakers.includes(slug));
	return webinar ? addresses.webinar(webinar.slug) : addresses.webinars;
}

/** Where to go for a subject that has no page, or none any more. */
function listOf(addresses: Addresses, subject: string): string {
	switch (subject.split(':')[0]) {
		case 'products':
			return addresses.products;
		case 'webinars':
			return addresses.webinars;
		case 'offers':
			return addresses.offers;
		case 'quote':
			return `${addresses.quote}?sent=granted`;
		case 'pass':
			return addresses.pass;
		default:
			return addresses.library;
	}
}

/** The page on which `subject` can be asked for anew, or null when it has none. */
export function askedAt(content: Catalogue, addresses: Addresses, subject: string): string | null {
	if (subject === 'quote') return addresses.quote;
	const item = passItem(content, subject);
	if (item?.type === 'white_papers') return `${addresses.paper(item.slug)}#gate`;
	const isKnown = item !== null || offerOf(content, subject) !== null || /^(?:products:|webinars:|series:|speaker:|pass$)/.test(subject);
	return isKnown ? (openedBy(content, addresses, subject).split('#')[0] ?? null) : null;
}
