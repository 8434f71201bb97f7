import { box, centred, centreLine, colour, face, hatch, plate, prism, ring, screw, stroke, turned, weight } from './kit.ts';
import { cabinet, floor } from './scene-parts.ts';
import type { View } from './kit.ts';

const accent = { stroke: colour.accent, weight: weight.fine };

/** A portal press driven by two servo screws. */
export function servoPress(view: View): string {
	const column = (x: number, y: number): string => box(view, [x, y, 0], [130, 130, 1050]);
	const screwDrive = (x: number): string =>
		[
			turned(
				view,
				'z',
				[x, 190, 1330],
				[
					[40, 120],
					[20, 90],
				],
			),
			prism(view, 'z', [x, 190, 1640], centred(170, 170, 16), 250),
			...[-50, 0, 50].map((d) =>
				stroke(face(view, 'y', [x, 275, 1400]), [
					[d, 0],
					[d, 220],
				]),
			),
			prism(view, 'z', [x, 190, 1720], centred(150, 150, 20), 80),
			turned(
				view,
				'x',
				[x + 80, 190, 1660],
				[
					[34, 30],
					[26, 22],
				],
			),
		].join('');
	return [
		floor(view, [-600, -400, -300], 2100, 1350, 150),
		box(view, [-100, -60, -300], [1200, 500, 300]),
		hatch(face(view, 'y', [-100, 440, -300]), 60, 60, 420, 180, 6),
		plate(face(view, 'y', [-100, 440, -300]), 560, 50, 560, 200),
		column(-60, -20),
		column(930, -20),
		box(view, [250, 60, 0], [500, 260, 90]),
		hatch(face(view, 'y', [250, 320, 0]), 0, 0, 500, 90, 3),
		box(view, [330, 100, 90], [340, 180, 70]),
		...[
			[300, 290],
			[700, 290],
		].map(([x, y]) => turned(view, 'z', [x!, y!, 90], [[190, 18]])),
		...[250, 750].map(
			(x) =>
				turned(view, 'z', [x, 190, 640], [[440, 46]]) +
				Array.from({ length: 12 }, (_, i) => ring(face(view, 'z', [x, 190, 680 + i * 30]), 0, 0, 46)).join(''),
		),
		box(view, [130, 10, 440], [740, 360, 210]),
		plate(face(view, 'y', [130, 370, 440]), 250, 50, 240, 110),
		stroke(
			face(view, 'y', [130, 370, 440]),
			[
				[280, 80],
				[340, 80],
				[360, 130],
				[390, 60],
				[410, 80],
				[460, 80],
			],
			accent,
		),
		box(view, [330, 100, 360], [340, 180, 80]),
		column(-60, 290),
		column(930, 290),
		box(view, [-100, -60, 1050], [1200, 520, 280]),
		hatch(face(view, 'y', [-100, 460, 1050]), 80, 50, 300, 180, 6),
		...[-30, 1030].flatMap((x) => [1110, 1270].map((z) => screw(face(view, 'y', [x, 460, z]), 0, 0, 22))),
		screwDrive(250),
		screwDrive(750),
		centreLine(view, [500, 190, 360], [500, 190, 170]),
		cabinet(view, [1180, -250, -300], [360, 320, 1000]),
	].join('');
}
