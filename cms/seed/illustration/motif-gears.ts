import { round, curve } from './pen.ts';
import type { Pen, Spot } from './pen.ts';

/** Two gears in mesh above a shock-load record. */
export function gears(p: Pen): string {
	const gear = (cx: number, cy: number, radius: number, teeth: number, turn: number): Spot[] =>
		Array.from({ length: teeth }, (_, i) => i * (360 / teeth) + turn).flatMap((a) => {
			const s = 360 / teeth;
			return [...round(cx, cy, radius - 2.4, a, a + s * 0.42, 2), ...round(cx, cy, radius + 2.4, a + s * 0.54, a + s * 0.88, 2)];
		});
	const closed = (points: Spot[]): Spot[] => [...points, points[0]!];
	return [
		p.line(closed(gear(36, 64, 30, 28, 0))),
		p.line(closed(gear(82.4, 64, 16.4, 15, 9))),
		...[8, 20].map((r) => p.ring(36, 64, r)),
		...[5, 9].map((r) => p.ring(82.4, 64, r)),
		p.ring(36, 64, 30),
		p.ring(82.4, 64, 16.4),
		p.dot(36, 64),
		p.dot(82.4, 64),
		p.fine(
			[
				[0, 64],
				[120, 64],
			],
			'30 10 5 10',
		),
		p.fine([
			[0, 4],
			[120, 4],
		]),
		p.line(curve(0, 120, 240, (x) => 8 + 14 * Math.max(0, Math.exp(-((x % 24) / 3.4)) * Math.cos((x % 24) * 1.6)) + 2 * Math.abs(Math.sin(x * 0.9)))),
	].join('');
}
