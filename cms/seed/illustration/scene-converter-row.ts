import { box, colour, face, hatch, light, plate, plug, prism, rectangle, ring, slots, stroke, terminals, weight, wire } from './kit.ts';
import { cabinet, floor } from './scene-parts.ts';
import type { View } from './kit.ts';

const accent = { stroke: colour.accent, weight: weight.fine };

/** A row of cabinets, one open with converters and a cable duct. */
export function converterRow(view: View): string {
	const unit = (x: number, w: number, h: number): string => {
		const f = face(view, 'y', [x, -150, 700]);
		return (
			box(view, [x, -330, 700], [w, 180, h]) +
			plate(f, w * 0.2, h * 0.58, w * 0.6, h * 0.3) +
			stroke(
				f,
				[
					[w * 0.3, h * 0.72],
					[w * 0.7, h * 0.72],
				],
				accent,
			) +
			plug(f, w * 0.1, h * 0.34, 7, (w * 0.8) / 7, h * 0.12) +
			terminals(f, w * 0.08, h * 0.05, 5, (w * 0.84) / 5, h * 0.16) +
			light(f, w * 0.5, h * 0.52, 7) +
			hatch(face(view, 'x', [x + w, -330, 700]), 30, h * 0.3, 110, h * 0.5, 8)
		);
	};
	return [
		floor(view, [-300, -600, 0], 2700, 1500, 150),
		box(view, [-120, -400, 0], [900, 450, 1700]),
		plate(face(view, 'y', [-120, 50, 0]), 30, 60, 840, 1600, 0, { fill: colour.shade }),
		plate(face(view, 'y', [-120, -330, 0]), 60, 80, 780, 1560, 0, { fill: colour.paper }),
		...[430, 640, 1330].map((z) => box(view, [-50, -330, z], [740, 70, 60]) + hatch(face(view, 'y', [-50, -260, z]), 0, 0, 740, 60, 30, true)),
		unit(-30, 170, 400),
		unit(180, 170, 400),
		unit(400, 240, 520),
		...Array.from({ length: 12 }, (_, i) => box(view, [-30 + i * 56, -330, 260], [44, 70, 100], weight.fine)),
		...Array.from(
			{ length: 7 },
			(_, i) => box(view, [-30 + i * 90, -330, 1430], [70, 80, 120], weight.fine) + light(face(view, 'y', [-30 + i * 90, -250, 1430]), 35, 60, 8),
		),
		...[30, 80, 240, 300, 470, 560].map((x) =>
			wire(view, [
				[x, -150, 710],
				[x, -200, 640],
			]),
		),
		stroke(
			face(view, 'y', [-120, 50, 0]),
			[
				[30, 60],
				[870, 60],
				[870, 1660],
				[30, 1660],
				[30, 60],
			],
			{ weight: weight.heavy },
		),
		cabinet(view, [780, -400, 0], [560, 450, 1700]),
		cabinet(view, [1340, -400, 0], [560, 450, 1700]),
		prism(
			view,
			'x',
			[-120, 50, 0],
			rectangle(700, 1640).map(([u, w]) => [u, w + 40] as const),
			22,
		),
		plate(face(view, 'x', [-120, 50, 0]), 80, 200, 540, 1160),
		hatch(face(view, 'x', [-120, 50, 0]), 140, 300, 420, 900, 12, false, { stroke: '#b9c7ca' }),
		slots(face(view, 'x', [-120, 50, 0]), 180, 1460, 340, 140, 4),
		ring(face(view, 'x', [-120, 50, 0]), 640, 800, 22),
	].join('');
}
