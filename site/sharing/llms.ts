import { type ContentItem, inLocale, type Locale, LOCALES, type Snapshot } from '#cms/content.ts';
import { addresses as addressesOf } from '#kernel/texts/addresses.ts';
import { fill, textsFor } from '#kernel/texts/index.ts';

import { catalogueOf } from '../catalogue.ts';
import { excerpt } from '../format.ts';
import { LIBRARY_TYPES } from '../library.ts';

/** Products named one by one, in a language; a larger range is listed by category, and whole in the sitemap. */
const PRODUCTS_NAMED = 300;
const ITEMS_NAMED = 200;

/**
 * The site in a page for language models: a title, what it is, and its open pages with a line each, in both languages.
 * Source: https://llmstxt.org
 */
export function llmsText(snapshot: Snapshot, origin: string): string {
	const { brand, tagline } = snapshot.site;
	const words = textsFor('en').share.llms;
	return [
		`# ${line(brand)}`,
		`> ${fill(words.summary, { brand: line(brand), tagline: line(inLocale(tagline, 'en')) })} ${line(inLocale(snapshot.site.homeLead, 'en'))}`,
		`${words.about} ${words.languages}`,
		...LOCALES.flatMap((locale) => sections(snapshot, origin, locale)),
		'',
	].join('\n\n');
}

function sections(snapshot: Snapshot, origin: string, locale: Locale): string[] {
	const content = catalogueOf(snapshot, locale);
	const addresses = addressesOf(locale);
	const { site, share } = textsFor(locale);
	const words = share.llms;
	const entry = (name: string, path: string, about = ''): string => `- [${line(name)}](${origin}${path})${about === '' ? '' : `: ${line(about)}`}`;
	const ofItem = (item: ContentItem): string =>
		entry(
			`${item.type === 'products' ? `${item.partNumber} ` : ''}${inLocale(item.title, locale)}`,
			addresses.item(item),
			inLocale(item.summary, locale),
		);
	const section = (title: string, entries: readonly string[]): string[] =>
		entries.length === 0 ? [] : [`## ${locale === 'en' ? title : `${title}（中文）`}`, entries.join('\n')];
	const products = content.all('products');

	return [
		...(locale === 'en' ? [] : [`${words.about}${words.languages}`]),
		...section(words.start, [
			entry(snapshot.site.brand, addresses.home, inLocale(snapshot.site.homeLead, locale)),
			entry(site.library.title, addresses.library, site.library.description),
			entry(site.nav.products, addresses.products, site.product.lead),
			entry(site.nav.webinars, addresses.webinars, site.homePage.webinarsText),
		]),
		...section(
			words.categories,
			snapshot.categories.map(({ slug, name, summary }) => entry(inLocale(name, locale), addresses.category(slug), inLocale(summary, locale))),
		),
		...section(site.types.products, [
			...products.slice(0, PRODUCTS_NAMED).map(ofItem),
			...(products.length > PRODUCTS_NAMED ? [`- ${fill(words.more, { url: `${origin}/sitemap-index.xml` })}`] : []),
		]),
		...LIBRARY_TYPES.flatMap((type) => section(site.types[type], (content.all(type) as readonly ContentItem[]).slice(0, ITEMS_NAMED).map(ofItem))),
		...section(site.types.pages, content.all('pages').map(ofItem)),
		...section(words.feeds, [
			entry(words.feed, addresses.feed),
			entry(words.calendar, addresses.calendar),
			...(locale === 'en' ? [entry(words.sitemap, '/sitemap-index.xml')] : []),
		]),
	];
}

/** One line without marks that would end a link or start a list. */
function line(text: string): string {
	return excerpt(text, 300).replaceAll(/[[\]]/g, '');
}
