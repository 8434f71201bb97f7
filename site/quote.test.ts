import { expect, test } from 'vitest';

import { sampleContent } from '#tests/support/sample-content.ts';

import { catalogueOf } from './catalogue.ts';
import { askedFrom, quoteQuery, readAsked, readQuoteQuery, safePage } from './quote.ts';

const content = catalogueOf(sampleContent(), 'en');
const [first, second] = content.all('products');

test('products are found by slug and by part number in any spelling, once each', () => {
	const typed = ` ${second!.partNumber.replaceAll('-', ' ').toLowerCase()} `;
	const query = new URLSearchParams([
		['product', first!.slug],
		['product', first!.slug],
		['product', 'none'],
		['add', typed],
	]);
	const { products, unknown } = readQuoteQuery(content, query);
	expect(products).toEqual([first, second]);
	expect(unknown).toBeNull();
	expect(readQuoteQuery(content, new URLSearchParams({ add: 'XYZ-1' }))).toMatchObject({ products: [], unknown: 'XYZ-1' });
	expect(quoteQuery(products, { near: 'Bern', dealer: '' })).toBe(`?product=${first!.slug}&product=${second!.slug}&near=Bern`);
});

test('a posted form names its products in order', () => {
	const data = new FormData();
	for (const [name, value] of [
		['product', 'a'],
		['quantity-a', '2'],
		['configuration-a', 'brake'],
		['product', 'b'],
		['shown-b', 'x'],
	] as const)
		data.append(name, value);
	expect(readAsked(data)).toEqual([
		{ slug: 'a', quantity: '2', configuration: 'brake', shown: '' },
		{ slug: 'b', quantity: '', configuration: '', shown: 'x' },
	]);
});

test.each([
	['https://hub.example/products/motors/hs4-100?x=1', '/products/motors/hs4-100?x=1'],
	['https://elsewhere.example/products', '/quote'],
	['https://hub.example/c/secret-token', '/quote'],
	['not an address', '/quote'],
	[null, '/quote'],
])('asked from %s: %s', (referer, page) => expect(askedFrom(referer, 'https://hub.example', '/quote')).toBe(page));

test.each(['//elsewhere.example', 'https://x.example', '/zh-CN/j/token', `/${'x'.repeat(400)}`, ''])('%s is no page of ours', (path) =>
	expect(safePage(path, '/quote')).toBe('/quote'),
);
