/** A point in millimetres: x to the right, y away from the viewer, z up. */
export type Spot = readonly [x: number, y: number, z: number];

/** A box by its corner nearest to the origin, or a cylinder by the centre of the face it starts at. */
export type Solid =
	| { readonly shape: 'box'; readonly at: Spot; readonly size: Spot }
	| { readonly shape: 'cylinder'; readonly axis: 'x' | 'y' | 'z'; readonly at: Spot; readonly diameter: number; readonly length: number };

/** A dimension of a view, in its plane: `h` runs across, `v` upwards. `row` counts outwards from the outline; below 0: on the other side. */
export interface Measure {
	readonly view: 'front' | 'side';
	readonly run: 'h' | 'v';
	readonly from: number;
	readonly to: number;
	readonly row: number;
	readonly isDiameter?: boolean;
	/** Where the measured edges are, across the run: the extension lines begin there. */
	readonly at: number;
}

/** What a product takes up: solids that touch, and the dimensions a designer asks for. */
export interface Envelope {
	readonly solids: readonly Solid[];
	readonly measures: readonly Measure[];
	/** Holes in a view: how far across and up their centre is, and their diameter. */
	readonly holes: readonly { readonly view: 'front' | 'side'; readonly across: number; readonly up: number; readonly diameter: number }[];
}

export interface Extent {
	readonly low: Spot;
	readonly high: Spot;
}

/** The smallest box around a solid. */
export function extentOf(solid: Solid): Extent {
	if (solid.shape === 'box') {
		const [x, y, z] = solid.at;
		const [w, d, h] = solid.size;
		return { low: solid.at, high: [x + w, y + d, z + h] };
	}
	const { axis, at, diameter, length } = solid;
	const ends = (index: number, name: 'x' | 'y' | 'z'): readonly [number, number] =>
		axis === name ? [at[index]!, at[index]! + length] : [at[index]! - diameter / 2, at[index]! + diameter / 2];
	const [x, y, z] = [ends(0, 'x'), ends(1, 'y'), ends(2, 'z')];
	return { low: [x[0], y[0], z[0]], high: [x[1], y[1], z[1]] };
}

/** The smallest box around all of them. */
export function wholeExtent(solids: readonly Solid[]): Extent {
	const all = solids.map(extentOf);
	const pick = (index: number): readonly [number, number] => [
		Math.min(...all.map(({ low }) => low[index]!)),
		Math.max(...all.map(({ high }) => high[index]!)),
	];
	const [x, y, z] = [pick(0), pick(1), pick(2)];
	return { low: [x[0], y[0], z[0]], high: [x[1], y[1], z[1]] };
}

export const box = (at: Spot, size: Spot): Solid => ({ shape: 'box', at, size });
export const cylinder = (axis: 'x' | 'y' | 'z', at: Spot, diameter: number, length: number): Solid => ({
	shape: 'cylinder',
	axis,
	at,
	diameter,
	length,
});
