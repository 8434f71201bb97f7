import type { Row } from '../../client.ts';
import { rowsOf } from '../source.ts';
import { box, cylinder, type Envelope, type Measure, type Solid, wholeExtent } from './envelope.ts';

/** Foot dimensions A, B, C and the hole K by frame, mm. Source: IEC 60072-1. */
const FEET: Readonly<Record<number, { readonly a: number; readonly b: number; readonly c: number; readonly k: number }>> = {
	71: { a: 112, b: 90, c: 45, k: 7 },
	132: { a: 216, b: 178, c: 89, k: 12 },
};
/** Shafts of gear units, length by diameter, mm. Source: DIN 748. */
const SHAFT_LENGTH: Readonly<Record<number, number>> = { 16: 28, 22: 36 };

/** The outline of a product, from its specifications; null for what has none, such as software. */
export function envelopeOf(product: Row): Envelope | null {
	const spec = (...names: readonly string[]): readonly number[] => {
		const row = rowsOf(product, 'specs').find((entry) => names.includes(String(entry['name_en'])));
		return row ? [...String(row['value']).matchAll(/\d+(?:\.\d+)?/g)].map(([text]) => Number(text)) : [];
	};
	const [size = 0] = spec('Frame or flange size', 'Flange or housing size');
	const [total = 0] = spec('Overall length');
	const [diameter = 0, reach = 0] = spec('Shaft diameter × length');
	const slug = String(product['slug']);
	if (slug.startsWith('hm')) return asynchronous(size, total, diameter, reach);
	if (slug.startsWith('hs')) return servo(size, total, diameter, reach);
	const [output = 0] = spec('Output');
	if (slug.startsWith('hg1')) return planetary(size, total, output);
	if (slug.startsWith('hg')) return rightAngle(size, total, output);
	const outer = spec('Dimensions W × H × D', 'Dimensions');
	const [first = 0, second = 0, third = 0] = outer;
	if (outer.length === 0) return null;
	if (slug === 'hx4-e58') return encoder(first, second, spec('Shaft diameter')[0] ?? 10);
	if (slug === 'hx1-p18') return barrel([cylinder('y', [0, 0, 0], first, second - 15), cylinder('y', [0, second - 15, 0], 12, 15)], 'y');
	if (slug === 'hx6-t') return barrel(transmitter(first, second), 'z');
	if (outer.length === 2) return barrel([cylinder('z', [0, 0, 0], first, second), cylinder('z', [0, 0, -8], 6, 8)], 'z');
	if (slug === 'hc1-kit') return cuboid(first, third, second);
	return slug === 'hx2-l90' ? cuboid(third, second, first) : cuboid(first, second, third);
}

function asynchronous(height: number, total: number, shaft: number, reach: number): Envelope {
	const { a, b, c, k } = FEET[height] ?? { a: height * 1.6, b: height * 1.3, c: height * 0.65, k: 8 };
	const round = height * 1.94;
	const foot = { width: a + 4 * k, length: b + 4 * k, thick: height * 0.12 };
	const lid = { width: height * 1.1, length: height * 1.2, high: height * 0.42 };
	const top = height + round / 2 + lid.high;
	return {
		solids: [
			cylinder('y', [0, -reach, height], shaft, reach),
			cylinder('y', [0, 0, height], round, total - reach),
			box([-foot.width / 2, c - 2 * k, 0], [foot.width, foot.length, foot.thick]),
			box([-round * 0.3, c - 2 * k, foot.thick], [round * 0.6, foot.length, height * 0.6]),
			box([-lid.width / 2, height * 0.35, height + round / 2 - lid.high * 0.35], [lid.width, lid.length, lid.high * 1.35]),
		],
		holes: [],
		measures: [
			front('h', -a / 2, a / 2, 1, 0),
			front('h', -foot.width / 2, foot.width / 2, 2, 0),
			front('v', 0, height, 1, -foot.width / 2),
			front('v', 0, top, 2, -foot.width / 2),
			side('h', -reach, 0, 1, 0),
			side('h', 0, c, 1, 0),
			side('h', c, c + b, 1, 0),
			side('h', -reach, total - reach, 2, 0),
			{ ...side('v', height - shaft / 2, height + shaft / 2, 1, -reach), isDiameter: true },
		],
	};
}

function servo(size: number, total: number, shaft: number, reach: number): Envelope {
	const [circle, hole, centring] = size >= 100 ? [115, 9, 95] : [70, 5.5, 50];
	const body = total - reach;
	const thick = size * 0.12;
	const turn = circle / 2 / Math.SQRT2;
	return {
		solids: [
			cylinder('y', [0, -reach, 0], shaft, reach),
			cylinder('y', [0, -3, 0], centring, 3),
			box([-size / 2, 0, -size / 2], [size, thick, size]),
			box([-size * 0.47, thick, -size * 0.47], [size * 0.94, body * 0.72 - thick, size * 0.94]),
			box([-size * 0.42, body * 0.72, -size * 0.42], [size * 0.84, body * 0.28, size * 0.84]),
			box([-size * 0.15, body * 0.5, size * 0.47], [size * 0.3, size * 0.3, size * 0.22]),
		],
		holes: [-1, 1].flatMap((x) => [-1, 1].map((z) => ({ view: 'front', across: x * turn, up: z * turn, diameter: hole }) as const)),
		measures: [
			front('h', -size / 2, size / 2, 1, -size / 2),
			front('v', -turn, turn, 1, -size / 2),
			front('v', -size / 2, size / 2, 2, -size / 2),
			side('h', -reach, 0, 1, -size / 2),
			side('h', -reach, body, 2, -size / 2),
			{ ...side('v', -shaft / 2, shaft / 2, 1, -reach), isDiameter: true },
			{ ...side('v', -centring / 2, centring / 2, 2, -3), isDiameter: true },
		],
	};
}

