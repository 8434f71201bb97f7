import { arc, boltCircle, box, centreLine, colour, dimension, face, hatch, light, patch, plate, ring, socket, stroke, turned } from './kit.ts';
import type { View } from './kit.ts';

/** HX4-E58: the encoder with its code disc pulled out. */
export function hx4e58(view: View): string {
	return [
		turned(
			view,
			'x',
			[-62, 0, 0],
			[
				[4, 25, 28],
				[28, 28],
			],
		),
		turned(
			view,
			'x',
			[-30, 0, 0],
			[
				[2, 27],
				[14, 28],
			],
		),
		...[-20, 5, 30, 55, 80].map((angle) => {
			const t = (angle * Math.PI) / 180;
			return stroke(face(view, 'z', [-28, 28 * Math.cos(t), 28 * Math.sin(t)]), [
				[2, 0],
				[9, 0],
			]);
		}),
		box(view, [-58, 22, -9], [20, 10, 18]),
		turned(
			view,
			'y',
			[-48, 32, 0],
			[
				[3, 8],
				[4, 6.4],
				[10, 7.4],
			],
		),
		...[0, 1, 2, 3].map((i) => ring(face(view, 'y', [-48, 41 + i * 1.8, 0]), 0, 0, 7.4)),
		socket(face(view, 'y', [-48, 49, 0]), 0, 0, 7, 8),
		turned(
			view,
			'x',
			[-14, 0, 0],
			[
				[3, 26],
				[11, 29],
			],
		),
		boltCircle(face(view, 'x', [-3, 0, 0]), 0, 0, 24, 3, 2.2, 30),
		boltCircle(face(view, 'x', [-3, 0, 0]), 0, 0, 24, 3, 1.6, 90),
		turned(
			view,
			'x',
			[-3, 0, 0],
			[
				[3, 18],
				[5, 18],
			],
		),
		ring(face(view, 'x', [5, 0, 0]), 0, 0, 13),
		ring(face(view, 'x', [5, 0, 0]), 0, 0, 9.5),
		turned(
			view,
			'x',
			[5, 0, 0],
			[
				[2, 6.4],
				[16, 5],
				[1, 5, 4.4],
			],
		),
		patch(
			face(view, 'z', [14, 0, 4.6]),
			[
				[0, -3.4],
				[9, -3.4],
				[9, 1.6],
				[0, 1.6],
			],
			{ fill: '#e6edee' },
		),
		plate(face(view, 'z', [-56, -9, 28]), 0, 0, 20, 16, 1),
		hatch(face(view, 'z', [-56, -9, 28]), 3, 2, 12, 12, 4),
		light(face(view, 'z', [-33, 0, 28.4]), 0, 0, 1.3),
		codeDisc(view),
		centreLine(view, [25, 0, 0], [36, 0, 0]),
		dimension(view, [5, 0, -29], [-62, 0, -29], [0, 46, 0]),
	].join('');
}

/** The code disc, drawn in front of the encoder in the accent as in an exploded view. */
function codeDisc(view: View): string {
	const disc = face(view, 'x', [52, 0, 0]);
	const ink = { stroke: colour.accent };
	const track = (radius: number, bits: number): string =>
		Array.from({ length: bits }, (_, i) =>
			patch(
				disc,
				[
					...arc(0, 0, radius, (i * 360) / bits, ((i + 0.5) * 360) / bits, 3),
					...arc(0, 0, radius - 2.6, ((i + 0.5) * 360) / bits, (i * 360) / bits, 3),
				],
				{ fill: colour.accent, weight: 0 },
			),
		).join('');
	return (
		ring(disc, 0, 0, 21, { ...ink, fill: '#ffffff' }) +
		track(20, 32) +
		track(16.6, 16) +
		track(13.2, 8) +
		track(9.8, 4) +
		ring(disc, 0, 0, 5, ink) +
		centreLine(view, [54, 0, 0], [72, 0, 0])
	);
}
