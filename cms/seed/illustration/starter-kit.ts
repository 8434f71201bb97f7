import { box, colour, face, hatch, plate, port, prism, rectangle, ring, socket, stroke, turned } from './kit.ts';
import { node } from './vibration-node.ts';
import type { Vec, View } from './kit.ts';

/** The starter kit: an open case with six nodes in foam and the gateway beside it. */
export function hc1kit(view: View): string {
	const [w, d, h] = [420, 280, 84];
	const foam = face(view, 'z', [0, 0, h - 10]);
	const seats = [0, 1, 2, 3, 4, 5].map((i): Vec => [62 + (i % 3) * 74, 70 + Math.floor(i / 3) * 84, h - 34]);
	return [
		prism(view, 'y', [0, -6, h + 8], rectangle(w, d * 0.86, 14), 34),
		prism(view, 'y', [16, -5, h + 24], rectangle(w - 32, d * 0.86 - 32, 8), 2),
		hatch(face(view, 'y', [34, -5, h + 44]), 0, 0, w - 68, d * 0.86 - 74, 8),
		plate(face(view, 'y', [34, -5, h + 44]), 90, 50, 170, 76, 6),
		stroke(
			face(view, 'y', [124, -5, h + 94]),
			[
				[14, 34],
				[40, 34],
				[48, 60],
				[60, 12],
				[72, 48],
				[82, 34],
				[156, 34],
			],
			{ stroke: colour.accent },
		),
		...[60, w - 100].map((x) => turned(view, 'x', [x, -3, h + 4], [[40, 7]])),
		prism(view, 'z', [0, 0, h], rectangle(w, d, 16), h),
		plate(foam, 14, 14, w - 28, d - 28, 10),
		...seats.map(([x, y]) => ring(foam, x, y, 28)),
		plate(foam, 262, 34, 132, 112, 6),
		plate(foam, 262, 164, 132, 84, 6),
		...seats.map((seat) => node(view, seat, false)),
		gatewayInCase(view, [270, 42, h - 26]),
		...[0, 1, 2].map((i) => ring(foam, 296 + i * 32, 206, 14) + ring(foam, 296 + i * 32, 206, 8)),
		...[0, 1].map((i) => box(view, [90 + i * 200, d, h - 26], [44, 8, 34])),
		prism(
			view,
			'y',
			[168, d + 26, h - 50],
			[
				[0, 0],
				[86, 0],
				[86, 14],
				[0, 14],
			],
			26,
		),
		...[24, w - 60].map((x) => box(view, [x, d, 6], [36, 5, 14])),
	].join('');
}

function gatewayInCase(view: View, [x, y, z]: Vec): string {
	const top = face(view, 'z', [x, y, z + 30]);
	return (
		box(view, [x, y, z], [116, 96, 30]) +
		Array.from({ length: 16 }, (_, i) => socket(top, 14 + (i % 8) * 12.6, i < 8 ? 70 : 84, 4.6, 4)).join('') +
		port(top, 10, 10, 16) +
		port(top, 30, 10, 16) +
		plate(top, 56, 8, 50, 34, 3) +
		hatch(top, 60, 12, 36, 26, 4)
	);
}
