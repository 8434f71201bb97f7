import { describe, expect, test } from 'vitest';

import { readSource, rowsOf } from '../source.ts';
import { dimensionDrawing } from './drawing.ts';
import { wholeExtent } from './envelope.ts';
import { mountingDrawing } from './mounting.ts';
import { envelopeOf } from './product.ts';
import { stepFile } from './step.ts';

const source = await readSource();
const outlined = source.products.flatMap((product) => {
	const envelope = envelopeOf(product);
	return envelope ? [{ slug: String(product['slug']), product, envelope }] : [];
});

test('every product but the software has an outline', () => {
	const without = source.products.map(({ slug }) => slug).filter((slug) => !outlined.some((entry) => entry.slug === slug));
	expect(without).toEqual(['hc3-suite']);
});

describe.each(outlined)('$slug', ({ slug, product, envelope }) => {
	const numbers = (name: string): number[] => {
		const row = rowsOf(product, 'specs').find((entry) => entry['name_en'] === name);
		return row ? [...String(row['value']).matchAll(/\d+(?:\.\d+)?/g)].map(([text]) => Number(text)) : [];
	};
	const { low, high } = wholeExtent(envelope.solids);
	const extent = [0, 1, 2].map((at) => high[at as 0 | 1 | 2] - low[at as 0 | 1 | 2]);

	test('takes up what its specifications say', () => {
		const stated = [...numbers('Dimensions W × H × D'), ...numbers('Overall length')];
		for (const length of stated)
			expect(
				extent.some((own) => Math.abs(own - length) < 0.01),
				`${length} of ${extent.join(' × ')}`,
			).toBe(true);
		expect(stated.length + numbers('Dimensions').length).toBeGreaterThan(0);
	});

	test('can be drawn: no figure is lost, and every number is finite', () => {
		for (const svg of [dimensionDrawing(envelope), mountingDrawing(slug, envelope)]) {
			expect(svg).not.toMatch(/NaN|Infinity|undefined/);
			expect(svg.length).toBeGreaterThan(1_000);
		}
	});
});

describe('a STEP file', () => {
	const file = stepFile({
		id: "A'1",
		name: '电机',
		organisation: 'O',
		filename: 'a.stp',
		solids: [
			{ shape: 'box', at: [0, 0, 0], size: [10, 20, 30] },
			{ shape: 'cylinder', axis: 'y', at: [0, -5, 0], diameter: 8, length: 5 },
		],
	});
	const entities = new Map([...file.matchAll(/^#(\d+)=(.+);$/gm)].map(([, number = '', text = '']) => [number, text]));

	test('names only entities that it has, and every solid is closed', () => {
		const named = [...entities.values()].flatMap((text) => [...text.matchAll(/#(\d+)/g)].map(([, number = '']) => number));
		expect(named.filter((number) => !entities.has(number))).toEqual([]);
		const of = (kind: string) => [...entities.values()].filter((text) => text.startsWith(`${kind}(`)).length;
		expect([of('MANIFOLD_SOLID_BREP'), of('ADVANCED_FACE'), of('EDGE_CURVE'), of('VERTEX_POINT')]).toEqual([2, 9, 15, 10]);
	});

	test('passes each edge once in each direction, so that the shell has an inside', () => {
		const passes = [...entities.values()].flatMap((text) => {
			const [, edge, sense] = /^ORIENTED_EDGE\('',\*,\*,#(\d+),(\.[TF]\.)\)$/.exec(text) ?? [];
			return edge ? [`${edge} ${String(sense)}`] : [];
		});
		expect(new Set(passes).size).toBe(passes.length);
		expect(passes).toHaveLength(30);
	});

	test('writes strings and reals as Part 21 asks', () => {
		expect(file).toContain("PRODUCT('A''1','\\X2\\7535673A\\X0\\'");
		expect(file).toMatch(/CARTESIAN_POINT\('',\(0\.,0\.,0\.\)\)/);
		expect(file.startsWith('ISO-10303-21;\nHEADER;')).toBe(true);
	});
});
