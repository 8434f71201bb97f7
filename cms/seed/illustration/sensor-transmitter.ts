import {
	centred,
	colour,
	dimension,
	display,
	face,
	hatch,
	light,
	plate,
	prism,
	regular,
	ring,
	screw,
	socket,
	stroke,
	turned,
	weight,
	wire,
} from './kit.ts';
import type { View } from './kit.ts';

/** HX6-T: the transmitter with its probe. */
export function hx6t(view: View): string {
	const head = face(view, 'y', [0, 17, 78]);
	return [
		turned(
			view,
			'z',
			[0, 0, -62],
			[
				[22, 3],
				[2, 3, 6],
				[18, 6],
			],
		),
		...Array.from({ length: 8 }, (_, i) =>
			turned(
				view,
				'z',
				[0, 0, -20 + i * 2],
				[
					[1, 9.4, 10],
					[1, 10, 9.4],
				],
				weight.fine,
			),
		),
		turned(view, 'z', [0, 0, -4], [[2, 13]]),
		prism(view, 'z', [0, 0, 10], regular(6, 16, 15), 12),
		turned(
			view,
			'z',
			[0, 0, 10],
			[
				[2, 12],
				[10, 10],
				[4, 10, 14],
				[18, 14],
			],
		),
		...[0, 1, 2, 3].map((i) => turned(view, 'z', [0, 0, 25 + i * 4], [[1.6, 15.6]], weight.fine)),
		turned(view, 'z', [0, 0, 44], [[4, 14, 18]]),
		prism(view, 'y', [0, 17, 78], centred(40, 60, 8), 34),
		prism(view, 'z', [0, 0, 110], centred(30, 24, 6), 2),
		plate(head, -15, -4, 30, 26, 3),
		display(head, -13, 4, 26, 14, '425'),
		light(head, -9, 0, 1.3),
		ring(head, -4, 0, 1.3),
		ring(head, 1, 0, 1.3),
		ring(head, -8, -14, 4.4),
		ring(head, 8, -14, 4.4),
		stroke(head, [
			[-10, -15],
			[-8, -12.6],
			[-6, -15],
		]),
		stroke(head, [
			[6, -13],
			[8, -15.4],
			[10, -13],
		]),
		...[
			[-16, 26],
			[16, 26],
			[-16, -26],
			[16, -26],
		].map(([u, w]) => screw(head, u!, w!, 1.6)),
		turned(
			view,
			'x',
			[20, 0, 84],
			[
				[3, 8],
				[4, 6.2],
				[10, 7],
			],
		),
		socket(face(view, 'x', [37, 0, 84]), 0, 0, 6, 4),
		hatch(face(view, 'x', [20, -12, 54]), 0, 0, 24, 16, 4),
		wire(
			view,
			[
				[0, 0, -64],
				[0, 0, -84],
			],
			{ stroke: colour.accent, dash: '34 10 5 10' },
		),
		dimension(view, [0, 0, -62], [0, 0, -20], [-30, 30, 0]),
		dimension(view, [0, 0, -20], [0, 0, 108], [-42, 42, 0]),
	].join('');
}
