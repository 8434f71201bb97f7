import { box, comb, dimension, face, hatch, plate, plug, prism, rectangle, ring, slots, stroke, weight } from './kit.ts';
import type { Face, Vec, View } from './kit.ts';

/** The body of a drive in book format: front at y = 0, left edge at x = 0, standing on z = 0. */
export function book(view: View, width: number, depth: number, height: number, fins: number): string {
	const backPlate = depth * 0.045;
	const sink = depth * 0.3;
	const tab = (z: number): string =>
		prism(view, 'y', [width * 0.5 - 12, -depth + backPlate, z], rectangle(24, 22, 6), backPlate) +
		ring(face(view, 'y', [width * 0.5, -depth + backPlate, z + 11]), 0, 0, 4);
	const cooler = comb(width * 0.96, sink * 0.16, sink * 0.84, fins).map(([u, w]) => [u, w - depth + backPlate] as const);
	return (
		tab(height - 6) +
		box(view, [0, -depth, 0], [width, backPlate, height]) +
		prism(view, 'z', [width * 0.02, 0, height * 0.985], cooler, height * 0.97, weight.fine) +
		box(view, [0, -depth + backPlate + sink, 0], [width, depth - backPlate - sink, height]) +
		sideVents(view, width, depth - backPlate - sink, height) +
		topGrille(view, width, depth - backPlate - sink, height)
	);
}

function sideVents(view: View, width: number, depth: number, height: number): string {
	const side = face(view, 'x', [width, -depth, 0]);
	return (
		slots(side, depth * 0.22, height * 0.62, depth * 0.5, height * 0.26, 7) +
		slots(side, depth * 0.22, height * 0.1, depth * 0.5, height * 0.18, 5) +
		plate(side, depth * 0.22, height * 0.36, depth * 0.5, height * 0.18) +
		hatch(side, depth * 0.28, height * 0.39, depth * 0.3, height * 0.12, 5)
	);
}

function topGrille(view: View, width: number, depth: number, height: number): string {
	const top = face(view, 'z', [0, -depth, height]);
	return plate(top, width * 0.14, depth * 0.12, width * 0.72, depth * 0.4) + hatch(top, width * 0.14, depth * 0.12, width * 0.72, depth * 0.4, 9);
}

/** The two joints of a front cover. */
export function cover(front: Face, width: number, from: number, to: number): string {
	return (
		stroke(
			front,
			[
				[0, from],
				[width, from],
			],
			{ weight: weight.heavy },
		) +
		stroke(
			front,
			[
				[0, to],
				[width, to],
			],
			{ weight: weight.heavy },
		)
	);
}

/** The three outer dimensions of a drive. */
export function frame(view: View, width: number, depth: number, height: number): string {
	return (
		dimension(view, [0, 0, 0], [width, 0, 0], [0, 42, 0]) +
		dimension(view, [0, 0, 0], [0, 0, height], [-26, 26, 0]) +
		dimension(view, [width, 0, 0], [width, -depth, 0], [30, 0, 0])
	);
}

/** A power plug standing off the front. */
export function motorPlug(view: View, [x, y, z]: Vec, count: number, pitch: number): string {
	return box(view, [x, y, z], [count * pitch, 16, 22]) + plug(face(view, 'y', [x, y + 16, z]), 0, 0, count, pitch, 22);
}
