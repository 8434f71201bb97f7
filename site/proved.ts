import type { Addresses } from '#kernel/texts/addresses.ts';

import type { Catalogue } from './catalogue.ts';

/** Where somebody is led who proved their address for `subject`: to what it opens, as it is published now. */
export function openedBy(content: Catalogue, addresses: Addresses, subject: string): string {
	const [type, id = ''] = subject.split(':');
	switch (type) {
		case 'white_papers': {
			const paper = content.all('white_papers').find((candidate) => candidate.id === id);
			return paper ? `${addresses.paper(paper.slug)}#page-${paper.openPages + 1}` : addresses.library;
		}
		case 'products': {
			const product = content.all('products').find((candidate) => candidate.id === id);
			return product ? `${addresses.item(product)}#documents` : addresses.products;
		}
		case 'webinars': {
			const webinar = content.all('webinars').find((candidate) => candidate.id === id);
			return webinar ? `${addresses.webinar(webinar.slug)}#registration` : addresses.webinars;
		}
		case 'offers': {
			const offer = content.snapshot.offers.find((candidate) => candidate.id === id);
			return offer ? `${addresses.offer(offer.slug)}#code` : addresses.offers;
		}
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
	const [type, id = ''] = subject.split(':');
	const paper = content.all('white_papers').find((candidate) => subject === `white_papers:${candidate.id}`);
	if (paper) return `${addresses.paper(paper.slug)}#gate`;
	if (subject === 'quote') return addresses.quote;
	if (subject === 'pass') return addresses.pass;
	const isKnown = type === 'offers' ? content.snapshot.offers.some((offer) => offer.id === id) : type === 'products' || type === 'webinars';
	return isKnown ? (openedBy(content, addresses, subject).split('#')[0] ?? null) : null;
}
