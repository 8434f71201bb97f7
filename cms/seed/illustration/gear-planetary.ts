import { key } from './asynchronous-motor.ts';
import { boltCircle, centred, centreLine, dimension, face, patch, prism, regular, ring, screw, turned, weight } from './kit.ts';
import type { Flat, View } from './kit.ts';

/** An output shaft with its key, from x on. */
export function outputShaft(view: View, x: number, radius: number, length: number): string {
	return (
		turned(
			view,
			'x',
			[x, 0, 0],
			[
				[length * 0.95, radius],
				[length * 0.05, radius, radius * 0.88],
			],
		) +
		key(view, [x + length * 0.14, 0, radius], length * 0.68, radius * 0.5) +
		ring(face(view, 'x', [x + length, 0, 0]), 0, 0, radius * 0.24) +
		centreLine(view, [x + length * 1.05, 0, 0], [x + length * 2, 0, 0])
	);
}

/** HG1-040: a planetary gear unit with a solid shaft. */
export function hg1040(view: View): string {
	const collar = face(view, 'y', [-84, 23, 0]);
	return [
		prism(view, 'x', [-92, 0, 0], centred(60, 60, 6), 12),
		prism(view, 'x', [-66, 0, 0], centred(46, 46, 12), 26),
		ring(collar, 8, 0, 5),
		patch(
			collar,
			regular(6, 3, 0).map(([a, b]): Flat => [a + 8, b]),
			{},
		),
		turned(
			view,
			'x',
			[-66, 0, 0],
			[
				[8, 21, 20],
				[30, 20],
			],
		),
		...[0, 1, 2, 3, 4].map((i) => turned(view, 'x', [-57 + i * 5, 0, 0], [[1.6, 20.6]], weight.fine)),
		turned(
			view,
			'x',
			[-28, 0, 0],
			[
				[8, 20, 23],
				[16, 23],
				[4, 23, 20],
			],
		),
		boltCircle(face(view, 'x', [0, 0, 0]), 0, 0, 17, 4, 2.1),
		turned(
			view,
			'x',
			[0, 0, 0],
			[
				[3, 13],
				[2, 8],
			],
		),
		outputShaft(view, 5, 5, 24),
		dimension(view, [0, 0, -23], [-104, 0, -23], [0, 62, 0]),
		dimension(view, [0, 23, -23], [0, -23, -23], [48, 0, 0]),
	].join('');
}

/** HG1-090: a planetary gear unit with an output flange. */
export function hg1090(view: View): string {
	const collar = face(view, 'y', [-150, 44, 0]);
	return [
		prism(view, 'x', [-172, 0, 0], centred(115, 115, 9), 20),
		...[
			[-44, -44],
			[-44, 44],
			[44, 44],
			[44, -44],
		].map(([y, z]) => screw(face(view, 'x', [-172, y!, z!]), 0, 0, 5)),
		prism(view, 'x', [-124, 0, 0], centred(88, 88, 20), 48),
		ring(collar, 4, 0, 9),
		ring(collar, 4, 0, 5),
		turned(
			view,
			'x',
			[-124, 0, 0],
			[
				[12, 42, 44],
				[60, 44],
			],
		),
		...[0, 1, 2, 3, 4, 5, 6].map((i) => turned(view, 'x', [-108 + i * 7, 0, 0], [[2.5, 45.5]], weight.fine)),
		prism(view, 'x', [-34, 0, 0], centred(90, 90, 14), 18),
		boltCircle(face(view, 'x', [-34, 0, 0]), 0, 0, 54, 4, 4.5),
		turned(
			view,
			'x',
			[-34, 0, 0],
			[
				[6, 42, 40],
				[20, 40],
				[3, 40, 38],
			],
		),
		ring(face(view, 'x', [-5, 0, 0]), 0, 0, 34),
		turned(view, 'x', [-5, 0, 0], [[9, 31.5]]),
		boltCircle(face(view, 'x', [4, 0, 0]), 0, 0, 23, 8, 3.4, 22.5),
		ring(face(view, 'x', [4, 0, 0]), 0, 0, 15),
		ring(face(view, 'x', [4, 0, 0]), 0, 0, 12.5),
		ring(face(view, 'x', [4, 16.3, 16.3]), 0, 0, 2, { fill: '#1d2327' }),
		centreLine(view, [6, 0, 0], [66, 0, 0]),
		dimension(view, [4, 0, -45], [-192, 0, -45], [0, 104, 0]),
		dimension(view, [-34, 45, -45], [-34, -45, -45], [110, 0, 0]),
	].join('');
}
