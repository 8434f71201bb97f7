import { key } from './asynchronous-motor.ts';
import { boltCircle, box, centred, centreLine, dimension, face, hatch, plate, prism, ring, turned, weight } from './kit.ts';
import type { Flat, Vec, View } from './kit.ts';

/** A synchronous servo motor with its shaft along x and its flange face at x = 0; `bare` leaves out the dimensions. */
export function servoMotor(view: View, size: number, length: number, options: { grooves: boolean; single: boolean; bare?: boolean }): string {
	const half = size / 2;
	const [shaft, reach] = [size * 0.12, size * 0.5];
	const bodyLength = length * 0.72;
	const profile = options.grooves ? grooved(size * 0.94) : centred(size * 0.94, size * 0.94, size * 0.1);
	const parts = [
		prism(view, 'x', [-bodyLength - length * 0.02, 0, 0], centred(size * 0.84, size * 0.84, size * 0.12), length * 0.26),
		prism(view, 'x', [-bodyLength + size * 0.1, 0, 0], centred(size * 0.95, size * 0.95, size * 0.1), size * 0.12),
		prism(view, 'x', [-size * 0.14, 0, 0], profile, bodyLength - size * 0.24, options.grooves ? weight.fine : weight.heavy),
		prism(view, 'x', [0, 0, 0], centred(size, size, size * 0.09), size * 0.14),
	];
	const flange = face(view, 'x', [0, 0, 0]);
	parts.push(boltCircle(flange, 0, 0, half * 1.17, 4, size * 0.05), ring(flange, 0, 0, half * 0.86));
	parts.push(
		turned(
			view,
			'x',
			[0, 0, 0],
			[
				[size * 0.05, half * 0.8],
				[size * 0.04, shaft * 1.7],
				[reach * 0.94, shaft],
				[reach * 0.06, shaft, shaft * 0.85],
			],
		),
	);
	parts.push(key(view, [size * 0.16, 0, shaft], reach * 0.62, shaft * 0.55));
	parts.push(plate(face(view, 'y', [-bodyLength * 0.72, half * 0.94, 0]), 0, -size * 0.16, bodyLength * 0.4, size * 0.32, size * 0.03));
	parts.push(hatch(face(view, 'y', [-bodyLength * 0.72, half * 0.94, 0]), size * 0.05, -size * 0.1, bodyLength * 0.26, size * 0.2, 4));
	const seats = options.single ? [-bodyLength * 0.86] : [-bodyLength * 0.58, -bodyLength * 0.98];
	parts.push(...seats.reverse().map((x, i) => angledPlug(view, [x, 0, half * 0.94], size * (options.single ? 0.2 : 0.17 - i * 0.01))));
	if (options.bare === true) return parts.join('');
	parts.push(centreLine(view, [reach * 1.1, 0, 0], [reach * 2, 0, 0]));
	parts.push(dimension(view, [0, half, -half], [-length, half, -half], [0, size * 0.34, 0]));
	parts.push(dimension(view, [0, -half, -half], [0, half, -half], [size * 0.5, 0, -size * 0.04]));
	return parts.join('');
}

function grooved(size: number): Flat[] {
	const half = size / 2;
	const teeth = 7;
	const side = Array.from({ length: teeth }, (_, i): Flat[] => {
		const from = -half * 0.74 + (i * half * 1.48) / teeth;
		const step = (half * 1.48) / teeth;
		return [
			[from, -half],
			[from + step * 0.55, -half],
			[from + step * 0.55, -half * 0.91],
			[from + step, -half * 0.91],
		];
	}).flat();
	const edge: Flat[] = [[-half * 0.9, -half], ...side, [half * 0.74, -half], [half * 0.9, -half]];
	return [0, 1, 2, 3].flatMap((quarter) =>
		edge.map(([u, w]): Flat => {
			const [c, s] = [
				[1, 0],
				[0, 1],
				[-1, 0],
				[0, -1],
			][quarter] as [number, number];
			return [u * c - w * s, u * s + w * c];
		}),
	);
}

function angledPlug(view: View, [x, y, z]: Vec, radius: number): string {
	const ribs = [0.5, 0.72, 0.94, 1.16].map((step) =>
		ring(face(view, 'y', [x, y + radius * (1.25 + step), z + radius * 1.5]), 0, 0, radius * 1.02, { fill: '#ffffff' }),
	);
	return (
		box(view, [x - radius * 1.2, y - radius * 1.2, z], [radius * 2.4, radius * 2.4, radius * 0.5]) +
		turned(view, 'z', [x, y, z + radius * 0.5], [[radius * 0.5, radius * 1.05]]) +
		prism(view, 'y', [x, y + radius * 1.25, z + radius * 1.5], centred(radius * 2.1, radius * 2.1, radius * 0.6), radius * 2.2) +
		turned(
			view,
			'y',
			[x, y + radius * 1.25, z + radius * 1.5],
			[
				[radius * 0.4, radius * 0.85],
				[radius * 1.1, radius],
			],
		) +
		ribs.join('') +
		turned(view, 'y', [x, y + radius * 2.6, z + radius * 1.5], [[radius * 0.35, radius * 0.78]]) +
		boltCircle(face(view, 'y', [x, y + radius * 2.95, z + radius * 1.5]), 0, 0, radius * 0.42, 5, radius * 0.09)
	);
}
