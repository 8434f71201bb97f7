import { type ContentItem, inLocale, type Locale, type LocalisedText, LOCALES, type Snapshot } from '#cms/content.ts';
import { addresses } from '#kernel/texts/addresses.ts';

import { type DocumentType, FACETS, type FacetName, type Passage, type SearchDocument } from './engine.ts';
import { plainText } from './markdown.ts';
import { passagesOf } from './passage.ts';

/**
 * Everything of `snapshot` that can be found, one document for each language it is published in. Lazy, so that a caller
 * may pause between documents. Pages behind the gate come as locked passages.
 */
export function* documentsOf(snapshot: Snapshot): Generator<SearchDocument> {
	const products = new Map(snapshot.products.map((product) => [product.slug, product]));
	const terms = new Map(snapshot.terms.map((term) => [`${term.kind}/${term.slug}`, term.name]));
	const categories = new Map(snapshot.categories.map((category) => [category.slug, category]));
	const speakers = new Map(snapshot.speakers.map((speaker) => [speaker.slug, speaker]));
	const year = new Intl.DateTimeFormat('en', { timeZone: snapshot.site.timeZone, year: 'numeric' });

	const categoriesOf = (item: ContentItem): string[] => {
		const slugs =
			item.type === 'products' ? [item.category] : 'products' in item ? item.products.map((slug) => products.get(slug)?.category ?? '') : [];
		return unique(slugs.flatMap((slug) => [slug, categories.get(slug)?.parent ?? '']));
	};
	const keywordsOf = (item: ContentItem, locale: Locale): string[] => {
		const named = [
			...item.topics.map((slug) => terms.get(`topic/${slug}`)),
			...industriesOf(item).map((slug) => terms.get(`industry/${slug}`)),
			...item.roles.map((slug) => terms.get(`role/${slug}`)),
			...categoriesOf(item).map((slug) => categories.get(slug)?.name),
		];
		return words(locale, [
			...named,
			...namesIn(item),
			...('speakers' in item ? item.speakers.flatMap((slug) => [speakers.get(slug)?.name, speakers.get(slug)?.role]) : []),
		]);
	};

	for (const item of itemsOf(snapshot)) {
		const date = [year.format(item.publishedAt)];
		const facets = { topic: item.topics, industry: industriesOf(item), role: item.roles, category: categoriesOf(item), date };
		for (const locale of item.languages) {
			const document = aDocument(item.type, item.id, locale, {
				subject: `${item.type}:${item.id}`,
				reference: `${item.type}/${item.slug}`,
				title: inLocale(item.title, locale),
				summary: inLocale(item.summary, locale),
				url: addresses(locale).item(item),
				partNumber: item.type === 'products' ? item.partNumber : null,
				keywords: keywordsOf(item, locale),
				passages: passagesOf(item, locale),
				facets,
				publishedAt: item.publishedAt.getTime(),
			});
			yield document;
			if (item.type === 'products') yield* partsOf(item, document);
		}
	}
	for (const category of snapshot.categories) {
		for (const locale of LOCALES) {
			yield aDocument('pages', category.id, locale, {
				subject: `categories:${category.id}`,
				reference: `categories/${category.slug}`,
				title: inLocale(category.name, locale),
				summary: inLocale(category.summary, locale),
				url: addresses(locale).category(category.slug),
				passages: [open(plainText(inLocale(category.intro, locale)))],
				facets: { category: unique([category.slug, category.parent ?? '']) },
				publishedAt: 0,
			});
		}
	}
}

/** How many documents {@link documentsOf} yields. */
export function countDocuments(snapshot: Snapshot): number {
	const parts = (item: ContentItem): number => (item.type === 'products' ? 1 + item.documents.length + item.faq.length : 1);
	return itemsOf(snapshot).reduce((sum, item) => sum + item.languages.length * parts(item), snapshot.categories.length * LOCALES.length);
}

/** The files and the questions of a product. A gated file is found by its title. */
function* partsOf(product: Snapshot['products'][number], of: SearchDocument): Generator<SearchDocument> {
	const { subject, publishedAt, facets, locale } = of;
	for (const file of product.documents) {
		const title = inLocale(file.title, locale);
		yield aDocument('documents', file.id, locale, {
			subject,
			reference: `documents/${file.id}`,
			title: title.includes(product.partNumber) ? title : `${product.partNumber} ${title}`,
			summary: inLocale(product.title, locale),
			url: `${of.url}#documents`,
			keywords: KIND_WORDS[file.kind],
			facets,
			publishedAt,
		});
	}
	for (const [index, { question, answer }] of product.faq.entries()) {
		yield aDocument('faq', `${product.id}-${index + 1}`, locale, {
			subject,
			reference: `faq/${product.slug}-${index + 1}`,
			title: inLocale(question, locale),
			summary: plainText(inLocale(answer, locale)),
			url: `${of.url}#faq`,
			keywords: [inLocale(product.title, locale)],
			facets,
			publishedAt,
		});
	}
}

/** What people type for a kind of file, in both languages. */
const KIND_WORDS = {
	datasheet: ['datasheet', 'data sheet', '数据表', '样本', '规格书'],
	cad: ['CAD', '3D', 'STEP', '三维模型', '图纸'],
	manual: ['manual', 'instructions', '手册', '说明书'],
	certificate: ['certificate', 'declaration', '证书', '声明'],
} as const;

function aDocument(
	type: DocumentType,
	id: string,
	locale: Locale,
	content: Pick<SearchDocument, 'subject' | 'reference' | 'title' | 'summary' | 'url' | 'publishedAt'> &
		Partial<Pick<SearchDocument, 'partNumber' | 'keywords' | 'passages'>> & { readonly facets: Partial<Record<FacetName, readonly string[]>> },
): SearchDocument {
	const facets = Object.fromEntries(FACETS.map((name) => [name, name === 'type' ? [type] : unique(content.facets[name] ?? [])])) as Record<
		FacetName,
		string[]
	>;
	return { partNumber: null, keywords: [], passages: [], ...content, id: `${type}-${id}`, type, locale, facets };
}

function itemsOf(snapshot: Snapshot): ContentItem[] {
	return [...snapshot.whitePapers, ...snapshot.cases, ...snapshot.articles, ...snapshot.products, ...snapshot.webinars, ...snapshot.pages];
}

function industriesOf(item: ContentItem): string[] {
	return unique(item.type === 'cases' ? [item.industry, ...item.industries] : item.industries);
}

/** Names that belong to one kind of item. */
function namesIn(item: ContentItem): (LocalisedText | string)[] {
	switch (item.type) {
		case 'white_papers':
			return [item.number, item.author, item.subtitle];
		case 'cases':
			return [item.customer, item.place];
		case 'articles':
			return [item.author];
		case 'products':
			return [item.tagline];
		case 'webinars':
		case 'pages':
			return [];
	}
}

function words(locale: Locale, texts: readonly (LocalisedText | string | undefined)[]): string[] {
	return unique(texts.map((text) => (text === undefined ? '' : typeof text === 'string' ? text : inLocale(text, locale))));
}

function open(text: string): Passage {
	return { page: null, isLocked: false, text };
}

function unique(values: readonly string[]): string[] {
	return [...new Set(values)].filter((value) => value !== '');
}
