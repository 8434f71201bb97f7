import type { WebPageLeaf } from 'schema-dts';

import { type ContentItem, inLocale, type Page } from '#cms/content.ts';
import type { WebinarView } from '#webinar';

import { faqPage } from './faq.ts';
import type { Node } from './graph.ts';
import { organization, website } from './organization.ts';
import { productNodes } from './product.ts';
import { present, type Setting } from './setting.ts';
import { webinarNodes } from './webinar.ts';
import { articleNode, caseNode, modified, reportNode } from './writing.ts';

/** What the home page says: who runs the site, and how it is searched. */
export function homeNodes(setting: Setting): Node[] {
	return [organization(setting), website(setting)];
}

/** What an item's page says of it. `view` is the programme of a webinar; without one nothing is said of its dates. */
export function itemNodes(item: ContentItem, view: WebinarView | null, setting: Setting): Node[] {
	switch (item.type) {
		case 'white_papers':
			return [reportNode(item, setting)];
		case 'cases':
			return [caseNode(item, setting)];
		case 'articles':
			return [articleNode(item, setting)];
		case 'products':
			return productNodes(item, setting);
		case 'webinars':
			return view ? webinarNodes(view, setting) : [];
		case 'pages':
			return pageNodes(item, setting);
	}
}

/** A landing page, and the questions its blocks answer. */
function pageNodes(item: Page, { origin, locale, addresses }: Setting): Node[] {
	const url = origin + addresses.item(item);
	const page: WebPageLeaf = {
		'@type': 'WebPage',
		'@id': url,
		url,
		name: inLocale(item.title, locale),
		inLanguage: locale,
		datePublished: item.publishedAt.toISOString(),
		dateModified: modified(item).toISOString(),
		isPartOf: { '@id': `${origin}${addresses.home}#website` },
		...present({ description: inLocale(item.summary, locale) }),
	};
	const entries = item.blocks.flatMap((block) => (block.kind === 'faq' && block.audience.length === 0 ? block.entries : []));
	const faq = faqPage(
		url,
		entries.map(({ question, answer }) => ({ question: inLocale(question, locale), answer: inLocale(answer, locale) })),
	);
	return [page, ...(faq ? [faq] : [])];
}
