import { expect, test } from 'vitest';

import { productWith, sampleShelf, shelfWith } from '#tests/support/shelves.ts';

import { neighboursOf } from './neighbour.ts';
import { keyOf, tokensOf } from './property.ts';
import type { Shelf } from './shelf.ts';

const keys = ({ properties }: Shelf) => properties.filter(({ source }) => source !== null).map(({ key }) => key);
const property = (shelf: Shelf, key: string) => shelf.properties.find((one) => one.key === key);

test('a property is named after its English name in both languages', async () => {
	const [english, chinese] = [await sampleShelf('motors'), await sampleShelf('motors', 'zh-CN')];
	expect(keys(chinese)).toEqual(keys(english));
	expect(property(chinese, 'rated-power')?.name).toBe('额定功率');
});

test('main figures come first, and what tells no products apart is left out', async () => {
	const shelf = await sampleShelf('motors');
	expect(keys(shelf).slice(0, 2)).toEqual(['rated-power', 'rated-torque']);
	expect(keys(shelf)).not.toContain('insulation-class');
	expect(keys(shelf)).not.toContain('shaft-diameter-length');
});

test('a range has the real bounds, whatever way its values are written', async () => {
	const shelf = await shelfWith([
		productWith('a', { Voltage: ['3 × 400 (drive supply)', 'V'] }),
		productWith('b', { Voltage: ['380–480 ±10 %', 'V'] }),
		productWith('c', { Voltage: ['–', 'V'] }),
	]);
	expect(property(shelf, 'voltage')).toMatchObject({ kind: 'range', unit: 'V', low: 380, high: 480, spans: [[[400, 400]], [[380, 480]], null] });
});

test('one name in several units is several properties', async () => {
	const shelf = await shelfWith([
		productWith('a', { Resolution: ['0.1', 'mm'] }),
		productWith('b', { Resolution: ['0.2', 'mm'] }),
		productWith('c', { Resolution: ['5', '″'] }),
		productWith('d', { Resolution: ['9', '″'] }),
	]);
	expect(keys(shelf)).toEqual(['resolution-mm', 'resolution-arcsec']);
});

test('a unit within the words counts where all have the same', async () => {
	const years = await sampleShelf('sensors', 'zh-CN');
	expect(property(years, 'mttf')).toMatchObject({ kind: 'range', unit: '年', low: 120, high: 910 });
	const mixed = await shelfWith([productWith('a', { Kept: ['7 days'] }), productWith('b', { Kept: ['10 years'] })]);
	expect(property(mixed, 'kept')).toMatchObject({ kind: 'choice', options: [{ value: '7 days' }, { value: '10 years' }] });
});

test('choices are single words, named in the reader’s language and valued in English', async () => {
	const shelf = await sampleShelf('frequency-converters', 'zh-CN');
	const motors = property(shelf, 'motor-types');
	expect(motors?.kind === 'choice' && motors.options).toContainEqual({ value: 'asynchronous', name: '异步' });
	expect(motors?.kind === 'choice' && motors.picks[0]).toHaveLength(2);
});

test.each([
	['EtherCAT, PROFINET', ['EtherCAT', 'PROFINET']],
	['异步、永磁', ['异步', '永磁']],
	['Nodes IP67, gateway IP20', ['IP67', 'IP20']],
	['SIL 3 (SS1-r, SS2: SIL 2)', ['SIL 3']],
	['V/f, sensorless vector', ['V/f', 'sensorless vector']],
	['–', []],
])('%s offers %j', (value, tokens) => {
	expect(tokensOf(value)).toEqual(tokens);
});

test.each([
	['Losses at (90; 100)', '', 'losses-at-90-100'],
	['Resolution', '″', 'resolution-arcsec'],
	['Torque constant', 'N·m/A', 'torque-constant-n-m-a'],
	['Speed', 'min⁻¹', 'speed-min-1'],
	['Page', '', 'page-value'],
	['额定功率', '', '额定功率'],
])('%s in %j is %s in addresses', (name, unit, key) => {
	expect(keyOf(name, unit)).toBe(key);
});

test('an order puts what has no such figure last, both ways', async () => {
	const shelf = await shelfWith([
		productWith('a', { Power: ['2–9', 'kW'] }),
		productWith('b', { Power: ['–', 'kW'] }),
		productWith('c', { Power: ['1', 'kW'] }),
		productWith('d', { Power: ['4', 'kW'] }),
	]);
	const slugs = (by: string) => shelf.order(by).map((at) => shelf.products[at]!.slug);
	expect(slugs('power')).toEqual(['c', 'a', 'd', 'b']);
	expect(slugs('power.desc')).toEqual(['a', 'd', 'c', 'b']);
	expect(slugs('part-number')).toEqual(['a', 'b', 'c', 'd']);
	expect(slugs('unheard-of')).toEqual(['a', 'b', 'c', 'd']);
});

test('neighbours are the next by the main figure, without those of the same size', async () => {
	const sizes = { small: '1', middle: '2', twin: '2', large: '7' };
	const shelf = await shelfWith(Object.entries(sizes).map(([slug, power]) => productWith(slug, { Power: [power, 'kW'] })));
	const beside = (at: number) => neighboursOf(shelf, shelf.products[at]!);
	expect(beside(1)?.smaller?.slug).toBe('small');
	expect(beside(1)?.larger?.slug).toBe('large');
	expect(beside(0)?.smaller).toBeNull();
});

test('a part number is found in any spelling', async () => {
	const shelf = await sampleShelf('motors');
	expect(shelf.texts.filter((text) => text.includes('hm2071'))).toHaveLength(1);
});
