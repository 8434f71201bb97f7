import { colour, path, polygon, polyline, round, run, weight } from './ink.ts';
import { along, inPlane } from './view.ts';
import type { Axis, Point, Vec, View } from './view.ts';

/** A point in the plane of a face. */
export type Flat = readonly [number, number];

const softCorner = Math.cos(Math.PI / 7);
const major = Math.sqrt(1.5);
const minor = Math.SQRT1_2;
const tilt = { x: -60, y: 60, z: 0 } as const;
const forward = { x: [Math.cos(Math.PI / 6), 0.5], y: [-Math.cos(Math.PI / 6), 0.5], z: [0, -1] } as const;

/** The circle of a model radius around a model point, as path data. */
export function ellipseData(view: View, axis: Axis, centre: Vec, radius: number): string {
	const [cx, cy] = view.project(centre);
	arc(0, 0, radius, 0, 315, 7).forEach(([u, w]) => view.project(inPlane(axis, centre, u, w)));
	const turn = (tilt[axis] * Math.PI) / 180;
	const dx = Math.cos(turn) * major * radius * view.scale;
	const dy = Math.sin(turn) * major * radius * view.scale;
	const half = `A${round(major * radius * view.scale)} ${round(minor * radius * view.scale)} ${tilt[axis]} 1 1`;
	return `M${round(cx + dx)} ${round(cy + dy)}${half} ${round(cx - dx)} ${round(cy - dy)}${half} ${round(cx + dx)} ${round(cy + dy)}Z`;
}

/** One step of a turned part: length, radius and, for a cone, the radius at its near end. */
export type Step = readonly [length: number, radius: number, nearRadius?: number];

/** A turned part (shaft, flange, barrel) from its far end towards the viewer. */
export function turned(view: View, axis: Axis, start: Vec, steps: readonly Step[], outline: number = weight.heavy): string {
	let from = start;
	const turn = (tilt[axis] * Math.PI) / 180;
	const [mx, my] = [Math.cos(turn) * major * view.scale, Math.sin(turn) * major * view.scale];
	const sweep = mx * forward[axis][1] - my * forward[axis][0] > 0 ? 1 : 0;
	const arc = (radius: number): string => `A${round(radius * major * view.scale)} ${round(radius * minor * view.scale)} ${tilt[axis]} 0 ${sweep} `;
	ellipseData(view, axis, start, steps[0]?.[1] ?? 0);
	return steps
		.map(([length, radius, near = radius]) => {
			const to = along(axis, from, length);
			const [ax, ay] = view.project(from);
			const [bx, by] = view.project(to);
			const at = (x: number, y: number): string => `${round(x)} ${round(y)}`;
			const body =
				`M${at(ax + mx * radius, ay + my * radius)}L${at(bx + mx * near, by + my * near)}${arc(near)}` +
				`${at(bx - mx * near, by - my * near)}L${at(ax - mx * radius, ay - my * radius)}${arc(radius)}${at(ax + mx * radius, ay + my * radius)}Z`;
			const shading =
				length * view.scale > 26 && radius * view.scale > 14
					? [-37, -28, -15].map((angle, index) => rule(view, axis, from, length, radius, near, angle, 0.06 + index * 0.12)).join('')
					: '';
			const drawn = path(body, { weight: outline, fill: colour.paper }) + shading + path(ellipseData(view, axis, to, near), {});
			from = to;
			return drawn;
		})
		.join('');
}

function rule(view: View, axis: Axis, from: Vec, length: number, radius: number, near: number, degrees: number, inset: number): string {
	const angle = (degrees * Math.PI) / 180;
	const end = (part: number): Point => {
		const reach = radius + (near - radius) * part;
		return view.project(inPlane(axis, along(axis, from, length * part), Math.cos(angle) * reach, Math.sin(angle) * reach));
	};
	return polyline([end(inset), end(1 - inset)]);
}

