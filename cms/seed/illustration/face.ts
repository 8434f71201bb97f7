import { colour, path, polygon, polyline, weight } from './ink.ts';
import type { Ink } from './ink.ts';
import { arc, ellipseData, rectangle } from './solid.ts';
import type { Flat } from './solid.ts';
import { inPlane } from './view.ts';
import type { Axis, Vec, View } from './view.ts';

/** A flat surface of the model on which details are drawn. */
export interface Face {
	readonly view: View;
	readonly axis: Axis;
	readonly origin: Vec;
}

/** The face looking along `axis` with its own origin. */
export function face(view: View, axis: Axis, origin: Vec): Face {
	return { view, axis, origin };
}

/** A closed outline on a face. */
export function patch({ view, axis, origin }: Face, points: readonly Flat[], ink: Ink = { fill: colour.paper }): string {
	return polygon(
		points.map(([u, w]) => view.project(inPlane(axis, origin, u, w))),
		ink,
	);
}

/** An open line on a face. */
export function stroke({ view, axis, origin }: Face, points: readonly Flat[], ink?: Ink): string {
	return polyline(
		points.map(([u, w]) => view.project(inPlane(axis, origin, u, w))),
		ink,
	);
}

/** A rectangle on a face. */
export function plate(on: Face, u: number, w: number, width: number, height: number, radius = 0, ink?: Ink): string {
	return patch(
		on,
		rectangle(width, height, radius).map(([a, b]): Flat => [a + u, b + w]),
		ink,
	);
}

/** A circle on a face. */
export function ring(on: Face, u: number, w: number, radius: number, ink: Ink = { fill: colour.paper }): string {
	return path(ellipseData(on.view, on.axis, inPlane(on.axis, on.origin, u, w), radius), ink);
}

/** A socket-head screw. */
export function screw(on: Face, u: number, w: number, radius: number): string {
	return ring(on, u, w, radius) + patch(on, arc(u, w, radius * 0.55, 0, 300, 5), { fill: 'none' });
}

/** Screws on a pitch circle. */
export function boltCircle(on: Face, u: number, w: number, pitch: number, count: number, radius: number, turn = 45): string {
	return arc(u, w, pitch, turn, turn + 360 - 360 / count, count - 1)
		.map(([a, b]) => screw(on, a, b, radius))
		.join('');
}

/** Ventilation slots, stacked upwards. */
export function slots(on: Face, u: number, w: number, width: number, height: number, count: number): string {
	const pitch = height / count;
	return Array.from({ length: count }, (_, i) => plate(on, u, w + i * pitch, width, pitch * 0.5, pitch * 0.24)).join('');
}

/** Parallel hatching, upright when `upright` is set. */
export function hatch(on: Face, u: number, w: number, width: number, height: number, count: number, upright = false, ink?: Ink): string {
	return Array.from({ length: count }, (_, i) => {
		const part = (i + 0.5) / count;
		return upright
			? stroke(
					on,
					[
						[u + width * part, w],
						[u + width * part, w + height],
					],
					ink,
				)
			: stroke(
					on,
					[
						[u, w + height * part],
						[u + width, w + height * part],
					],
					ink,
				);
	}).join('');
}

/** A row of screw terminals, each with its wire opening. */
export function terminals(on: Face, u: number, w: number, count: number, pitch: number, height: number): string {
	const cells = Array.from({ length: count }, (_, i) => {
		const left = u + i * pitch;
		return (
			plate(on, left, w, pitch, height) +
			ring(on, left + pitch / 2, w + height * 0.7, Math.min(pitch * 0.34, height * 0.22)) +
			stroke(on, [
				[left + pitch * 0.28, w + height * 0.62],
				[left + pitch * 0.72, w + height * 0.78],
			]) +
			plate(on, left + pitch * 0.22, w + height * 0.12, pitch * 0.56, height * 0.26, 0, { fill: colour.ink, weight: 0 })
		);
	});
	return cells.join('') + plate(on, u, w, count * pitch, height, 0, { fill: 'none' });
}

