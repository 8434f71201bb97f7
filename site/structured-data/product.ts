import type { ProductLeaf, PropertyValueLeaf, VideoObjectLeaf } from 'schema-dts';

import { inLocale, type Locale, type Product, type Specification } from '#cms/content.ts';

import { fileAddress } from '../page.ts';
import { faqPage } from './faq.ts';
import type { Node } from './graph.ts';
import { company } from './organization.ts';
import { quantity } from './quantity.ts';
import { pictures, present, type Setting } from './setting.ts';
import { unitCode } from './unit-code.ts';

/**
 * A product as its page shows it. It says neither price nor rating, since there is none: search engines then show it without
 * a price, which is right.
 */
export function productNodes(product: Product, setting: Setting): Node[] {
	const { origin, locale, addresses, content } = setting;
	const url = origin + addresses.item(product);
	const category = content.category(product.category);
	const thing: ProductLeaf = {
		'@type': 'Product',
		'@id': `${url}#product`,
		url,
		name: inLocale(product.title, locale),
		sku: product.partNumber,
		mpn: product.partNumber,
		brand: { '@type': 'Brand', name: setting.site.brand },
		manufacturer: company(setting),
		...present({
			description: inLocale(product.summary, locale),
			category: category ? inLocale(category.name, locale) : '',
			image: pictures(setting, [product.drawing, ...product.gallery]),
			additionalProperty: product.specifications.map((specification) => propertyOf(specification, locale)),
		}),
	};
	const faq = faqPage(
		url,
		product.faq.map(({ question, answer }) => ({ question: inLocale(question, locale), answer: inLocale(answer, locale) })),
	);
	return [thing, ...(product.video ? [video(product, url, setting)] : []), ...(faq ? [faq] : [])];
}

/** The film is as old as the product's page, and open to everybody. */
function video(product: Product, url: string, setting: Setting): VideoObjectLeaf {
	const { origin, locale } = setting;
	return {
		'@type': 'VideoObject',
		'@id': `${url}#video`,
		name: inLocale(product.videoTitle, locale) || inLocale(product.title, locale),
		uploadDate: product.publishedAt.toISOString(),
		inLanguage: locale,
		...present({
			description: inLocale(product.tagline, locale) || inLocale(product.summary, locale),
			thumbnailUrl: pictures(setting, [...product.gallery, product.drawing]).slice(0, 1),
			contentUrl: product.video ? origin + fileAddress(product.video) : '',
		}),
	};
}

/** One line of a specification, as numbers where it says numbers. */
export function propertyOf({ group, name, value, unit }: Specification, locale: Locale): PropertyValueLeaf {
	const text = inLocale(value, locale);
	const read = quantity(text);
	return {
		'@type': 'PropertyValue',
		name: inLocale(name, locale),
		...present({ propertyID: inLocale(group, locale), unitText: unit, unitCode: unitCode(unit) }),
		...(read.kind === 'number' ? { value: read.value } : read.kind === 'range' ? { minValue: read.from, maxValue: read.to } : { value: text }),
	};
}