/** A profile drawn in the plane of a face and pulled back from it; `near` is the origin of the near face. */
export function prism(view: View, axis: Axis, near: Vec, profile: readonly Flat[], depth: number, outline: number = weight.heavy): string {
	const area = profile.reduce((sum, [u, w], i) => sum + u * at(profile, i + 1)[1] - at(profile, i + 1)[0] * w, 0);
	const points = area > 0 ? profile : [...profile].reverse();
	const far = along(axis, near, -depth);
	const front = points.map(([u, w]) => view.project(inPlane(axis, near, u, w)));
	const back = points.map(([u, w]) => view.project(inPlane(axis, far, u, w)));
	const sides = points.map(([u, w], i) => {
		const [nu, nw] = at(points, i + 1);
		const length = Math.hypot(nu - u, nw - w) || 1;
		const normal: Flat = [(nw - w) / length, (u - nu) / length];
		return { i, normal, seen: normal[0] + normal[1] > 1e-6, near: u + nu + w + nw };
	});
	const seen = sides.filter((side) => side.seen).sort((a, b) => a.near - b.near);
	const quads = seen.map(({ i, normal }) => {
		const quad = [front[i]!, at(front, i + 1), at(back, i + 1), back[i]!];
		const tone = axis !== 'x' && normal[0] > 0.8 ? colour.shade : colour.paper;
		const previous = at(sides, i - 1);
		const next = at(sides, i + 1);
		const hard = (other: typeof previous): boolean => other.normal[0] * normal[0] + other.normal[1] * normal[1] < softCorner;
		return (
			polygon(quad, { fill: tone, stroke: tone, weight: 1 }) +
			polyline([back[i]!, at(back, i + 1)], { weight: outline }) +
			(hard(previous) || !previous.seen ? polyline([front[i]!, back[i]!], { weight: previous.seen ? weight.fine : outline }) : '') +
			(hard(next) || !next.seen ? polyline([at(front, i + 1), at(back, i + 1)], { weight: next.seen ? weight.fine : outline }) : '')
		);
	});
	const face = polygon(front, { fill: axis === 'x' ? colour.shade : colour.paper });
	const rim = sides.filter((side) => !side.seen).map(({ i }) => run([front[i]!, at(front, i + 1)]));
	return quads.join('') + face + path(rim.join(''), { weight: outline });
}

function at<T>(items: readonly T[], index: number): T {
	return items[(index + items.length) % items.length]!;
}

/** A box from its lowest corner. */
export function box(view: View, [x, y, z]: Vec, [width, depth, height]: Vec, outline: number = weight.heavy): string {
	return prism(view, 'z', [x, y, z + height], rectangle(width, depth), height, outline);
}

/** The profile of a rectangle from its corner, with round corners when a radius is given. */
export function rectangle(width: number, height: number, radius = 0): Flat[] {
	if (radius === 0)
		return [
			[0, 0],
			[width, 0],
			[width, height],
			[0, height],
		];
	const corners: readonly (readonly [number, number, number])[] = [
		[width - radius, radius, -90],
		[width - radius, height - radius, 0],
		[radius, height - radius, 90],
		[radius, radius, 180],
	];
	return corners.flatMap(([cx, cy, start]) => arc(cx, cy, radius, start, start + 90, 6));
}

/** The points of a circular arc, angles in degrees. */
export function arc(cx: number, cy: number, radius: number, start: number, end: number, steps: number): Flat[] {
	return Array.from({ length: steps + 1 }, (_, i): Flat => {
		const angle = ((start + ((end - start) * i) / steps) * Math.PI) / 180;
		return [cx + radius * Math.cos(angle), cy + radius * Math.sin(angle)];
	});
}

/** A rectangle around the origin of its face. */
export function centred(width: number, height: number, radius = 0): Flat[] {
	return rectangle(width, height, radius).map(([u, w]): Flat => [u - width / 2, w - height / 2]);
}

/** A round body with cooling fins: radius at the root, height of the fins, their number. */
export function finned(root: number, height: number, count: number): Flat[] {
	return Array.from({ length: count }, (_, i) => i * (360 / count)).flatMap((angle) => {
		const step = 360 / count;
		return [...arc(0, 0, root, angle, angle + step * 0.62, 1), ...arc(0, 0, root + height, angle + step * 0.68, angle + step * 0.94, 1)];
	});
}

/** A comb of straight fins standing on a base, as in an extruded heat sink. */
export function comb(width: number, base: number, height: number, count: number): Flat[] {
	const pitch = width / (count - 0.5);
	const fins = Array.from({ length: count }, (_, i): Flat[] => [
		[i * pitch, base],
		[i * pitch, base + height],
		[i * pitch + pitch / 2, base + height],
		[i * pitch + pitch / 2, base],
	]).flat();
	return [[0, 0], ...fins, [width, 0]];
}

/** A regular polygon around the origin, such as a hexagon nut. */
export function regular(sides: number, radius: number, turn = 0): Flat[] {
	return arc(0, 0, radius, turn, turn + 360 - 360 / sides, sides - 1);
}
