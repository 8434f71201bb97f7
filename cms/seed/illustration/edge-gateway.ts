import {
	colour,
	dimension,
	display,
	face,
	hatch,
	light,
	plate,
	plug,
	port,
	prism,
	radio,
	rectangle,
	ring,
	socket,
	stroke,
	turned,
	weight,
} from './kit.ts';
import type { Flat, View } from './kit.ts';

/** The edge gateway on its rail. */
export function gateway(view: View): string {
	const [w, d, h] = [180, 62, 118];
	const front = face(view, 'y', [0, 0, 0]);
	const side = face(view, 'x', [w, -d, 0]);
	const input = (i: number): string => socket(front, 18 + (i % 8) * 20.5, i < 8 ? 40 : 18, 7.6, 4);
	return [
		prism(
			view,
			'x',
			[w + 34, -d - 2, 42],
			[
				[0, 0],
				[-3, 0],
				[-3, 8],
				[-8, 8],
				[-8, 27],
				[-3, 27],
				[-3, 35],
				[0, 35],
				[0, 33],
				[-1, 33],
				[-1, 25],
				[-6, 25],
				[-6, 10],
				[-1, 10],
				[-1, 2],
				[0, 2],
			].map(([u, q]): Flat => [u!, q!]),
			w + 68,
		),
		prism(view, 'z', [0, -d, h], rectangle(w, d, 4), h),
		...Array.from({ length: 16 }, (_, i) => plate(face(view, 'z', [0, -d, h]), 30 + i * 7.6, 10, 3.4, 40, 1.6)),
		...[12, 168].map((x) =>
			turned(
				view,
				'z',
				[x, -d / 2, h],
				[
					[4, 5],
					[6, 4.4],
					[4, 4.4, 3.2],
					[58, 3.2],
					[2, 3.2, 2],
				],
			),
		),
		hatch(side, 12, 14, d - 24, h - 28, 9),
		stroke(
			front,
			[
				[3, 54],
				[w - 3, 54],
			],
			{ weight: weight.heavy },
		),
		...Array.from({ length: 16 }, (_, i) => input(i)),
		...Array.from({ length: 16 }, (_, i) =>
			i === 2 || i === 9 ? ring(front, 18 + (i % 8) * 20.5, i < 8 ? 50 : 28.4, 1.4, { fill: colour.accent, weight: 0 }) : '',
		),
		port(front, 12, 66, 18),
		port(front, 34, 66, 18),
		plug(front, 60, 66, 6, 5.2, 17),
		plate(front, 98, 64, 68, 42, 3),
		display(front, 104, 84, 30, 16, '16'),
		stroke(
			front,
			[
				[140, 84],
				[144, 90],
				[147, 87],
				[150, 98],
				[153, 86],
				[157, 92],
				[161, 88],
			],
			{ stroke: colour.accent },
		),
		hatch(front, 104, 67, 56, 12, 3),
		plate(front, 12, 90, 74, 18, 2),
		...Array.from({ length: 8 }, (_, i) => (i < 3 ? light(front, 20 + i * 8.4, 99, 1.8) : ring(front, 20 + i * 8.4, 99, 1.8))),
	].join('');
}

/** HC2-EDGE: the gateway with its antennas on the air. */
export function hc2edge(view: View): string {
	return (
		gateway(view) +
		radio(view, [168, -31, 188], 1, 34) +
		radio(view, [12, -31, 188], -1, 34) +
		dimension(view, [0, 0, 0], [180, 0, 0], [0, 34, 0]) +
		dimension(view, [0, 0, 0], [0, 0, 118], [-26, 26, 0])
	);
}
