import { expect, test } from 'vitest';

import { sampleContent } from '#tests/support/sample-content.ts';
import { productWith } from '#tests/support/shelves.ts';

import { askedProducts, compare, differences } from './compare.ts';

const { products } = sampleContent();
const find = (slug: string) => products.find((product) => product.slug === slug)!;

test.each([
	[['hd3-012', 'hd3-005'], 'hd3-012 hd3-005', [], []],
	[['HD3 012', 'hd3-012', ''], 'hd3-012', [], []],
	[['hd3-012', 'nonsense', '<b>'], 'hd3-012', ['nonsense', '<b>'], []],
	[['hm2-071', 'hm2-132', 'hs4-060', 'hs4-100', 'hd3-012'], 'hm2-071 hm2-132 hs4-060 hs4-100', [], ['hd3-012']],
	[[], '', [], []],
])('%j compares %s', (names, shown, unknown, tooMany) => {
	const asked = askedProducts(names, products);
	expect(asked.products.map(({ slug }) => slug).join(' ')).toBe(shown);
	expect(asked.unknown).toEqual(unknown);
	expect(asked.tooMany.map(({ slug }) => slug)).toEqual(tooMany);
});

test('values that say the same in other words do not differ', () => {
	const one = productWith('a', { Power: ['0.40', 'kW'], Voltage: ['3 × 400', 'V'], Noise: ['≤ 60', 'dB'], Bus: ['EtherCAT'] });
	const two = productWith('b', { Power: ['0.4', 'kW'], Voltage: ['3 × 400 (drive supply)', 'V'], Noise: ['60', 'dB'], Bus: ['ethercat'] });
	const { common, differCount, rowCount } = compare([one, two], 'en');
	expect(common[0]?.rows.map(({ name, differs }) => [name, differs])).toEqual([
		['Power', false],
		['Voltage', true],
		['Noise', true],
		['Bus', false],
	]);
	expect([differCount, rowCount]).toEqual([2, 4]);
	expect(differences(common).flatMap(({ rows }) => rows.map(({ name }) => name))).toEqual(['Voltage', 'Noise']);
});

test('products of different categories meet in what they share; the rest is theirs alone', () => {
	const { common, own } = compare([find('hd3-012'), find('hx6-t')], 'en');
	expect(common.flatMap(({ rows }) => rows.map(({ name }) => name))).toEqual(['Mass', 'Degree of protection']);
	expect(own.map(({ product }) => product.slug)).toEqual(['hd3-012', 'hx6-t']);
	expect(own.every(({ rows }) => rows.every(({ differs, cells }) => !differs && cells.filter((cell) => cell !== null).length === 1))).toBe(true);
});

test('a value that one of them does not state is a difference where others state it', () => {
	const [a, b, c] = [productWith('a', { Power: ['1', 'kW'] }), productWith('b', { Power: ['1', 'kW'] }), productWith('c', { Mass: ['2', 'kg'] })];
	const { common } = compare([a, b, c], 'en');
	expect(common[0]?.rows).toMatchObject([{ name: 'Power', differs: true, cells: [{ value: '1' }, { value: '1' }, null] }]);
});

test('one name in different units is not one row', () => {
	const { common, own } = compare([productWith('a', { Resolution: ['1', 'mm'] }), productWith('b', { Resolution: ['1', '″'] })], 'en');
	expect(common).toEqual([]);
	expect(own).toHaveLength(2);
});

test('rows are named in the reader’s language', () => {
	expect(compare([find('hd3-012'), find('hd3-005')], 'zh-CN').common[0]?.rows[0]?.name).toBe('轴数');
});
