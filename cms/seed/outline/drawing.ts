import { colour, picture, polyline, weight } from '../illustration/ink.ts';
import { type Envelope, type Extent, type Measure, type Solid, wholeExtent } from './envelope.ts';
import { byDepth, dimensioned, hole, outline, plane, type Plane, ROW } from './sheet.ts';

const [WIDTH, HEIGHT] = [1600, 1200] as const;
const MARGIN = 90;

/** The dimension drawing of a product, front and side, 1600 × 1200, in millimetres and to one scale. */
export function dimensionDrawing({ solids, measures, holes }: Envelope): string {
	const whole = wholeExtent(solids);
	const rows = (view: Measure['view'], run: Measure['run'], sign: 1 | -1): number =>
		Math.max(0, ...measures.filter((measure) => measure.view === view && measure.run === run).map(({ row }) => row * sign));
	const pad = {
		front: rows('front', 'v', 1) * ROW,
		side: rows('side', 'v', 1) * ROW,
		right: rows('side', 'v', -1) * ROW,
		below: Math.max(rows('front', 'h', 1), rows('side', 'h', 1)) * ROW,
	};
	const gap = 100;
	const wide = whole.high[0] - whole.low[0];
	const deep = whole.high[1] - whole.low[1];
	const high = whole.high[2] - whole.low[2];
	const scale = Math.min((WIDTH - 2 * MARGIN - gap - pad.front - pad.side - pad.right) / (wide + deep), (HEIGHT - 2 * MARGIN - pad.below) / high);
	const spare = WIDTH - 2 * MARGIN - gap - pad.front - pad.side - pad.right - scale * (wide + deep);
	const bottom = HEIGHT - (HEIGHT - high * scale - pad.below) / 2 - pad.below;
	const frontLeft = MARGIN + pad.front + spare / 3;
	const sideLeft = frontLeft + wide * scale + gap + pad.side + spare / 3;
	const front = plane(frontLeft, bottom, scale, whole.low[0], whole.low[2], wide, high);
	const side = plane(sideLeft, bottom, scale, whole.low[1], whole.low[2], deep, high);
	const body = [
		...byDepth(solids, 1).map((solid) => outline(solid, 'y', front)),
		...byDepth(solids, 0).map((solid) => outline(solid, 'x', side)),
		...holes.map(({ view, across, up, diameter }) => hole(view === 'front' ? front : side, across, up, diameter)),
		axes(solids, front, side, whole),
		...measures.map((measure) => dimensioned(measure, measure.view === 'front' ? front : side)),
	];
	return picture(WIDTH, HEIGHT, body.join(''));
}

/** Chain lines through what is round. */
function axes(solids: readonly Solid[], front: Plane, side: Plane, { low, high }: Extent): string {
	const round = solids.find((solid) => solid.shape === 'cylinder' && solid.axis !== 'x');
	if (round === undefined || round.shape !== 'cylinder') return '';
	const over = 0.06 * (high[2] - low[2]);
	const chain = { weight: weight.fine * 0.8, stroke: colour.accent, dash: '28 8 5 8' };
	const [x, y, z] = round.at;
	if (round.axis === 'z')
		return (
			polyline([front.at(x, low[2] - over), front.at(x, high[2] + over)], chain) +
			polyline([side.at(y, low[2] - over), side.at(y, high[2] + over)], chain)
		);
	return (
		polyline([front.at(x, low[2] - over), front.at(x, high[2] + over)], chain) +
		polyline([front.at(low[0] - over, z), front.at(high[0] + over, z)], chain) +
		polyline([side.at(low[1] - over, z), side.at(high[1] + over, z)], chain)
	);
}
