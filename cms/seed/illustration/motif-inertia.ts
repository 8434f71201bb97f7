import { round } from './pen.ts';
import type { Pen, Spot } from './pen.ts';

const spokes = (cx: number, cy: number, from: number, to: number, count: number, turn = 0): Spot[][] =>
	Array.from({ length: count }, (_, i) => {
		const angle = ((turn + (i * 360) / count) * Math.PI) / 180;
		return [
			[cx + from * Math.cos(angle), cy + from * Math.sin(angle)],
			[cx + to * Math.cos(angle), cy + to * Math.sin(angle)],
		];
	});

/** Two discs on one shaft: the rotor small, the load large. */
export function inertia(p: Pen): string {
	const [mx, lx, y] = [20, 84, 50];
	return [
		...[12, 20, 28, 36].map((r) => p.ring(lx, y, r)),
		p.line(round(lx, y, 36)),
		p.line(round(mx, y, 14)),
		p.ring(mx, y, 9),
		p.ring(mx, y, 4),
		...spokes(lx, y, 12, 20, 8, 22.5).map((s) => p.fine(s)),
		...spokes(lx, y, 28, 36, 24).map((s) => p.fine(s)),
		...spokes(mx, y, 9, 14, 12).map((s) => p.fine(s)),
		p.fine(
			[
				[mx, 0],
				[mx, 100],
			],
			'30 10 5 10',
		),
		p.fine(
			[
				[lx, 0],
				[lx, 100],
			],
			'30 10 5 10',
		),
		p.line([
			[mx, y + 14],
			[lx, y + 36],
		]),
		p.line([
			[mx, y - 14],
			[lx, y - 36],
		]),
		p.dot(mx, y),
		p.dot(lx, y),
	].join('');
}
