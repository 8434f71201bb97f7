/** A point of the model in millimetres: x runs right and near, y left and near, z up. */
export type Vec = readonly [number, number, number];
/** A point of the picture in pixels. */
export type Point = readonly [number, number];
/** The direction a face looks in, or along which a part is turned. */
export type Axis = 'x' | 'y' | 'z';

/** An isometric camera. Every point it projects widens its extent. */
export interface View {
	readonly scale: number;
	readonly extent: { left: number; top: number; right: number; bottom: number };
	project(point: Vec): Point;
	/** The same camera with the model moved, for parts drawn in their own coordinates. */
	moved(offset: Vec): View;
}

const cosine = Math.cos(Math.PI / 6);

function isometric(originX: number, originY: number, scale: number, offset: Vec, extent: View['extent']): View {
	return {
		scale,
		extent,
		project([x, y, z]) {
			const [dx, dy, dz] = offset;
			const px = originX + scale * (x + dx - y - dy) * cosine;
			const py = originY + scale * ((x + dx + y + dy) / 2 - z - dz);
			extent.left = Math.min(extent.left, px);
			extent.right = Math.max(extent.right, px);
			extent.top = Math.min(extent.top, py);
			extent.bottom = Math.max(extent.bottom, py);
			return [px, py];
		},
		moved: ([x, y, z]) => isometric(originX, originY, scale, [offset[0] + x, offset[1] + y, offset[2] + z], extent),
	};
}

function openExtent(): View['extent'] {
	return { left: Infinity, top: Infinity, right: -Infinity, bottom: -Infinity };
}

/** Draws a model so that it fills the frame inside the margin: once to measure, once to keep. */
export function fitted(width: number, height: number, margin: number, draw: (view: View) => string): string {
	const probe = isometric(0, 0, 1, [0, 0, 0], openExtent());
	draw(probe);
	const { left, right, top, bottom } = probe.extent;
	const scale = Math.min((width - 2 * margin) / (right - left), (height - 2 * margin) / (bottom - top));
	const originX = width / 2 - (scale * (left + right)) / 2;
	const originY = height / 2 - (scale * (top + bottom)) / 2;
	return draw(isometric(originX, originY, scale, [0, 0, 0], openExtent()));
}

/** Picks a model point from coordinates in the plane that looks along `axis`. */
export function inPlane(axis: Axis, [x, y, z]: Vec, u: number, w: number): Vec {
	if (axis === 'x') return [x, y + u, z + w];
	if (axis === 'y') return [x + u, y, z + w];
	return [x + u, y + w, z];
}

/** Moves a point along an axis. */
export function along(axis: Axis, [x, y, z]: Vec, length: number): Vec {
	if (axis === 'x') return [x + length, y, z];
	if (axis === 'y') return [x, y + length, z];
	return [x, y, z + length];
}
