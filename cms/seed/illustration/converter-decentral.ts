import {
	box,
	comb,
	dimension,
	display,
	face,
	hatch,
	light,
	patch,
	plate,
	prism,
	rectangle,
	regular,
	ring,
	screw,
	socket,
	stroke,
	turned,
	weight,
} from './kit.ts';
import type { Vec, View } from './kit.ts';

function gland(view: View, [x, y, z]: Vec, size: number): string {
	return (
		prism(view, 'y', [x, y + size * 0.8, z], regular(6, size, 30), size * 0.8) +
		turned(
			view,
			'y',
			[x, y + size * 0.8, z],
			[
				[size * 0.9, size * 0.82],
				[size * 0.5, size * 0.82, size * 0.5],
			],
		)
	);
}

/** Decentral, IP65: a cast housing with cooling fins on top and all cables at the front. */
export function hf10075(view: View): string {
	const [w, d, h] = [235, 170, 92];
	const fins = comb(w - 24, 4, 34, 13).map(([u, z]) => [u + 12, z] as const);
	const front = face(view, 'y', [0, 0, 0]);
	const side = face(view, 'x', [w, -d, 0]);
	return [
		...[-12, w - 20].flatMap((x) =>
			[-d - 0, -30].map((y) => box(view, [x, y, -10], [32, 30, 10]) + screw(face(view, 'z', [x + (x < 0 ? 8 : 24), y + 15, 0]), 0, 0, 5)),
		),
		prism(view, 'z', [0, -d, h * 0.46], rectangle(w, d, 16), h * 0.46),
		prism(view, 'z', [-4, -d - 4, h * 0.52], rectangle(w + 8, d + 8, 18), h * 0.06),
		prism(view, 'z', [0, -d, h], rectangle(w, d, 16), h * 0.48),
		prism(view, 'y', [0, -26, h], fins, d - 52, weight.fine),
		plate(side, 44, 50, 82, 32, 4),
		display(side, 50, 56, 40, 20, '50'),
		ring(side, 108, 66, 11),
		stroke(
			side,
			[
				[108, 58],
				[108, 74],
			],
			{ weight: weight.heavy },
		),
		ring(side, 60, 22, 14),
		ring(side, 60, 22, 8),
		patch(
			side,
			regular(6, 5, 0).map(([a, b]) => [a + 60, b + 22] as const),
		),
		light(side, 96, 22, 3),
		ring(side, 110, 22, 3),
		gland(view, [34, 0, 21], 15),
		gland(view, [76, 0, 21], 15),
		...[128, 164, 200].map(
			(x) =>
				turned(
					view,
					'y',
					[x, 0, 21],
					[
						[5, 14],
						[12, 11],
					],
				) + socket(face(view, 'y', [x, 17, 21]), 0, 0, 11, 5),
		),
		...[26, 118, 210].map((x) => screw(front, x, 68, 5)),
		plate(front, 50, 57, 46, 24, 3),
		hatch(front, 56, 61, 32, 16, 3),
		dimension(view, [0, 0, 0], [w, 0, 0], [0, 75, 0]),
		dimension(view, [w, 0, 0], [w, -d, 0], [46, 0, 0]),
	].join('');
}
