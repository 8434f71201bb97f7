import { arc, box, colour, face, plate, prism, ring, screw, stroke, turned, weight, wire } from './kit.ts';
import { cabinet, floor, pipe } from './scene-parts.ts';
import type { Flat, View } from './kit.ts';

const accent = { stroke: colour.accent, weight: weight.fine };

/** Three vertical pumps on one manifold, with the converters in a row. */
export function pumpingStation(view: View): string {
	const set = (x: number): string =>
		[
			box(view, [x - 150, -120, -300], [300, 300, 60]),
			...[
				[-120, 150],
				[120, 150],
			].map(([dx, y]) => screw(face(view, 'z', [x + dx!, y!, -240]), 0, 0, 14)),
			turned(
				view,
				'z',
				[x, 30, -240],
				[
					[40, 110],
					[160, 130],
					[30, 150],
				],
			),
			pipe(view, 'y', [x, 140, -150], 190, 62),
			ring(face(view, 'y', [x, 330, -150]), 0, 0, 56, { fill: colour.shade }),
			turned(
				view,
				'z',
				[x, 30, -10],
				[
					[120, 76],
					[24, 130],
					[16, 140],
				],
			),
			...[-60, -20, 20, 60].map((d) =>
				stroke(face(view, 'y', [x, 108, -4]), [
					[d, 0],
					[d, 108],
				]),
			),
			prism(
				view,
				'z',
				[x, 30, 470],
				Array.from({ length: 28 }, (_, i) => i * (360 / 28)).flatMap((a): Flat[] => [
					...arc(0, 0, 112, a, a + 8, 1),
					...arc(0, 0, 130, a + 8.4, a + 12, 1),
				]),
				320,
				weight.fine,
			),
			turned(
				view,
				'z',
				[x, 30, 470],
				[
					[16, 128],
					[90, 126],
					[24, 126, 90],
				],
			),
			...[70, 50, 30].map((r) => ring(face(view, 'z', [x, 30, 600]), 0, 0, r)),
			box(view, [x - 60, 150, 240], [120, 70, 130]),
			plate(face(view, 'y', [x - 60, 220, 240]), 12, 12, 96, 106, 8),
		].join('');
	return [
		floor(view, [-800, -550, -300], 2600, 1200, 150),
		...[-420, 200, 820].map((x) => pipe(view, 'y', [x, -320, -150], 230, 56)),
		pipe(view, 'x', [-760, -380, -150], 1700, 84),
		pipe(view, 'x', [940, -380, -150], 420, 84),
		...[-420, 200, 820].map(set),
		...[-420, 200, 820].map((x) =>
			turned(
				view,
				'z',
				[x, -230, -80],
				[
					[60, 16],
					[10, 60],
				],
			),
		),
		cabinet(view, [1240, -280, -300], [280, 300, 1000]),
		cabinet(view, [1520, -280, -300], [280, 300, 1000]),
		wire(
			view,
			[
				[1240, 20, -120],
				[1100, 20, -120],
				[1100, 20, 300],
				[960, 60, 300],
			],
			accent,
		),
	].join('');
}
