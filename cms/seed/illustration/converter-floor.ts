import { keypad } from './converter-housing.ts';
import { box, centred, dimension, face, hatch, light, patch, plate, prism, rectangle, ring, slots, stroke, turned, weight } from './kit.ts';
import type { View } from './kit.ts';

/** A floor-standing cabinet with two doors, filter section on the left. */
export function hf79000(view: View): string {
	const [w, d, h] = [800, 600, 1900];
	const front = face(view, 'y', [0, 0, 0]);
	const side = face(view, 'x', [w, -d, 0]);
	const door = (u: number): string =>
		[
			prism(view, 'y', [u + 12, 18, 130], rectangle(376, 1750, 10), 18),
			...[0.12, 0.5, 0.88].map((k) => turned(view, 'z', [u + (u === 0 ? 8 : 392), 20, 130 + 1750 * k - 30], [[60, 9]])),
			slots(face(view, 'y', [u, 18, 0]), 70, 190, 260, 300, 9),
			slots(face(view, 'y', [u, 18, 0]), 70, 1560, 260, 230, 7),
		].join('');
	const doorFace = face(view, 'y', [0, 18, 0]);
	return [
		box(view, [20, -d + 20, -100], [w - 40, d - 40, 100]),
		hatch(face(view, 'y', [20, -20, -100]), 0, 20, w - 40, 60, 3),
		box(view, [0, -d, 0], [w, d, h]),
		stroke(front, [
			[0, 100],
			[w, 100],
		]),
		door(0),
		door(400),
		...[-1, 1].map((k) => box(view, [400 + k * 44 - 12, 18, 930], [24, 26, 170]) + ring(face(view, 'y', [400 + k * 44, 44, 960]), 0, 0, 7)),
		keypad(doorFace, 490, 1170, 220, 270, '9000'),
		...[0, 1, 2].map((i) => ring(doorFace, 110 + i * 90, 1400, 26) + ring(doorFace, 110 + i * 90, 1400, 17)),
		light(doorFace, 110, 1400, 12),
		plate(doorFace, 90, 1130, 220, 190, 6),
		hatch(doorFace, 110, 1150, 180, 150, 6),
		ring(doorFace, 200, 700, 62),
		patch(
			doorFace,
			centred(34, 130, 12).map(([a, b]) => [a + 200, b + 700] as const),
		),
		slots(side, 110, 1420, 380, 330, 10),
		slots(side, 110, 180, 380, 330, 10),
		stroke(side, [
			[40, 60],
			[560, 60],
			[560, 1860],
			[40, 1860],
			[40, 60],
		]),
		prism(view, 'z', [90, -d + 80, h + 90], rectangle(620, 400, 20), 90),
		...[0, 1].map((i) => {
			const top = face(view, 'z', [250 + i * 300, -d + 280, h + 90]);
			return (
				[120, 90, 60, 30].map((r) => ring(top, 0, 0, r)).join('') +
				stroke(top, [
					[-120, 0],
					[120, 0],
				]) +
				stroke(top, [
					[0, -120],
					[0, 120],
				])
			);
		}),
		...[
			[40, -560],
			[760, -560],
			[40, -40],
			[760, -40],
		].map(
			([x, y]) =>
				ring(face(view, 'x', [x!, y!, h + 40]), 0, 0, 34, { fill: '#ffffff', weight: weight.heavy }) +
				ring(face(view, 'x', [x!, y!, h + 40]), 0, 0, 18),
		),
		dimension(view, [0, 0, -100], [w, 0, -100], [0, 220, 0]),
		dimension(view, [0, 0, -100], [0, 0, h], [-130, 130, 0]),
	].join('');
}
