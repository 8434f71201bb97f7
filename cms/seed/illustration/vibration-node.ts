import { arc, centreLine, colour, dimension, face, light, prism, radio, regular, ring, screw, stroke, turned } from './kit.ts';
import type { Vec, View } from './kit.ts';

/** A wireless vibration node standing on its stud. */
export function node(view: View, [x, y, z]: Vec, detail = true): string {
	const top = face(view, 'z', [x, y, z + 62]);
	const grip = Array.from({ length: 9 }, (_, i) => {
		const t = ((-40 + i * 20) * Math.PI) / 180;
		return [x + 21.5 * Math.cos(t), y + 21.5 * Math.sin(t)] as const;
	});
	return [
		detail
			? turned(view, 'z', [x, y, z - 16], [[16, 4]]) + [0, 1, 2, 3, 4].map((i) => ring(face(view, 'z', [x, y, z - 14 + i * 2.6]), 0, 0, 4)).join('')
			: '',
		turned(view, 'z', [x, y, z], [[3, 16]]),
		prism(view, 'z', [x, y, z + 14], regular(6, 23, 15), 11),
		turned(
			view,
			'z',
			[x, y, z + 14],
			[
				[3, 19],
				[4, 20, 21.5],
				[27, 21.5],
				[2, 20.4],
				[10, 21.5],
				[2, 21.5, 19],
			],
		),
		detail
			? grip
					.map(([px, py]) =>
						stroke(face(view, 'y', [px, py, z + 22]), [
							[0, 0],
							[0, 14],
						]),
					)
					.join('')
			: '',
		ring(top, 0, 0, 15),
		ring(top, 0, 0, 11),
		light(top, 0, 0, 2.2),
		detail ? stroke(top, arc(0, 0, 7, 20, 70, 4), { stroke: colour.accent }) + stroke(top, arc(0, 0, 7, 200, 250, 4), { stroke: colour.accent }) : '',
	].join('');
}

/** HC1-NODE: a node above its mounting pad. */
export function hc1node(view: View): string {
	const pad = face(view, 'z', [0, 0, -22]);
	const axes: readonly (readonly [Vec, Vec])[] = [
		[
			[30, 0, 8],
			[62, 0, 8],
		],
		[
			[0, 30, 8],
			[0, 62, 8],
		],
	];
	return [
		turned(view, 'z', [0, 0, -32], [[10, 52]]),
		ring(pad, 0, 0, 44),
		ring(pad, 0, 0, 6),
		...[0, 90, 180, 270].map((a) => screw(pad, Math.cos((a * Math.PI) / 180) * 36, Math.sin((a * Math.PI) / 180) * 36, 4)),
		node(view, [0, 0, 0]),
		...axes.map(([a, b]) => centreLine(view, a, b)),
		centreLine(view, [0, 0, 66], [0, 0, 104]),
		radio(view, [20, -20, 62], 1, 40),
		radio(view, [-20, 20, 62], -1, 40),
		dimension(view, [22, 0, 0], [22, 0, 62], [36, -36, 0]),
	].join('');
}
