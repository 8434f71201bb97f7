import { colour, disc, polygon, polyline, weight } from '../illustration/ink.ts';
import type { Point } from '../illustration/view.ts';
import { extentOf, type Measure, type Solid } from './envelope.ts';
import { letters, lettersWide } from './lettering.ts';

/** Height of the figures, and the distance from one row of dimensions to the next, in pixels. */
const LETTER = 34;
export const ROW = 84;

/** The plane of a view: millimetres across and up become pixels. */
export interface Plane {
	at(across: number, up: number): Point;
	readonly scale: number;
	readonly box: { readonly left: number; readonly right: number; readonly top: number; readonly bottom: number };
}

/** A plane whose lower left corner, at `low` and `floor` mm, lies at a point of the sheet. */
export function plane(left: number, bottom: number, scale: number, low: number, floor: number, wide: number, high: number): Plane {
	return {
		scale,
		at: (across, up) => [left + (across - low) * scale, bottom - (up - floor) * scale],
		box: { left, right: left + wide * scale, top: bottom - high * scale, bottom },
	};
}

/** Far ones first, so that near ones cover them: from the front small y is near, from the right large x is. */
export function byDepth(solids: readonly Solid[], index: 0 | 1): Solid[] {
	const key = (solid: Solid): number => (index === 1 ? -extentOf(solid).low[1] : extentOf(solid).high[0]);
	return [...solids].sort((a, b) => key(a) - key(b));
}

export function outline(solid: Solid, lookAlong: 'x' | 'y', { at, scale }: Plane): string {
	const { low, high } = extentOf(solid);
	const across = lookAlong === 'y' ? 0 : 1;
	const ink = { weight: weight.heavy * 0.7, fill: colour.paper };
	if (solid.shape === 'cylinder' && solid.axis === lookAlong) {
		return disc(at((low[across] + high[across]) / 2, (low[2] + high[2]) / 2), (solid.diameter * scale) / 2, ink);
	}
	return polygon([at(low[across], low[2]), at(high[across], low[2]), at(high[across], high[2]), at(low[across], high[2])], ink);
}

export function hole({ at, scale }: Plane, x: number, z: number, diameter: number): string {
	const reach = diameter * 0.9;
	const cross = [
		polyline([at(x - reach, z), at(x + reach, z)], { weight: weight.fine * 0.7 }),
		polyline([at(x, z - reach), at(x, z + reach)], { weight: weight.fine * 0.7 }),
	];
	return disc(at(x, z), (diameter * scale) / 2, { weight: weight.fine }) + cross.join('');
}

/** Extension lines, a dimension line with arrows, and the figure above it. */
export function dimensioned({ run, from, to, row, at: edge, isDiameter }: Measure, { at, box: { left, right, bottom } }: Plane): string {
	const fine = { weight: weight.fine };
	const text = `${isDiameter ? '⌀' : ''}${String(Math.round((to - from) * 10) / 10)}`;
	const line = run === 'h' ? bottom + row * ROW : row > 0 ? left - row * ROW : right - row * ROW;
	const place = (value: number): Point => (run === 'h' ? [at(value, 0)[0], line] : [line, at(0, value)[1]]);
	const edgeOf = (value: number): Point => (run === 'h' ? at(value, edge) : at(edge, value));
	const beyond = run === 'h' ? 14 : row > 0 ? -14 : 14;
	const past = ([x, y]: Point): Point => (run === 'h' ? [x, y + beyond] : [x + beyond, y]);
	const [a, b] = [place(from), place(to)];
	const length = run === 'h' ? b[0] - a[0] : a[1] - b[1];
	const fits = length > lettersWide(text, LETTER) + 50;
	const middle: Point = [(a[0] + b[0]) / 2, (a[1] + b[1]) / 2];
	const outside = lettersWide(text, LETTER) / 2 + 46;
	const figureAt: Point =
		run === 'h' ? [fits ? middle[0] : b[0] + outside, middle[1] - LETTER / 2 - 12] : [middle[0] - LETTER / 2 - 12, fits ? middle[1] : b[1] - outside];
	const tail: Point = run === 'h' ? [b[0] + outside * 2 - 40, b[1]] : [b[0], b[1] - outside * 2 + 40];
	return [
		polyline([edgeOf(from), past(a)], fine),
		polyline([edgeOf(to), past(b)], fine),
		polyline([a, b], fine),
		fits ? '' : polyline([b, tail], fine),
		arrow(a, run, fits ? 1 : -1),
		arrow(b, run, fits ? -1 : 1),
		letters(text, figureAt, LETTER, run === 'v'),
	].join('');
}

/** A slim arrow with its tip at a point; `sign` says to which side of the tip it lies. */
function arrow([x, y]: Point, run: 'h' | 'v', sign: 1 | -1): string {
	const [long, half] = [24 * sign, 5];
	const points: readonly Point[] =
		run === 'h'
			? [
					[x, y],
					[x + long, y - half],
					[x + long, y + half],
				]
			: [
					[x, y],
					[x - half, y - long],
					[x + half, y - long],
				];
	return polygon(points, { fill: colour.ink, weight: 0 });
}
