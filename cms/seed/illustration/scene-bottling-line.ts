import { asynchronousMotor } from './asynchronous-motor.ts';
import { box, face, radio, ring, turned } from './kit.ts';
import { bottle, conveyor, floor } from './scene-parts.ts';
import { node } from './vibration-node.ts';
import type { View } from './kit.ts';

/** A filler carousel with bottles on the line, nodes on its bearings. */
export function bottlingLine(view: View): string {
	const around = Array.from({ length: 18 }, (_, i) => (i * 20 * Math.PI) / 180)
		.map((a) => [430 * Math.cos(a), 430 * Math.sin(a)] as const)
		.sort((a, b) => a[0] + a[1] - b[0] - b[1]);
	return [
		floor(view, [-1200, -750, -400], 2700, 1800, 150),
		turned(
			view,
			'z',
			[0, -60, -400],
			[
				[60, 620],
				[280, 560],
				[60, 600],
			],
		),
		ring(face(view, 'z', [0, -60, 0]), 0, 0, 340),
		...around.filter(([x, y]) => x + y < 0).map(([x, y]) => bottle(view, [x, y - 60, 0], 46)),
		turned(
			view,
			'z',
			[0, -60, 0],
			[
				[420, 180],
				[30, 230],
			],
		),
		...around.filter(([x, y]) => x + y >= 0).map(([x, y]) => bottle(view, [x, y - 60, 0], 46)),
		turned(
			view,
			'z',
			[0, -60, 450],
			[
				[60, 520],
				[30, 540],
			],
		),
		...around
			.filter(([x, y]) => x + y >= 0)
			.map(([x, y]) =>
				turned(
					view,
					'z',
					[x * 1.1, y * 1.1 - 60, 360],
					[
						[70, 20],
						[30, 34],
					],
				),
			),
		turned(
			view,
			'z',
			[0, -60, 540],
			[
				[160, 200],
				[40, 220],
				[60, 90],
			],
		),
		conveyor(view, [-1150, 560, 0], 2500, 190, -400),
		...Array.from({ length: 15 }, (_, i) => bottle(view, [-1090 + i * 165, 655, 0], 46)),
		node(view.moved([-900, 776, -30]), [0, 0, 0], false),
		asynchronousMotor(
			view.moved([1330, 700, -46]),
			{ height: 90, length: 240, fins: 24, shaft: [14, 40], feet: false, flange: 100, glands: 1 },
			true,
		),
		box(view, [1338, 620, -130], [120, 160, 150]),
		node(view.moved([1240, 770, 50]), [0, 0, 0], false),
		radio(view, [1270, 770, 120], 1, 34),
		radio(view, [90, 20, 800], 1, 34),
		node(view.moved([0, -60, 800]), [0, 0, 0], false),
	].join('');
}
