import { colour, path, picture, polygon, polyline, run as strokes, weight } from '../illustration/ink.ts';
import type { Point } from '../illustration/view.ts';
import { type Envelope, wholeExtent } from './envelope.ts';
import { byDepth, dimensioned, outline, plane, type Plane, ROW } from './sheet.ts';
import { mountingOf, type Rect } from './surroundings.ts';

const [WIDTH, HEIGHT] = [1600, 1200] as const;
const MARGIN = 110;

/** The product in its place, 1600 × 1200, to scale. */
export function mountingDrawing(slug: string, { solids }: Envelope): string {
	const extent = wholeExtent(solids);
	const { view, walls, neighbours, measures } = mountingOf(slug).around(extent);
	const across = view === 'front' ? 0 : 1;
	const own: Rect = {
		left: extent.low[across],
		floor: extent.low[2],
		wide: extent.high[across] - extent.low[across],
		high: extent.high[2] - extent.low[2],
	};
	const all = [own, ...walls, ...neighbours];
	const [low, floor] = [Math.min(...all.map(({ left }) => left)), Math.min(...all.map((rect) => rect.floor))];
	const wide = Math.max(...all.map((rect) => rect.left + rect.wide)) - low;
	const high = Math.max(...all.map((rect) => rect.floor + rect.high)) - floor;
	const pad = measures.length > 0 ? ROW : 0;
	const scale = Math.min((WIDTH - 2 * MARGIN - pad) / wide, (HEIGHT - 2 * MARGIN - pad) / high);
	const sheet = plane((WIDTH - wide * scale + pad) / 2, (HEIGHT + high * scale - pad) / 2, scale, low, floor, wide, high);
	return picture(
		WIDTH,
		HEIGHT,
		[
			...walls.map((rect) => hatched(rect, sheet)),
			...neighbours.map((rect) => polygon(corners(rect, sheet), { dash: '18 10' })),
			...byDepth(solids, view === 'front' ? 1 : 0).map((solid) => outline(solid, view === 'front' ? 'y' : 'x', sheet)),
			...measures.map((measure) => dimensioned(measure, sheet)),
		].join(''),
	);
}

function corners({ left, floor, wide, high }: Rect, { at }: Plane): readonly Point[] {
	return [at(left, floor), at(left + wide, floor), at(left + wide, floor + high), at(left, floor + high)];
}

/** What is cut or fixed: an outline with strokes at 45°, 16 pixels apart. */
function hatched(rect: Rect, sheet: Plane): string {
	const [[left, bottom], , [right, top]] = corners(rect, sheet) as readonly [Point, Point, Point, Point];
	const tall = bottom - top;
	const lines: string[] = [];
	for (let start = left - tall; start < right; start += 16) {
		const [from, to] = [Math.max(left, start), Math.min(right, start + tall)];
		if (to > from)
			lines.push(
				strokes([
					[from, bottom - (from - start)],
					[to, bottom - (to - start)],
				]),
			);
	}
	return (
		polygon(corners(rect, sheet), { fill: colour.shade, weight: 0 }) +
		path(lines.join(''), { weight: weight.fine * 0.5, stroke: colour.accent }) +
		polyline([...corners(rect, sheet), corners(rect, sheet)[0]!], { weight: weight.fine })
	);
}
