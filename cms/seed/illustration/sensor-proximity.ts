import { arc, box, cable, centreLine, colour, dimension, face, light, prism, regular, ring, screw, turned, weight } from './kit.ts';
import type { View } from './kit.ts';

function thread(view: View, from: number, to: number, radius: number, pitch: number): string {
	const count = Math.round((to - from) / pitch);
	return Array.from({ length: count }, (_, i) =>
		turned(
			view,
			'x',
			[from + i * pitch, 0, 0],
			[
				[pitch / 2, radius * 0.94, radius],
				[pitch / 2, radius, radius * 0.94],
			],
			weight.fine,
		),
	).join('');
}

function nut(view: View, x: number, across: number, thickness: number): string {
	return (
		prism(view, 'x', [x + thickness, 0, 0], regular(6, across, 15), thickness) + ring(face(view, 'x', [x + thickness, 0, 0]), 0, 0, across * 0.82)
	);
}

/** HX1-P18: the proximity switch in its bracket. */
export function hx1p18(view: View): string {
	return [
		cable(
			view,
			[
				[-150, 0, -16],
				[-128, 0, -16],
				[-112, 0, 0],
				[-86, 0, 0],
			],
			5,
		),
		turned(
			view,
			'x',
			[-86, 0, 0],
			[
				[6, 3.4],
				[10, 5.2, 6.6],
				[14, 7.4],
			],
		),
		...Array.from({ length: 7 }, (_, i) => ring(face(view, 'x', [-68 + i * 1.6, 0, 0]), 0, 0, 7.4)),
		turned(
			view,
			'x',
			[-56, 0, 0],
			[
				[6, 6],
				[8, 8.2],
			],
		),
		light(face(view, 'y', [-45, 8.2, 1]), 0, 0, 1.3),
		thread(view, -42, -22, 9, 1.5),
		nut(view, -24, 13.8, 4),
		thread(view, -20, -12, 9, 1.5),
		turned(view, 'x', [-12, 0, 0], [[1, 10.8]]),
		bracket(view),
		nut(view, -7, 13.8, 4),
		thread(view, -3, 12, 9, 1.5),
		turned(
			view,
			'x',
			[12, 0, 0],
			[
				[2, 9],
				[7, 8.6],
				[0.8, 8.6, 8],
			],
		),
		ring(face(view, 'x', [21.8, 0, 0]), 0, 0, 5.4, { stroke: colour.accent }),
		ring(face(view, 'x', [21.8, 0, 0]), 0, 0, 2.4, { stroke: colour.accent }),
		...[3.4, 6.8, 10.2].map((gap) => ring(face(view, 'x', [22 + gap, 0, 0]), 0, 0, 8 - gap * 0.28, { stroke: colour.accent, dash: '10 8' })),
		centreLine(view, [24, 0, 0], [54, 0, 0]),
		dimension(view, [21.8, 0, 9], [-56, 0, 9], [0, -10, 30]),
	].join('');
}

function bracket(view: View): string {
	const hole = face(view, 'x', [-7, 0, 0]);
	return (
		prism(view, 'x', [-7, 0, 0], [...arc(0, 0, 17, 0, 180, 12), [-17, -26], [17, -26]], 4) +
		ring(hole, 0, 0, 12) +
		box(view, [-11, -17, -29], [34, 34, 3]) +
		[-9, 9].map((y) => screw(face(view, 'z', [14, y, -26]), 0, 0, 3)).join('')
	);
}
