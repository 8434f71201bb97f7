import { box, colour, face, light, patch, plate, prism, rectangle, ring, stroke } from './kit.ts';
import type { Flat, View } from './kit.ts';

/** The analysis software: an industrial panel with a waterfall spectrum, trend and asset list. */
export function hc3suite(view: View): string {
	const [w, h] = [420, 270];
	const glass = face(view, 'y', [0, 6, 0]);
	const spectrum = (row: number): Flat[] =>
		Array.from({ length: 64 }, (_, i) => {
			const peak = [
				[8, 30],
				[16, 12],
				[27, 19 + row * 3.4],
				[38, 9 + row * 2.2],
				[49, 6 + row],
			].reduce((sum, [at, size]) => sum + size! * Math.exp(-(((i - at!) / 0.9) ** 2)), 0);
			return [130 + i * 3.7 + row * 5, 128 + row * 11 + peak + (i % 3) * 0.7];
		});
	return [
		box(view, [60, -120, -70], [300, 130, 10]),
		prism(
			view,
			'x',
			[236, -66, -60],
			[
				[0, 0],
				[24, 0],
				[40, 110],
				[26, 110],
			],
			52,
		),
		prism(view, 'y', [0, 0, 0], rectangle(w, h, 12), 22),
		prism(view, 'y', [0, 6, 0], rectangle(w, h, 12), 6),
		plate(glass, 14, 20, w - 28, h - 34, 3),
		stroke(glass, [
			[112, 20],
			[112, h - 14],
		]),
		stroke(glass, [
			[14, h - 34],
			[w - 14, h - 34],
		]),
		...[0, 1, 2, 3, 4, 5].map(
			(i) =>
				plate(glass, 22, 200 - i * 33, 82, 25, 3) +
				(i === 2 ? ring(glass, 34, 212.5 - i * 33, 5, { fill: colour.signal, weight: 0 }) : ring(glass, 34, 212.5 - i * 33, 5)) +
				stroke(glass, [
					[48, 216 - i * 33],
					[94, 216 - i * 33],
				]) +
				stroke(glass, [
					[48, 208 - i * 33],
					[80 - i * 3, 208 - i * 33],
				]),
		),
		...[5, 4, 3, 2, 1, 0].map(
			(row) =>
				patch(glass, [[spectrum(row)[0]![0], 128 + row * 11], ...spectrum(row), [spectrum(row)[63]![0], 128 + row * 11]], {
					fill: colour.paper,
					weight: 0,
				}) + stroke(glass, spectrum(row), row === 5 ? { stroke: colour.accent } : {}),
		),
		stroke(glass, [
			[126, 108],
			[126, 36],
			[392, 36],
		]),
		...[0, 1, 2].map((i) =>
			stroke(
				glass,
				[
					[126, 54 + i * 18],
					[392, 54 + i * 18],
				],
				{ weight: 1 },
			),
		),
		stroke(
			glass,
			Array.from({ length: 40 }, (_, i): Flat => [128 + i * 6.7, 46 + (i % 4) * 1.6 + (i > 22 ? (i - 22) ** 1.55 * 0.62 : 0)]),
			{ stroke: colour.accent },
		),
		stroke(
			glass,
			[
				[126, 84],
				[392, 84],
			],
			{ stroke: colour.signal, dash: '14 9' },
		),
		light(glass, w - 18, 10, 2.4),
		stroke(glass, [
			[22, h - 24],
			[80, h - 24],
		]),
		...[0, 1, 2].map((i) => ring(glass, w - 30 - i * 18, h - 24, 5)),
	].join('');
}
