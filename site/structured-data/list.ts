import type { BreadcrumbListLeaf, CollectionPageLeaf } from 'schema-dts';

import { type ContentItem, inLocale, type Locale } from '#cms/content.ts';
import type { Addresses } from '#kernel/texts/addresses.ts';

import { present } from './setting.ts';

interface Crumb {
	readonly name: string;
	/** Path; the page itself may go without. */
	readonly href?: string;
}

/** The way from the home page to a page. The last entry goes without an address, as it is the page itself. */
export function breadcrumbs(origin: string, trail: readonly Crumb[]): BreadcrumbListLeaf {
	return {
		'@type': 'BreadcrumbList',
		itemListElement: trail.map(({ name, href }, at) => ({
			'@type': 'ListItem',
			position: at + 1,
			name,
			...(href === undefined ? {} : { item: origin + href }),
		})),
	};
}

/** An entry of a list: a page of the site. */
export interface Listed {
	readonly name: string;
	readonly path: string;
}

/** Items as entries of a list, in their order. */
export function listed(items: readonly ContentItem[], { locale, addresses }: { readonly locale: Locale; readonly addresses: Addresses }): Listed[] {
	return items.map((item) => ({ name: inLocale(item.title, locale), path: addresses.item(item) }));
}

export interface ListPage {
	readonly name: string;
	readonly description: string;
	/** Path with the query of this page of the list. */
	readonly path: string;
	readonly locale: string;
	/** In the order shown. */
	readonly items: readonly Listed[];
	/** Place of the first item in the whole list, from 1. */
	readonly first?: number;
}

/** A page that lists other pages of the site. */
export function collectionPage(origin: string, { name, description, path, locale, items, first = 1 }: ListPage): CollectionPageLeaf {
	return {
		'@type': 'CollectionPage',
		'@id': origin + path,
		url: origin + path,
		name,
		...present({ description }),
		inLanguage: locale,
		mainEntity: {
			'@type': 'ItemList',
			numberOfItems: items.length,
			itemListElement: items.map((item, at) => ({ '@type': 'ListItem', position: first + at, name: item.name, url: origin + item.path })),
		},
	};
}