/** A pluggable spring terminal strip. */
export function plug(on: Face, u: number, w: number, count: number, pitch: number, height: number): string {
	const cells = Array.from({ length: count }, (_, i) => {
		const left = u + i * pitch;
		return (
			plate(on, left + pitch * 0.2, w + height * 0.14, pitch * 0.6, height * 0.42) +
			stroke(on, [
				[left + pitch * 0.3, w + height * 0.78],
				[left + pitch * 0.7, w + height * 0.78],
			])
		);
	});
	return plate(on, u, w, count * pitch, height) + cells.join('');
}

/** An RJ45 port. */
export function port(on: Face, u: number, w: number, size: number): string {
	const notch: Flat[] = [
		[u + size * 0.12, w + size * 0.12],
		[u + size * 0.88, w + size * 0.12],
		[u + size * 0.88, w + size * 0.62],
		[u + size * 0.68, w + size * 0.62],
		[u + size * 0.68, w + size * 0.78],
		[u + size * 0.32, w + size * 0.78],
		[u + size * 0.32, w + size * 0.62],
		[u + size * 0.12, w + size * 0.62],
	];
	return plate(on, u, w, size, size * 0.92) + patch(on, notch) + hatch(on, u + size * 0.24, w + size * 0.14, size * 0.52, size * 0.16, 6, true);
}

/** A round M12 or M17 socket seen from the front. */
export function socket(on: Face, u: number, w: number, radius: number, pins = 4): string {
	const pinRing = arc(u, w, radius * 0.36, 45, 405 - 360 / pins, pins - 1);
	return (
		ring(on, u, w, radius, { fill: colour.paper, weight: weight.fine }) +
		ring(on, u, w, radius * 0.78) +
		pinRing.map(([a, b]) => ring(on, a, b, radius * 0.1, { fill: colour.ink, weight: 0 })).join('')
	);
}

/** A status light in the accent colour. */
export function light(on: Face, u: number, w: number, radius: number): string {
	return ring(on, u, w, radius, { fill: colour.accent, weight: 0 });
}

/** A display with segment digits; a digit is drawn from its bars, so no font is needed. */
export function display(on: Face, u: number, w: number, width: number, height: number, digits: string): string {
	const bars: Record<string, string> = {
		'0': 'abcdef',
		'1': 'bc',
		'2': 'abged',
		'3': 'abgcd',
		'4': 'fgbc',
		'5': 'afgcd',
		'6': 'afgedc',
		'7': 'abc',
		'8': 'abcdefg',
		'9': 'gfabcd',
		r: 'eg',
		n: 'ceg',
		'-': 'g',
	};
	const cell = (width * 0.84) / digits.length;
	const drawn = [...digits].map((digit, i) => {
		// A face towards x is seen with u running from right to left.
		const from = width * 0.08 + cell * (i + 0.2);
		const [left, right] = on.axis === 'x' ? [u + width - from, u + width - from - cell * 0.6] : [u + from, u + from + cell * 0.6];
		// On a face that looks up, w runs down the picture.
		const rise = on.axis === 'z' ? -0.28 : 0.28;
		const [low, mid, high] = [w + height * (0.5 - rise), w + height * 0.5, w + height * (0.5 + rise)];
		const lines: Record<string, Flat[]> = {
			a: [
				[left, high],
				[right, high],
			],
			b: [
				[right, high],
				[right, mid],
			],
			c: [
				[right, mid],
				[right, low],
			],
			d: [
				[left, low],
				[right, low],
			],
			e: [
				[left, mid],
				[left, low],
			],
			f: [
				[left, high],
				[left, mid],
			],
			g: [
				[left, mid],
				[right, mid],
			],
		};
		return [...(bars[digit] ?? '')].map((bar) => stroke(on, lines[bar]!, { stroke: colour.accent, weight: weight.fine })).join('');
	});
	return plate(on, u, w, width, height) + drawn.join('');
}
