import type { Extent, Measure } from './envelope.ts';

/** A rectangle in the plane of a view, mm. */
export interface Rect {
	readonly left: number;
	readonly floor: number;
	readonly wide: number;
	readonly high: number;
}

/** What stands around a product where it works: what it is fixed to (hatched), and its neighbours (broken lines). */
interface Surroundings {
	readonly view: 'front' | 'side';
	readonly walls: readonly Rect[];
	readonly neighbours: readonly Rect[];
	readonly measures: readonly Measure[];
}

export interface Mounting {
	/** What the sketch shows, for those who cannot see it. */
	readonly text: string;
	readonly around: (extent: Extent) => Surroundings;
}

/** How a product is mounted. */
export function mountingOf(slug: string): Mounting {
	if (/^(?:hd|hf3|hc2)/.test(slug)) return inCabinet;
	if (/^(?:hf7|hc1-kit)/.test(slug)) return onFloor;
	if (slug.startsWith('hm')) return onFoundation;
	if (slug.startsWith('hf1')) return onWall;
	if (slug.startsWith('hc1')) return onHousing;
	if (/^(?:hg2|hg4)/.test(slug)) return onShaft;
	if (slug.startsWith('hx6')) return onPipe;
	return slug.startsWith('hx1') || slug.startsWith('hx2') ? atTarget : byFlange;
}

const inCabinet: Mounting = {
	text: 'upright on a metal plate in a cabinet, side by side with its neighbours, with 100 mm of free air above and below',
	around: ({ low, high }) => {
		const [wide, tall] = [high[0] - low[0], high[2] - low[2]];
		const edge = Math.max(20, wide * 0.2);
		const plate: Rect = { left: low[0] - wide - edge, floor: low[2] - 100 - edge, wide: 3 * wide + 2 * edge, high: tall + 200 + 2 * edge };
		return {
			view: 'front',
			walls: frame(plate, edge),
			neighbours: [-1, 1].map((side) => ({ left: low[0] + side * wide, floor: low[2], wide, high: tall })),
			measures: [
				{ view: 'front', run: 'v', from: high[2], to: high[2] + 100, row: 1, at: low[0] },
				{ view: 'front', run: 'v', from: low[2] - 100, to: low[2], row: 1, at: low[0] },
			],
		};
	},
};

const onFloor: Mounting = {
	text: 'on level ground, with its back to the wall',
	around: ({ low, high }) => {
		const [deep, tall] = [high[1] - low[1], high[2] - low[2]];
		const thick = 0.08 * tall;
		return {
			view: 'side',
			walls: [
				{ left: low[1] - deep * 0.6, floor: low[2] - thick, wide: deep * 1.9 + thick, high: thick },
				{ left: high[1] + deep * 0.3, floor: low[2], wide: thick, high: tall * 1.2 },
			],
			neighbours: [],
			measures: [],
		};
	},
};

const onWall: Mounting = {
	text: 'with its back on a wall or on the motor it drives, without a cabinet',
	around: ({ low, high }) => {
		const tall = high[2] - low[2];
		return {
			view: 'side',
			walls: [{ left: high[1], floor: low[2] - tall * 0.3, wide: tall * 0.12, high: tall * 1.6 }],
			neighbours: [],
			measures: [],
		};
	},
};

const onHousing: Mounting = {
	text: 'screwed onto a spot-faced place of the bearing housing, its stud in an M6 thread',
	around: ({ high }) => {
		const [wide, tall] = [high[0] * 6, high[2]];
		return {
			view: 'front',
			walls: [{ left: -wide / 2, floor: -tall * 0.45, wide, high: tall * 0.45 }],
			neighbours: [],
			measures: [],
		};
	},
};

