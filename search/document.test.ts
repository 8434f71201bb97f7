import { expect, test } from 'vitest';

import { sampleContent } from '#tests/support/sample-content.ts';

import { countDocuments, documentsOf } from './document.ts';
import { plainText } from './markdown.ts';

const content = sampleContent();
const documents = [...documentsOf(content)];

test('everything published becomes a document in each of its languages', () => {
	expect(documents).toHaveLength(countDocuments(content));
	expect(new Set(documents.map(({ locale, id }) => `${locale}/${id}`)).size).toBe(documents.length);
	for (const type of ['white_papers', 'cases', 'articles', 'products', 'webinars', 'pages', 'documents', 'faq'])
		expect(documents.some((document) => document.type === type)).toBe(true);
	const onlyChinese = { ...content, articles: content.articles.map((article) => ({ ...article, languages: ['zh-CN'] as const })) };
	expect([...documentsOf(onlyChinese)].filter(({ type }) => type === 'articles').map(({ locale }) => locale)).toEqual(
		content.articles.map(() => 'zh-CN'),
	);
});

test('pages behind the gate are locked, from the first that is not open', () => {
	for (const paper of content.whitePapers) {
		const pages =
			documents
				.find(({ subject, locale }) => subject === `white_papers:${paper.id}` && locale === 'en')
				?.passages.filter(({ page }) => page !== null) ?? [];
		expect(pages.map(({ page, isLocked }) => [page, isLocked])).toEqual(paper.pages.en.map((_, index) => [index + 1, index >= paper.openPages]));
	}
});

test('a webinar is found by its speakers, a product by its specifications, a file by its product', () => {
	const of = (reference: string) => documents.find((document) => document.locale === 'en' && document.reference === reference);
	expect(of('webinars/sizing-a-servo-axis')?.keywords).toContain('Karin Östlund');
	expect(of('products/hx1-p18')?.passages.some(({ text }) => text.includes('Switching frequency: 500 Hz'))).toBe(true);
	expect(documents.find(({ type, title }) => type === 'documents' && title === 'HX1-P18 Operating instructions')?.url).toBe(
		'/products/sensors/hx1-p18#documents',
	);
	expect(of('white_papers/pump-energy-at-part-load')?.facets.category).toEqual([
		'cabinet-converters',
		'frequency-converters',
		'asynchronous-motors',
		'motors',
	]);
});

test.each([
	['## Title\n\nSome **bold** and `code`, a [link](https://x.example).', 'Title\nSome bold and code, a link.'],
	['| a | b |\n|---|:-:|\n| 1 | 2 |', 'a b\n1 2'],
	['- one\n- two\n1. three', 'one\ntwo\nthree'],
	['```figure\n{"title":"Losses","x":{"label":"Flow","unit":"m"},"series":[{"name":"Valve","points":[["IE2",1]]}]}\n```', 'Losses Flow Valve'],
	['```figure\n{broken\n```\nafter', 'after'],
	['5 * 3 = 15, a_b_c <script>x</script>', '5 * 3 = 15, a_b_c x'],
])('%j reads as %j', (markdown, text) => expect(plainText(markdown)).toBe(text));
