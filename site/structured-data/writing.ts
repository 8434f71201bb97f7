import type { ArticleLeaf, DefinedTermLeaf, NewsArticleLeaf, OrganizationLeaf, PersonLeaf, ReportLeaf, TechArticleLeaf } from 'schema-dts';

import { type Article, type Case, type ContentItem, inLocale, type WhitePaper } from '#cms/content.ts';

import { company } from './organization.ts';
import { pictures, present, type Setting } from './setting.ts';

/** The place on a paper's page where the rest stands for readers with a pass, and the form for others. */
export const GATED_SELECTOR = '.gate';

/** A paper: the open pages for everybody, the rest after a form, which is said in Google's form for gated content. */
export function reportNode(paper: WhitePaper, setting: Setting): ReportLeaf {
	const { locale } = setting;
	const isGated = paper.openPages < paper.pages[locale].length;
	return {
		'@type': 'Report',
		...written(paper, setting),
		reportNumber: paper.number,
		author: author(inLocale(paper.author, locale), setting),
		...present({ alternativeHeadline: inLocale(paper.subtitle, locale), timeRequired: paper.readingMinutes > 0 ? `PT${paper.readingMinutes}M` : '' }),
		isAccessibleForFree: !isGated,
		...(isGated ? { hasPart: { '@type': 'WebPageElement' as const, isAccessibleForFree: false, cssSelector: GATED_SELECTOR } } : {}),
	};
}

/** What an engineer wrote, or news of the company. */
export function articleNode(article: Article, setting: Setting): TechArticleLeaf | NewsArticleLeaf {
	return {
		'@type': article.kind === 'article' ? 'TechArticle' : 'NewsArticle',
		...written(article, setting),
		author: author(inLocale(article.author, setting.locale), setting),
		isAccessibleForFree: true,
	};
}

/** A case is an article about a customer's plant and what was installed there. */
export function caseNode(item: Case, setting: Setting): ArticleLeaf {
	const { locale } = setting;
	const customer: OrganizationLeaf = {
		'@type': 'Organization',
		name: inLocale(item.customer, locale),
		...present({ location: inLocale(item.place, locale) }),
	};
	return {
		'@type': 'Article',
		...written(item, setting),
		author: company(setting),
		isAccessibleForFree: true,
		about: [customer, ...topics(item, setting)],
	};
}

/** What every piece of writing says. */
function written(item: WhitePaper | Article | Case, setting: Setting) {
	const { origin, locale, addresses, content } = setting;
	const url = origin + addresses.item(item);
	return {
		'@id': `${url}#article`,
		url,
		mainEntityOfPage: url,
		headline: inLocale(item.title, locale),
		datePublished: item.publishedAt.toISOString(),
		dateModified: modified(item).toISOString(),
		inLanguage: locale,
		publisher: company(setting),
		...present({
			description: inLocale(item.summary, locale),
			image: pictures(setting, [item.cover]),
			about: topics(item, setting),
			mentions: content.products(item.products).map((product) => ({
				'@type': 'ProductModel' as const,
				name: inLocale(product.title, locale),
				url: origin + addresses.item(product),
			})),
		}),
	};
}

/** An item is never changed before it was published, whatever the editor's clock says. */
export function modified({ updatedAt, publishedAt }: Pick<ContentItem, 'updatedAt' | 'publishedAt'>): Date {
	return updatedAt > publishedAt ? updatedAt : publishedAt;
}

function topics(item: ContentItem, { content, locale }: Setting): DefinedTermLeaf[] {
	return item.topics
		.map((slug) => content.term('topic', slug))
		.filter((term) => term !== null)
		.map((term) => ({ '@type': 'DefinedTerm', name: inLocale(term.name, locale) }));
}

/** The line under a title: people by name, a department as part of the company. */
export function author(line: string, setting: Setting): OrganizationLeaf | PersonLeaf[] {
	const { site, content } = setting;
	if (line === '') return company(setting);
	const names = [...new Set(content.snapshot.speakers.flatMap(({ name }) => Object.values(name)))].filter(
		(name) => name !== '' && line.includes(name),
	);
	if (names.length > 0) return names.map((name): PersonLeaf => ({ '@type': 'Person', name, worksFor: company(setting) }));
	return { '@type': 'Organization', name: line, ...(line.includes(site.brand) ? { parentOrganization: company(setting) } : {}) };
}