const onFoundation: Mounting = {
	text: 'standing on a machined face, in line with the machine beside it',
	around: ({ low, high }) => {
		const [long, tall] = [high[1] - low[1], high[2] - low[2]];
		const thick = 0.16 * tall;
		return {
			view: 'side',
			walls: [{ left: low[1] - long * 0.9, floor: low[2] - thick, wide: long * 2, high: thick }],
			neighbours: [
				{ left: low[1] - long * 0.8, floor: low[2], wide: long * 0.62, high: tall * 0.86 },
				{ left: low[1] - long * 0.18, floor: low[2] + tall * 0.3, wide: long * 0.18, high: tall * 0.26 },
			],
			measures: [],
		};
	},
};

const byFlange: Mounting = {
	text: 'flanged to a plate, with its shaft through the bore and the driven part on the other side',
	around: ({ low, high }) => {
		const [long, tall] = [high[1] - low[1], high[2] - low[2]];
		const [thick, middle] = [-low[1] * 0.5, 0];
		const bore = tall * 0.36;
		return {
			view: 'side',
			walls: [
				{ left: -thick, floor: middle + bore, wide: thick, high: tall * 0.7 },
				{ left: -thick, floor: middle - bore - tall * 0.7, wide: thick, high: tall * 0.7 },
			],
			neighbours: [{ left: low[1] - long * 0.2, floor: middle - tall * 0.42, wide: long * 0.2 + (-low[1] - thick) * 0.8, high: tall * 0.84 }],
			measures: [],
		};
	},
};

const onShaft: Mounting = {
	text: 'pushed onto the driven shaft by its hollow shaft and held against turning by a torque arm',
	around: ({ low, high }) => {
		const [wide, tall] = [high[0] - low[0], high[2] - low[2]];
		const middle = low[2] + tall * 0.53;
		return {
			view: 'front',
			walls: [{ left: low[0] - wide * 0.3, floor: low[2] - tall * 0.36, wide: wide * 1.6, high: tall * 0.12 }],
			neighbours: [
				{ left: low[0] - wide * 0.9, floor: middle - tall * 0.08, wide: wide * 0.9, high: tall * 0.16 },
				{ left: low[0] - wide * 1.5, floor: middle - tall * 0.42, wide: wide * 0.6, high: tall * 0.84 },
				{ left: low[0] + wide * 0.42, floor: low[2] - tall * 0.24, wide: wide * 0.16, high: tall * 0.24 },
			],
			measures: [],
		};
	},
};

const onPipe: Mounting = {
	text: 'screwed upright into a socket of the pipe, its connector at the top',
	around: ({ low, high }) => {
		const [wide, tall] = [high[0] - low[0], high[2] - low[2]];
		const wall = tall * 0.1;
		const bore = 10.5;
		const side = wide * 2;
		return {
			view: 'front',
			walls: [
				{ left: -bore - side, floor: low[2] + 6, wide: side, high: wall },
				{ left: bore, floor: low[2] + 6, wide: side, high: wall },
				{ left: -bore - side, floor: low[2] - tall * 0.7, wide: 2 * (side + bore), high: wall },
			],
			neighbours: [],
			measures: [],
		};
	},
};

const atTarget: Mounting = {
	text: 'through a bracket, its sensing face towards the target',
	around: ({ low, high }) => {
		const [long, tall] = [high[1] - low[1], high[2] - low[2]];
		const away = 8;
		const thick = long * 0.12;
		return {
			view: 'side',
			walls: [
				{ left: low[1] + long * 0.35, floor: high[2], wide: thick, high: tall * 0.9 },
				{ left: low[1] + long * 0.35, floor: low[2] - tall * 0.9, wide: thick, high: tall * 0.9 },
			],
			neighbours: [{ left: low[1] - away - thick * 1.4, floor: low[2] - tall * 0.8, wide: thick * 1.4, high: tall * 2.6 }],
			measures: [],
		};
	},
};

/** The four sides of a plate that is seen from the front. */
function frame({ left, floor, wide, high }: Rect, edge: number): Rect[] {
	return [
		{ left, floor, wide, high: edge },
		{ left, floor: floor + high - edge, wide, high: edge },
		{ left, floor: floor + edge, wide: edge, high: high - 2 * edge },
		{ left: left + wide - edge, floor: floor + edge, wide: edge, high: high - 2 * edge },
	];
}
