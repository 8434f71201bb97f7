import { describe, expect, test } from 'vitest';

import { drawFigure, type Figure, figureSvg, figureTable, parseFigure } from './figure.ts';
import { niceScale } from './figure-scale.ts';

const line = {
	kind: 'line',
	title: 'Torque',
	x: { label: 'Speed', unit: 'min⁻¹' },
	y: { label: 'Torque', unit: 'N·m' },
	series: [
		{
			name: 'Peak',
			points: [
				[0, 21],
				[3000, 12.5],
			],
		},
	],
	source: 'Measured',
};
const bar = {
	...line,
	kind: 'bar',
	series: [
		{
			name: 'Before',
			points: [
				['IE2', 100],
				['IE4', 82],
			],
		},
		{
			name: 'After',
			points: [
				['IE2', 90],
				['IE4', 12_500],
			],
		},
	],
};
const figureOf = (value: object): Figure => {
	const figure = parseFigure(JSON.stringify(value));
	if (!figure) throw new Error('the example does not parse');
	return figure;
};

describe('a figure is refused when', () => {
	test.each([
		['it is no JSON', '{'],
		['its kind is unknown', JSON.stringify({ ...line, kind: 'pie' })],
		['a line has words for x', JSON.stringify({ ...line, series: [{ name: 'a', points: [['x', 1]] }] })],
		['a number is missing', JSON.stringify({ ...line, series: [{ name: 'a', points: [[1]] }] })],
		['it has no series', JSON.stringify({ ...line, series: [] })],
	])('%s', (_why, source) => {
		expect(parseFigure(source)).toBeNull();
	});
});

describe('scales', () => {
	test.each([
		{ values: [3.5, 26.4], zeroShare: 0.5, ends: [0, 30] },
		{ values: [110, 196], zeroShare: 0.5, ends: [100, 200] },
		{ values: [110, 196], zeroShare: 1, ends: [0, 200] },
		{ values: [-10, -1], zeroShare: 0.5, ends: [-10, 0] },
		{ values: [0.02, 0.26], zeroShare: 1, ends: [0, 0.3] },
		{ values: [5, 5], zeroShare: 0, ends: [5, 6] },
	])('over $values run from $ends', ({ values, zeroShare, ends }) => {
		const { ticks } = niceScale(values, [0, 100], 5, zeroShare);
		expect([ticks[0], ticks.at(-1)]).toEqual(ends);
	});
});

test('the table has a row for each x and a dash where a series has no value', () => {
	const figure = figureOf({
		...line,
		series: [
			...line.series,
			{
				name: 'Continuous',
				points: [
					[0, 8],
					[4500, 5.2],
				],
			},
		],
	});
	expect(figureTable(figure, 'en')).toEqual({
		header: ['Speed (min⁻¹)', 'Peak', 'Continuous'],
		rows: [
			['0', '21', '8'],
			['3000', '12.5', '–'],
			['4500', '–', '5.2'],
		],
	});
	expect(figureTable(figure, 'zh-CN').header[0]).toBe('Speed（min⁻¹）');
});

test('every shape stays inside of the drawing, in both kinds', () => {
	for (const value of [line, bar]) {
		const { width, height, shapes } = drawFigure(figureOf(value), 'en', { width: 600, fontSize: 13 });
		for (const shape of shapes) {
			const points =
				shape.kind === 'line'
					? [shape.from, shape.to]
					: shape.kind === 'curve'
						? shape.points
						: shape.kind === 'point'
							? [shape.at]
							: [[shape.x, shape.y] as const];
			for (const [x, y] of points) expect(x >= 0 && x <= width && y >= 0 && y <= height).toBe(true);
		}
	}
});

test('the SVG is escaped, has no style attribute and says what it shows', () => {
	const svg = figureSvg(figureOf({ ...bar, title: 'A "quoted" <title>' }), 'en');
	expect(svg).toContain('aria-label="A &quot;quoted&quot; &lt;title&gt;.');
	expect(svg).not.toMatch(/style=|<title>|<script/);
	expect(svg).toContain('12,500');
});