function planetary(size: number, total: number, shaft: number): Envelope {
	const reach = SHAFT_LENGTH[shaft] ?? shaft * 1.7;
	const body = total - reach;
	return {
		solids: [
			cylinder('y', [0, -reach, 0], shaft, reach),
			cylinder('y', [0, -3, 0], size * 0.67, 3),
			box([-size / 2, 0, -size / 2], [size, size * 0.14, size]),
			cylinder('y', [0, size * 0.14, 0], size, body * 0.6 - size * 0.14),
			box([-size * 0.5, body * 0.6, -size * 0.5], [size, body * 0.4, size]),
		],
		holes: [-1, 1].flatMap((x) =>
			[-1, 1].map((z) => ({ view: 'front', across: x * size * 0.41, up: z * size * 0.41, diameter: size * 0.09 }) as const),
		),
		measures: [
			front('h', -size / 2, size / 2, 1, -size / 2),
			front('v', -size / 2, size / 2, 1, -size / 2),
			side('h', -reach, 0, 1, -size / 2),
			side('h', -reach, body, 2, -size / 2),
			{ ...side('v', -shaft / 2, shaft / 2, 1, -reach), isDiameter: true },
		],
	};
}

function rightAngle(size: number, total: number, bore: number): Envelope {
	const [width, high, hub] = [size * 1.2, size * 1.7, bore * 1.6];
	const middle = size * 0.9;
	const flange = size * 1.1;
	return {
		solids: [
			box([-width / 2, 0, 0], [width, total * 0.72, high]),
			cylinder('x', [-width / 2 - size * 0.12, total * 0.3, middle], hub, width + size * 0.24),
			cylinder('y', [0, total * 0.72, middle], flange, total * 0.28),
		],
		holes: [{ view: 'side', across: total * 0.3, up: middle, diameter: bore }],
		measures: [
			front('h', -width / 2, width / 2, 1, 0),
			front('h', -width / 2 - size * 0.12, width / 2 + size * 0.12, 2, 0),
			front('v', 0, high, 1, -width / 2),
			side('h', 0, total * 0.3, 1, 0),
			side('h', 0, total, 2, 0),
			side('v', 0, middle, 1, 0),
			{ ...side('v', middle - bore / 2, middle + bore / 2, 2, total * 0.3), isDiameter: true },
		].map((measure) => ({ ...measure, from: Math.round(measure.from * 10) / 10, to: Math.round(measure.to * 10) / 10 })),
	};
}

function encoder(diameter: number, length: number, shaft: number): Envelope {
	return barrel([cylinder('y', [0, -20, 0], shaft, 20), cylinder('y', [0, -3, 0], 36, 3), cylinder('y', [0, 0, 0], diameter, length)], 'y');
}

function transmitter(diameter: number, length: number): Solid[] {
	return [
		cylinder('z', [0, 0, 0], 21, 18),
		cylinder('z', [0, 0, 18], 27, 14),
		cylinder('z', [0, 0, 32], diameter, length - 44),
		cylinder('z', [0, 0, length - 12], 12, 12),
	];
}

/** Cylinders along one axis: the diameter of each step, and where each step ends. */
function barrel(solids: readonly Solid[], axis: 'y' | 'z'): Envelope {
	const { low, high } = wholeExtent(solids);
	const widest = (high[0] - low[0]) / 2;
	const steps = solids.flatMap((solid) => (solid.shape === 'cylinder' ? [solid] : []));
	const start = axis === 'y' ? low[1] : low[2];
	const stop = axis === 'y' ? high[1] : high[2];
	const main = steps.reduce((largest, step) => (step.diameter > largest.diameter ? step : largest));
	const mainAt = axis === 'y' ? main.at[1] : main.at[2];
	if (axis === 'y') {
		return {
			solids,
			holes: [],
			measures: [
				{ ...front('h', -widest, widest, 1, -widest), isDiameter: true },
				...(main.length < stop - start ? [side('h', mainAt, mainAt + main.length, 1, -widest)] : []),
				side('h', start, stop, 2, -widest),
				...steps
					.filter((step) => step !== main && step.diameter < 20)
					.map((step) => ({
						...side(
							'v',
							-step.diameter / 2,
							step.diameter / 2,
							step.at[1] < mainAt ? 1 : -1,
							step.at[1] < mainAt ? step.at[1] : step.at[1] + step.length,
						),
						isDiameter: true,
					})),
			],
		};
	}
	return {
		solids,
		holes: [],
		measures: [
			{ ...front('h', -widest, widest, 1, start), isDiameter: true },
			...(main.length < stop - start ? [front('v', mainAt, mainAt + main.length, 1, -widest)] : []),
			front('v', start, stop, 2, -widest),
			...steps
				.filter((step) => step !== main)
				.map((step, at) => ({ ...side('h', -step.diameter / 2, step.diameter / 2, at + 1, step.at[2]), isDiameter: true })),
		],
	};
}

function cuboid(width: number, high: number, deep: number): Envelope {
	return {
		solids: [box([-width / 2, 0, 0], [width, deep, high])],
		holes: [],
		measures: [front('h', -width / 2, width / 2, 1, 0), front('v', 0, high, 1, -width / 2), side('h', 0, deep, 1, 0)],
	};
}

function front(run: 'h' | 'v', from: number, to: number, row: number, at: number): Measure {
	return { view: 'front', run, from, to, row, at };
}

function side(run: 'h' | 'v', from: number, to: number, row: number, at: number): Measure {
	return { view: 'side', run, from, to, row, at };
}
