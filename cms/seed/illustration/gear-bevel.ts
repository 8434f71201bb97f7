import { key } from './asynchronous-motor.ts';
import {
	arc,
	boltCircle,
	box,
	centreLine,
	dimension,
	face,
	hatch,
	patch,
	plate,
	prism,
	rectangle,
	ring,
	screw,
	stroke,
	turned,
	weight,
} from './kit.ts';
import type { Flat, View } from './kit.ts';

/** Helical-bevel gear unit in a ribbed cast housing, hollow output shaft towards the viewer. */
export function hg4250(view: View): string {
	const housing: Flat[] = [[-210, -200], [190, -200], ...arc(90, 60, 100, 0, 90, 6), [-120, 160], ...arc(-130, 80, 80, 90, 180, 5)];
	const front = face(view, 'y', [0, 120, 0]);
	const rib = (x: number, low: number, high: number): string => prism(view, 'y', [x, 138, low], rectangle(14, high - low), 18);
	return [
		box(view, [-230, -150, -230], [440, 320, 30]),
		...[-190, 0, 170].map((x) => screw(face(view, 'z', [x, 148, -200]), 0, 0, 13)),
		prism(view, 'y', [0, 120, 0], housing, 240),
		prism(view, 'z', [-150, -80, 172], rectangle(190, 160, 12), 14),
		...[
			[-138, -68],
			[28, -68],
			[-138, 68],
			[28, 68],
		].map(([x, y]) => screw(face(view, 'z', [x!, y!, 172]), 0, 0, 8)),
		ring(face(view, 'z', [-55, 0, 172]), 0, 0, 16),
		turned(
			view,
			'z',
			[-55, 0, 172],
			[
				[14, 11],
				[10, 14],
			],
		),
		...[-60, 60].map(
			(y) =>
				ring(face(view, 'y', [115, y, 188]), 0, 0, 26, { fill: '#ffffff', weight: weight.heavy }) + ring(face(view, 'y', [115, y, 188]), 0, 0, 13),
		),
		rib(-196, -200, 60),
		rib(-42, -200, -150),
		rib(88, -200, -10),
		rib(168, -200, 60),
		turned(
			view,
			'y',
			[-35, 120, -30],
			[
				[16, 132],
				[10, 126, 118],
			],
		),
		boltCircle(face(view, 'y', [-35, 146, -30]), 0, 0, 102, 8, 9, 22.5),
		ring(face(view, 'y', [-35, 146, -30]), 0, 0, 86),
		turned(
			view,
			'y',
			[-35, 146, -30],
			[
				[14, 66],
				[24, 52],
			],
		),
		ring(face(view, 'y', [-35, 184, -30]), 0, 0, 38, { fill: '#e6edee' }),
		patch(face(view, 'y', [-35, 184, -30]), [
			[-7, 36],
			[-7, 45],
			[7, 45],
			[7, 36],
		]),
		plate(front, 66, 84, 84, 46, 4),
		hatch(front, 74, 90, 60, 32, 3),
		ring(front, 135, -110, 22),
		ring(front, 135, -110, 15),
		stroke(
			front,
			[
				[123, -110],
				[147, -110],
			],
			{ stroke: '#0b5563' },
		),
		turned(
			view,
			'x',
			[190, 0, -60],
			[
				[18, 92],
				[70, 78, 84],
				[14, 120],
			],
		),
		boltCircle(face(view, 'x', [292, 0, -60]), 0, 0, 104, 8, 8, 22.5),
		ring(face(view, 'x', [292, 0, -60]), 0, 0, 82),
		ring(face(view, 'x', [292, 0, -60]), 0, 0, 40, { fill: '#ffffff' }),
		turned(
			view,
			'x',
			[280, 0, -60],
			[
				[14, 34],
				[70, 20],
			],
		),
		key(view, [300, 0, -40], 44, 11),
		centreLine(view, [-35, 186, -30], [-35, 330, -30]),
		centreLine(view, [364, 0, -60], [420, 0, -60]),
		dimension(view, [-230, 170, -230], [210, 170, -230], [0, 130, 0]),
		dimension(view, [-210, 120, -230], [-210, 120, 160], [-90, 90, 0]),
	].join('');
}
