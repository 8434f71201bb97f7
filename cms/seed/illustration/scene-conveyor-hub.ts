import { asynchronousMotor } from './asynchronous-motor.ts';
import { box, colour, face, hatch, weight, wire } from './kit.ts';
import { carton, conveyor, floor, post } from './scene-parts.ts';
import type { View } from './kit.ts';

const accent = { stroke: colour.accent, weight: weight.fine };

/** A hub where a high line crosses a low one. */
export function conveyorHub(view: View): string {
	const low = (x: number, y: number): string => carton(view, [x, y, 0], [240, 240, 180]);
	const lane = (y: number): string =>
		conveyor(view, [-1300, y, 0], 2500, 380, -420) +
		[-1180, -420, 260, 880].map((x, i) => (i % 2 === (y < 0 ? 0 : 1) ? low(x, y + 70) : '')).join('');
	return [
		floor(view, [-1400, -800, -420], 2700, 1800, 150),
		lane(-640),
		post(view, [-30, -690, -420], 60, 1000),
		post(view, [430, -690, -420], 60, 1000),
		lane(-120),
		lane(400),
		box(view, [-40, -760, 520], [520, 1640, 80]),
		box(view, [-60, -760, 600], [40, 1640, 60]),
		hatch(face(view, 'z', [-20, -760, 600]), 0, 0, 460, 1640, 18, false, { stroke: '#cfdadc' }),
		box(view, [440, -760, 600], [40, 1640, 60]),
		carton(view, [60, -640, 605], [300, 300, 220]),
		carton(view, [80, -60, 605], [260, 320, 180]),
		carton(view, [50, 480, 605], [320, 260, 260]),
		post(view, [-30, 840, -420], 60, 940),
		post(view, [430, 840, -420], 60, 940),
		...[-450, 70, 590].map(
			(y) =>
				asynchronousMotor(
					view.moved([1180, y + 240, -45]),
					{ height: 80, length: 230, fins: 24, shaft: [14, 34], feet: false, flange: 90, glands: 1 },
					true,
				) + box(view, [1186, y + 170, -120], [120, 140, 140]),
		),
		wire(
			view,
			[
				[480, 880, 560],
				[760, 880, 560],
				[760, 880, 120],
			],
			{ ...accent, dash: '26 14' },
		),
	].join('');
}
