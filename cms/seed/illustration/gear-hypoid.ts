import { outputShaft } from './gear-planetary.ts';
import { arc, boltCircle, box, centred, centreLine, dimension, face, hatch, plate, prism, ring, stroke, turned } from './kit.ts';
import type { View } from './kit.ts';

/** Right-angle hypoid: input from the left along −y, output along x. */
export function hg2063(view: View): string {
	const side = face(view, 'y', [0, 36, 0]);
	return [
		box(view, [-96, -38, -52], [96, 76, 8]),
		prism(view, 'x', [-8, 0, 0], centred(72, 88, 10), 84),
		prism(view, 'x', [-86, 0, 0], centred(60, 60, 10), 6),
		prism(view, 'x', [0, 0, 0], [...arc(0, 10, 34, 0, 180, 10), ...arc(-30, -38, 4, 180, 270, 3), ...arc(30, -38, 4, 270, 360, 3)], 10),
		boltCircle(face(view, 'x', [0, 0, 8]), 0, 0, 29, 6, 2.8, 0),
		turned(
			view,
			'x',
			[0, 0, 8],
			[
				[4, 22],
				[3, 15],
			],
		),
		outputShaft(view.moved([0, 0, 8]), 7, 8, 36),
		ring(face(view, 'z', [-46, 0, 44]), 0, 0, 24),
		ring(face(view, 'z', [-46, 0, 44]), 0, 0, 19),
		boltCircle(face(view, 'z', [-46, 0, 44]), 0, 0, 21.5, 6, 1.8),
		plate(side, -30, -38, 22, 14, 1.5),
		hatch(side, -27, -36, 14, 10, 3),
		turned(
			view,
			'y',
			[-48, 36, 2],
			[
				[5, 31],
				[14, 29, 27],
				[26, 27],
			],
		),
		prism(view, 'y', [-48, 95, 2], centred(62, 62, 7), 16),
		boltCircle(face(view, 'y', [-48, 95, 2]), 0, 0, 36, 4, 3),
		ring(face(view, 'y', [-48, 95, 2]), 0, 0, 24),
		ring(face(view, 'y', [-48, 95, 2]), 0, 0, 21),
		ring(face(view, 'y', [-48, 95, 2]), 0, 0, 12),
		ring(face(view, 'y', [-48, 95, 2]), 0, 0, 6.5, { fill: '#e6edee' }),
		stroke(face(view, 'y', [-48, 95, 2]), [
			[12, 0],
			[6.5, 0],
		]),
		centreLine(view, [-48, 97, 2], [-48, 150, 2]),
		turned(
			view,
			'z',
			[-20, 26, 44],
			[
				[3, 4],
				[2, 4, 3],
			],
		),
		dimension(view, [7, 0, -52], [-96, 0, -52], [0, 92, 0]),
		dimension(view, [7, 38, -52], [7, -38, -52], [50, 0, 0]),
	].join('');
}
