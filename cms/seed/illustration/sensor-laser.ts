import { arc, colour, dimension, display, face, hatch, light, plate, prism, rectangle, ring, screw, stroke, turned, weight, wire } from './kit.ts';
import type { View } from './kit.ts';

/** HX2-L90: the laser sensor measuring to a target. */
export function hx2l90(view: View): string {
	const side = face(view, 'y', [0, 14, 0]);
	const top = face(view, 'z', [0, 0, 62]);
	const lens = (z: number, radius: number): string =>
		turned(
			view,
			'x',
			[0, 0, z],
			[
				[3, radius],
				[0.6, radius * 0.82],
			],
		) +
		ring(face(view, 'x', [3.6, 0, z]), 0, 0, radius * 0.6, { fill: '#e6edee' }) +
		stroke(face(view, 'x', [3.6, 0, z]), arc(0, 0, radius * 0.42, 60, 140, 5));
	return [
		turned(
			view,
			'x',
			[-84, 0, 6],
			[
				[8, 3.4],
				[10, 5],
				[6, 6.4],
				[4, 5.6],
			],
		),
		...[0, 1, 2, 3].map((i) => ring(face(view, 'x', [-74 + i * 1.8, 0, 6]), 0, 0, 5)),
		prism(view, 'y', [0, 14, 0], [[0, 0], [0, 62], [-44, 62], ...arc(-50, 56, 6, 90, 180, 4), [-56, 16], [-44, 0]], 28),
		...[
			[-48, 52],
			[-6, 6],
			[-6, 56],
		].map(([u, w]) => screw(side, u!, w!, 2.6)),
		plate(side, -42, 20, 28, 22, 2),
		hatch(side, -38, 24, 18, 14, 4),
		stroke(side, [
			[-52, 46],
			[-10, 46],
		]),
		plate(top, -42, -8, 26, 16, 2),
		display(top, -40, -6, 15, 12, '90'),
		ring(top, -20.5, -3.5, 2.1),
		ring(top, -20.5, 3.5, 2.1),
		light(top, -10, 0, 1.5),
		prism(view, 'x', [1.6, -12, 4], rectangle(24, 54, 3), 1.6),
		lens(44, 6),
		lens(19, 10.4),
		wire(
			view,
			[
				[4, 0, 44],
				[150, 0, 36],
			],
			{ stroke: colour.accent, weight: weight.fine },
		),
		wire(
			view,
			[
				[150, 0, 36],
				[4, 0, 19],
			],
			{ stroke: colour.accent, dash: '12 9' },
		),
		prism(view, 'x', [153, -16, 18], rectangle(32, 36, 1), 3),
		dimension(view, [4, 14, 0], [150, 14, 0], [0, 22, 0]),
	].join('');
}
