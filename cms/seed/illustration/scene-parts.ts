import { box, centred, colour, face, hatch, plate, prism, rectangle, ring, screw, slots, stroke, turned, weight } from './kit.ts';
import type { Axis, Vec, View } from './kit.ts';

const faint = { stroke: '#cfdadc', weight: weight.fine };

/** A shop floor as a light grid. */
export function floor(view: View, [x, y, z]: Vec, width: number, depth: number, step: number): string {
	const on = face(view, 'z', [x, y, z]);
	const lines: string[] = [];
	for (let u = 0; u <= width; u += step)
		lines.push(
			stroke(
				on,
				[
					[u, 0],
					[u, depth],
				],
				faint,
			),
		);
	for (let w = 0; w <= depth; w += step)
		lines.push(
			stroke(
				on,
				[
					[0, w],
					[width, w],
				],
				faint,
			),
		);
	return lines.join('');
}

/** A belt conveyor along x from the corner of its belt. */
export function conveyor(view: View, [x, y, z]: Vec, length: number, width: number, floorZ: number): string {
	const legs = [0.08, 0.92].flatMap((part) =>
		[0, width - 40].map((dy) => box(view, [x + length * part - 20, y + dy, floorZ], [40, 40, z - floorZ - 90])),
	);
	const side = face(view, 'y', [x, y + width, z - 90]);
	const belt = face(view, 'z', [x, y, z]);
	return [
		...legs,
		turned(view, 'y', [x, y, z - 45], [[width, 45]]),
		box(view, [x, y, z - 90], [length, width, 90]),
		turned(view, 'y', [x + length, y + 8, z - 45], [[width - 16, 45]]),
		hatch(belt, 0, 14, length, width - 28, Math.round(length / 120), true, faint),
		stroke(belt, [
			[0, 14],
			[length, 14],
		]),
		stroke(belt, [
			[0, width - 14],
			[length, width - 14],
		]),
		plate(side, 20, 22, length - 40, 46),
		...Array.from({ length: Math.round(length / 240) }, (_, i) => screw(side, 120 + i * 240, 45, 12)),
	].join('');
}

/** A carton with its tape. */
export function carton(view: View, [x, y, z]: Vec, [width, depth, height]: Vec): string {
	const top = face(view, 'z', [x, y, z + height]);
	const label = face(view, 'y', [x, y + depth, z]);
	return (
		box(view, [x, y, z], [width, depth, height]) +
		plate(top, 0, depth * 0.44, width, depth * 0.12) +
		plate(label, width * 0.58, height * 0.16, width * 0.3, height * 0.3) +
		hatch(label, width * 0.61, height * 0.2, width * 0.24, height * 0.22, 6, true)
	);
}

/** A pipe along an axis with a flange at each end. */
export function pipe(view: View, axis: Axis, start: Vec, length: number, radius: number): string {
	const rim = radius * 0.28;
	return turned(view, axis, start, [
		[rim, radius * 1.6],
		[length - 2 * rim, radius],
		[rim, radius * 1.6],
	]);
}

/** A centrifugal pump on its base, shaft towards −x, discharge upwards. */
export function pump(view: View, [x, y, z]: Vec, r: number): string {
	const at = (dx: number, dy: number, dz: number): Vec => [x + dx * r, y + dy * r, z + dz * r];
	return [
		box(view, at(0.1, -0.6, -1.5), [r * 1.1, r * 1.2, r * 0.7]),
		pipe(view, 'z', at(0.7, -0.55, 0.3), r * 1.5, r * 0.36),
		turned(view, 'x', at(-0.5, 0, 0), [
			[r * 0.5, r * 0.4],
			[r * 0.3, r * 0.9, r],
			[r * 0.7, r],
			[r * 0.24, r, r * 0.82],
		]),
		...Array.from({ length: 8 }, (_, i) =>
			screw(face(view, 'x', at(1.24, 0, 0)), Math.cos(i * 0.785) * r * 0.7, Math.sin(i * 0.785) * r * 0.7, r * 0.06),
		),
		pipe(view, 'x', at(1.24, 0, 0), r * 0.9, r * 0.4),
		ring(face(view, 'x', at(2.14, 0, 0)), 0, 0, r * 0.36, { fill: colour.shade }),
	].join('');
}

/** A shaft coupling along x. */
export function coupling(view: View, start: Vec, length: number, radius: number): string {
	return turned(view, 'x', start, [
		[length * 0.2, radius * 0.5],
		[length * 0.26, radius],
		[length * 0.08, radius * 0.8],
		[length * 0.26, radius],
		[length * 0.2, radius * 0.5],
	]);
}

/** A control cabinet with one door and vents. */
export function cabinet(view: View, [x, y, z]: Vec, [width, depth, height]: Vec): string {
	const door = face(view, 'y', [x, y + depth, z]);
	return [
		box(view, [x, y, z], [width, depth, height]),
		plate(door, width * 0.06, height * 0.07, width * 0.88, height * 0.88),
		slots(door, width * 0.22, height * 0.12, width * 0.56, height * 0.12, 5),
		slots(door, width * 0.22, height * 0.78, width * 0.56, height * 0.1, 4),
		plate(door, width * 0.3, height * 0.56, width * 0.4, height * 0.13),
		hatch(door, width * 0.36, height * 0.58, width * 0.28, height * 0.09, 3, false, { stroke: colour.accent }),
		ring(door, width * 0.84, height * 0.46, width * 0.035),
		hatch(face(view, 'x', [x + width, y, z]), depth * 0.2, height * 0.72, depth * 0.6, height * 0.18, 7),
	].join('');
}

/** A bottle standing on a point. */
export function bottle(view: View, at: Vec, radius: number): string {
	return turned(
		view,
		'z',
		at,
		[
			[radius * 3.2, radius],
			[radius * 1.2, radius, radius * 0.38],
			[radius * 1.1, radius * 0.38],
			[radius * 0.4, radius * 0.48],
		],
		weight.fine * 1.4,
	);
}

/** A vertical post with a square foot. */
export function post(view: View, [x, y, z]: Vec, size: number, height: number): string {
	return (
		box(view, [x - size, y - size, z], [size * 2, size * 2, size * 0.3]) +
		prism(view, 'z', [x, y, z + height], centred(size, size, size * 0.1), height - size * 0.3)
	);
}

/** A linear axis along x: extrusion, two rails, and a carriage at `position`. */
export function linearAxis(view: View, [x, y, z]: Vec, length: number, width: number, position: number): string {
	const h = width * 0.5;
	return [
		box(view, [x, y, z], [length, width, h]),
		hatch(face(view, 'y', [x, y + width, z]), 0, h * 0.2, length, h * 0.6, 2),
		...[0.12, 0.74].map((part) => box(view, [x, y + width * part, z + h], [length, width * 0.14, width * 0.1])),
		turned(view, 'x', [x, y + width / 2, z + h + width * 0.08], [[length, width * 0.07]]),
		box(view, [x, y, z + h], [width * 0.3, width, width * 0.36]),
		box(view, [x + position, y - width * 0.06, z + h + width * 0.08], [width * 1.3, width * 1.12, width * 0.28]),
		box(view, [x + length - width * 0.3, y, z + h], [width * 0.3, width, width * 0.36]),
	].join('');
}

/** A profile on a table, for parts that are only a block with a round-cornered outline. */
export function block(view: View, [x, y, z]: Vec, width: number, depth: number, height: number, radius: number): string {
	return prism(view, 'z', [x, y, z + height], rectangle(width, depth, radius), height);
}
