import type { Palette } from '../../series-colour.ts';
import { disc, path, polygon, polyline, run } from './ink.ts';
import type { Point } from './view.ts';

/** A point of a motif in its own box, 120 wide and 100 high, y upwards. */
export type Spot = readonly [number, number];

/** Draws in the box of a motif. */
export interface Pen {
	palette: Palette;
	line(points: readonly Spot[], dash?: string): string;
	fine(points: readonly Spot[], dash?: string): string;
	area(points: readonly Spot[], fill?: string): string;
	ring(x: number, y: number, radius: number, strong?: boolean): string;
	dot(x: number, y: number, radius?: number): string;
	axes(): string;
}

/** A pen whose box has its lower left corner at a point of the picture. */
export function pen(left: number, bottom: number, unit: number, palette: Palette): Pen {
	const at = ([x, y]: Spot): Point => [left + x * unit, bottom - y * unit];
	const strong = { stroke: palette.strong, weight: 6 };
	const quiet = { stroke: palette.quiet, weight: 2.5 };
	return {
		palette,
		line: (points, dash) => polyline(points.map(at), dash === undefined ? strong : { ...strong, dash }),
		fine: (points, dash) => polyline(points.map(at), dash === undefined ? quiet : { ...quiet, dash }),
		area: (points, fill = palette.grid) => polygon(points.map(at), { fill, weight: 0 }),
		ring: (x, y, radius, heavy = false) => disc(at([x, y]), radius * unit, heavy ? strong : quiet),
		dot: (x, y, radius = 1.3) => disc(at([x, y]), radius * unit, { fill: palette.strong, weight: 0 }),
		axes: () =>
			path(
				run(
					[
						[0, 100],
						[0, 0],
						[120, 0],
					].map(([x, y]) => at([x!, y!])),
				),
				quiet,
			) + path(ticks(at), quiet),
	};
}

function ticks(at: (spot: Spot) => Point): string {
	const across = Array.from({ length: 12 }, (_, i) => run([at([10 * (i + 1), 0]), at([10 * (i + 1), -2])]));
	const up = Array.from({ length: 10 }, (_, i) => run([at([0, 10 * (i + 1)]), at([-2, 10 * (i + 1)])]));
	return across.join('') + up.join('');
}

/** The points of a curve from x = a to x = b. */
export function curve(a: number, b: number, count: number, height: (x: number) => number): Spot[] {
	return Array.from({ length: count + 1 }, (_, i): Spot => {
		const x = a + ((b - a) * i) / count;
		return [x, height(x)];
	});
}

/** The points of a circle or an arc, angles in degrees. */
export function round(cx: number, cy: number, radius: number, from = 0, to = 360, count = 60): Spot[] {
	return Array.from({ length: count + 1 }, (_, i): Spot => {
		const angle = ((from + ((to - from) * i) / count) * Math.PI) / 180;
		return [cx + radius * Math.cos(angle), cy + radius * Math.sin(angle)];
	});
}
