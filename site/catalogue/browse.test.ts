import fc from 'fast-check';
import { expect, test } from 'vitest';

import type { Product } from '#cms/content.ts';
import { productWith, sampleShelf, shelfWith } from '#tests/support/shelves.ts';

import { browse, PRODUCTS_A_PAGE } from './browse.ts';
import { queryOf, readSelection, type Selection, toggled, unfiltered } from './selection.ts';
import type { Shelf } from './shelf.ts';

const ask = (shelf: Shelf, query: string) => browse(shelf, readSelection(shelf, new URLSearchParams(query)));
const slugs = ({ products }: { readonly products: readonly Product[] }) => products.map(({ slug }) => slug);
const drives = [
	productWith('small', { Power: ['0.37–0.75', 'kW'], Bus: ['EtherCAT, PROFINET'], Protection: ['IP65'] }, { industries: ['packaging'] }),
	productWith('middle', { Power: ['4', 'kW'], Bus: ['EtherCAT'], Protection: ['IP20'] }, { industries: ['packaging'] }),
	productWith('large', { Power: ['≤ 22', 'kW'], Bus: ['PROFINET'], Protection: ['IP20'] }),
];

test.each([
	['', 'small middle large'],
	['power.min=0.5&power.max=5', 'small middle'],
	['power.min=0.75&power.max=0.75', 'small'],
	['power.max=0.3', ''],
	['power.min=5&power.max=0.5', 'small middle'],
	['power.min=0,5&power.max=5', 'small middle'],
	['power.min=abc', 'small middle large'],
	['bus=PROFINET', 'small large'],
	['bus=PROFINET&bus=EtherCAT', 'small middle large'],
	['bus=EtherCAT&protection=IP20', 'middle'],
	['industry=packaging&protection=IP65', 'small'],
	['bus=Profibus&utm_source=x', 'small middle large'],
	['q=LARGE', 'large'],
	['q=product+mid', 'middle'],
	['sort=power.desc', 'large middle small'],
])('?%s shows %s', async (query, shown) => {
	expect(slugs(ask(await shelfWith(drives), query)).join(' ')).toBe(shown);
});

test('counts say what a value gives beside the other properties', async () => {
	const { facets } = ask(await shelfWith(drives), 'bus=PROFINET&protection=IP20');
	const counts = (key: string) => facets.find(({ property }) => property.key === key)?.options.map(({ value, count }) => `${value} ${count}`);
	expect(counts('bus')).toEqual(['EtherCAT 1', 'PROFINET 1']);
	expect(counts('protection')).toEqual(['IP20 1', 'IP65 1']);
});

test('with nothing found it says what each filter alone costs', async () => {
	const { total, active } = ask(await shelfWith(drives), 'power.min=30&bus=PROFINET&protection=IP65');
	expect(total).toBe(0);
	expect(active.map(({ key, countWithout }) => [key, countWithout])).toEqual([
		['power', 1],
		['bus', 0],
		['protection', 0],
	]);
});

test('one selection has one address, whatever order and spelling it was asked in', async () => {
	const shelf = await shelfWith(drives);
	const address = (query: string) => queryOf(shelf, readSelection(shelf, new URLSearchParams(query)));
	expect(address('sort=power&protection=IP20&view=cards&page=1&bus=PROFINET&bus=EtherCAT&power.max=5.0&q=&x=y')).toBe(
		'?power.max=5&bus=EtherCAT&bus=PROFINET&protection=IP20&sort=power',
	);
	expect(address('power.min=&power.max=&page=0&sort=unheard&view=list')).toBe('');
});

test('a page has so many products, and an address beyond the last shows the last', async () => {
	const many = await shelfWith(Array.from({ length: PRODUCTS_A_PAGE + 1 }, (_none, n) => productWith(`p${n}`, { Power: [String(n), 'kW'] })));
	expect(ask(many, '').products).toHaveLength(PRODUCTS_A_PAGE);
	expect(ask(many, 'page=9')).toMatchObject({ page: 2, pages: 2, total: PRODUCTS_A_PAGE + 1 });
});

/** Shelves of up to 30 products with a figure and two properties of several values each. */
const shelves = fc
	.array(
		fc.record({
			power: fc.option(fc.integer({ min: 0, max: 9 })),
			bus: fc.subarray(['A', 'B', 'C', 'D']),
			protection: fc.constantFrom('IP20', 'IP65', 'IP67'),
		}),
		{ minLength: 2, maxLength: 30 },
	)
	.map((rows) =>
		rows.map(({ power, bus, protection }, n) =>
			productWith(`p${n}`, { Power: [power === null ? '–' : String(power), 'kW'], Bus: [bus.join(', ') || '–'], Protection: [protection] }),
		),
	);
const wanted = fc.record({
	bus: fc.subarray(['A', 'B', 'C', 'D']),
	protection: fc.subarray(['IP20', 'IP65', 'IP67']),
	min: fc.option(fc.integer({ min: 0, max: 9 })),
	max: fc.option(fc.integer({ min: 0, max: 9 })),
});

test('a count is what its value shows when it is chosen', async () => {
	await fc.assert(
		fc.asyncProperty(shelves, wanted, async (products, { bus, protection, min, max }) => {
			const shelf = await shelfWith(products);
			const query = new URLSearchParams([...bus.map((value) => ['bus', value]), ...protection.map((value) => ['protection', value])]);
			if (min !== null) query.set('power.min', String(min));
			if (max !== null) query.set('power.max', String(max));
			const selection = readSelection(shelf, query);
			const { facets, total } = browse(shelf, selection);
			for (const { property, options } of facets)
				for (const option of options) {
					const alone: Selection = { ...selection, choices: new Map([...selection.choices, [property.key, [option.value]]]) };
					expect(browse(shelf, alone).total).toBe(option.count);
					if (!selection.choices.has(property.key)) expect(browse(shelf, option.next).total).toBe(option.count);
					else if (!option.isChosen) expect(browse(shelf, option.next).total).toBeGreaterThanOrEqual(total);
				}
		}),
		{ numRuns: 200 },
	);
});

test('letting go of a filter shows as many as were promised, and its address reads back as itself', async () => {
	await fc.assert(
		fc.asyncProperty(shelves, wanted, async (products, { bus, protection, min }) => {
			const shelf = await shelfWith(products);
			const selection = readSelection(
				shelf,
				new URLSearchParams([
					...bus.map((value) => ['bus', value]),
					...protection.map((value) => ['protection', value]),
					['power.min', String(min ?? '')],
				]),
			);
			for (const { without, countWithout, chosen } of browse(shelf, selection).active) {
				expect(browse(shelf, without).total).toBe(countWithout);
				for (const value of chosen)
					expect(queryOf(shelf, readSelection(shelf, new URLSearchParams(queryOf(shelf, value.without))))).toBe(queryOf(shelf, value.without));
			}
			expect(browse(shelf, unfiltered(selection)).total).toBe(products.length);
		}),
		{ numRuns: 100 },
	);
});

test('choosing twice is not choosing', async () => {
	const shelf = await sampleShelf('servo-drives');
	const fieldbus = shelf.properties.find(({ key }) => key === 'fieldbus');
	const plain = readSelection(shelf, new URLSearchParams());
	expect(fieldbus?.kind === 'choice' && queryOf(shelf, toggled(toggled(plain, fieldbus, 'EtherCAT'), fieldbus, 'EtherCAT'))).toBe('');
});
