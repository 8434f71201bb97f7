import { colour, path, polyline, run, weight } from './ink.ts';
import type { Ink } from './ink.ts';
import type { Point, Vec, View } from './view.ts';

const accent: Ink = { stroke: colour.accent, weight: weight.fine };

function plus(a: Vec, b: Vec, part = 1): Vec {
	return [a[0] + b[0] * part, a[1] + b[1] * part, a[2] + b[2] * part];
}

/** A filled arrowhead in the plane of the picture. */
export function arrowhead([x, y]: Point, [fromX, fromY]: Point, size = 22, fill: string = colour.accent): string {
	const length = Math.hypot(x - fromX, y - fromY) || 1;
	const [dx, dy] = [(x - fromX) / length, (y - fromY) / length];
	const side = size * 0.26;
	return path(
		run(
			[
				[x, y],
				[x - dx * size - dy * side, y - dy * size + dx * side],
				[x - dx * size + dy * side, y - dy * size - dx * side],
			],
			true,
		),
		{ fill, weight: 0 },
	);
}

/** A dimension line between two model points, set off from them, with extension lines. */
export function dimension(view: View, a: Vec, b: Vec, offset: Vec): string {
	const from = view.project(plus(a, offset));
	const to = view.project(plus(b, offset));
	const extensions = [a, b].map((end) => polyline([view.project(plus(end, offset, 0.12)), view.project(plus(end, offset, 1.12))], accent));
	return extensions.join('') + polyline([from, to], accent) + arrowhead(from, to) + arrowhead(to, from);
}

/** A centre line, dash-dotted. */
export function centreLine(view: View, a: Vec, b: Vec): string {
	return polyline([view.project(a), view.project(b)], { ...accent, dash: '34 10 5 10' });
}

/** Radio arcs beside a point of the picture; `direction` 1 opens right, −1 left. */
export function radio(view: View, at: Vec, direction: 1 | -1, size = 34): string {
	const [x, y] = view.project(at);
	return [1, 1.9, 2.8]
		.map((step) => {
			const reach = size * step;
			const [px, py] = [x + direction * reach * 0.72, reach * 0.7];
			view.project(at);
			return path(
				`M${px.toFixed(1)} ${(y - py).toFixed(1)}A${reach.toFixed(1)} ${reach.toFixed(1)} 0 0 ${direction === 1 ? 1 : 0} ${px.toFixed(1)} ${(y + py).toFixed(1)}`,
				accent,
			);
		})
		.join('');
}

/** A free line in the model, such as a cable or a beam. */
export function wire(view: View, points: readonly Vec[], ink?: Ink): string {
	return polyline(
		points.map((point) => view.project(point)),
		ink,
	);
}

/** A smooth cable through model points, drawn as a sleeve with two edges. */
export function cable(view: View, points: readonly Vec[], diameter: number): string {
	const [first, ...rest] = points.map((point) => view.project(point));
	let d = `M${first!.map((value) => value.toFixed(1)).join(' ')}`;
	for (let i = 0; i + 2 < rest.length + 1; i += 3) {
		d += `C${rest
			.slice(i, i + 3)
			.map(([x, y]) => `${x.toFixed(1)} ${y.toFixed(1)}`)
			.join(' ')}`;
	}
	const width = diameter * view.scale;
	return path(d, { weight: width + weight.heavy }) + path(d, { weight: Math.max(1, width - weight.fine), stroke: colour.paper });
}
