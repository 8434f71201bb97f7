import { bell } from './motif-curve.ts';
import { curve, round } from './pen.ts';
import type { Pen, Spot } from './pen.ts';

/** A sensor on its stud and the usable band of its mounting. */
export function mounting(p: Pen): string {
	return [
		p.axes(),
		...[
			[52, 30],
			[74, 24],
			[100, 18],
		].map(([at, height], i) =>
			(i === 2 ? p.line : p.fine)(curve(0, 120, 120, (x) => 18 + height! * bell(x, at!, 9) * 2.2 - 14 * Math.min(1, Math.max(0, (x - at!) / 20)))),
		),
		p.area(
			[
				[0, 16],
				[66, 16],
				[66, 20],
				[0, 20],
			],
			p.palette.quiet,
		),
		p.fine(
			[
				[66, 0],
				[66, 100],
			],
			'14 10',
		),
		p.dot(66, 18),
	].join('');
}

/** Frames of IO-Link on one wire. */
export function ioLink(p: Pen): string {
	const bits = (y: number, pattern: string): Spot[] =>
		[...pattern].flatMap((bit, i): Spot[] => [
			[i * 5, y + (bit === '1' ? 16 : 0)],
			[(i + 1) * 5, y + (bit === '1' ? 16 : 0)],
		]);
	return [
		p.line(bits(72, '101100101110010011010110')),
		p.line(bits(40, '110011110000110011001111'.split('').reverse().join(''))),
		p.fine(bits(8, '111111000000111111000000')),
		...[0, 30, 60, 90, 120].map((x) =>
			p.fine(
				[
					[x, 0],
					[x, 100],
				],
				'14 10',
			),
		),
	].join('');
}

/** A spectrum with a bearing fault: harmonics with sidebands. */
export function spectrum(p: Pen): string {
	const faults = [18, 36, 54, 72, 90];
	const height = (x: number): number =>
		3 +
		1.6 * Math.abs(Math.sin(x * 2.1)) +
		faults.reduce((sum, at, i) => sum + (76 - i * 13) * bell(x, at, 0.7) + (24 - i * 3) * (bell(x, at - 4, 0.6) + bell(x, at + 4, 0.6)), 0);
	return [
		p.axes(),
		...faults.map((x) =>
			p.fine(
				[
					[x, 0],
					[x, 100],
				],
				'14 10',
			),
		),
		p.line(curve(0, 120, 600, height)),
		p.fine(
			curve(0, 118, 40, (x) => 96 - x * 0.5),
			'30 10 5 10',
		),
	].join('');
}

/** Twelve months of a vibration trend with its warning level. */
export function trend(p: Pen): string {
	const value = (x: number): number => 16 + 4 * Math.sin(x * 0.7) * Math.sin(x * 0.23) + (x > 62 && x < 98 ? (x - 62) ** 1.6 * 0.19 : 0);
	return [
		p.axes(),
		...Array.from({ length: 12 }, (_, i) =>
			p.fine([
				[i * 10 + 10, 0],
				[i * 10 + 10, 100],
			]),
		),
		p.area([[0, 0], ...curve(0, 120, 240, value), [120, 0]]),
		p.line(curve(0, 120, 360, value)),
		p.fine(
			[
				[0, 58],
				[120, 58],
			],
			'24 14',
		),
		p.dot(98, 16),
		p.dot(97.5, value(97.5)),
	].join('');
}

/** A code disc with its reading line. */
export function codeDisc(p: Pen): string {
	const track = (radius: number, count: number): string =>
		Array.from({ length: count }, (_, i) => {
			const s = 360 / count;
			return p.area([...round(60, 50, radius, i * s, (i + 0.5) * s, 4), ...round(60, 50, radius - 5.4, (i + 0.5) * s, i * s, 4)], p.palette.quiet);
		}).join('');
	return [
		p.line(round(60, 50, 50)),
		track(47, 64),
		track(40, 32),
		track(33, 16),
		track(26, 8),
		p.ring(60, 50, 16),
		p.line(round(60, 50, 9)),
		p.line([
			[60, 50],
			[120, 50],
		]),
		p.fine(
			[
				[0, 50],
				[60, 50],
			],
			'30 10 5 10',
		),
		p.fine(
			[
				[60, -2],
				[60, 102],
			],
			'30 10 5 10',
		),
		p.dot(60, 50),
		p.dot(107, 50, 2),
	].join('');
}
