import { curve } from './pen.ts';
import type { Pen } from './pen.ts';

/** Pump and system curves, throttled and at lower speed. */
export function pump(p: Pen): string {
	const head = (k: number) => curve(0, 110 * k, 40, (x) => 88 * k * k - (x * x) / 160);
	return [
		p.axes(),
		p.fine(head(0.85)),
		p.fine(head(0.7)),
		p.line(head(1)),
		p.line(curve(0, 104, 40, (x) => 14 + (x * x) / 190)),
		p.fine(
			curve(0, 70, 30, (x) => 14 + (x * x) / 84),
			'14 10',
		),
		p.area([
			[0, 0],
			[48, 0],
			[48, 27],
			[0, 27],
		]),
		p.fine([
			[0, 27],
			[48, 27],
			[48, 0],
		]),
		p.dot(80, 48),
		p.dot(48, 27),
	].join('');
}

/** Losses of four efficiency classes side by side. */
export function efficiency(p: Pen): string {
	return [
		p.fine([
			[0, 0],
			[120, 0],
		]),
		...[92, 70, 52, 40].map((height, i) => {
			const x = i * 31;
			return (
				p.area(
					[
						[x, 0],
						[x + 22, 0],
						[x + 22, height * 0.42],
						[x, height * 0.42],
					],
					p.palette.strong,
				) +
				p.area(
					[
						[x, height * 0.42],
						[x + 22, height * 0.42],
						[x + 22, height * 0.76],
						[x, height * 0.76],
					],
					p.palette.quiet,
				) +
				p.area(
					[
						[x, height * 0.76],
						[x + 22, height * 0.76],
						[x + 22, height],
						[x, height],
					],
					p.palette.grid,
				) +
				p.fine([
					[x, height],
					[x + 22, height],
				])
			);
		}),
		p.line(
			[
				[11, 98],
				[42, 76],
				[73, 58],
				[104, 46],
			],
			'24 14',
		),
	].join('');
}

/** The way of braking energy: back to the mains, or into heat. */
export function regeneration(p: Pen): string {
	return [
		p.fine([
			[0, 50],
			[120, 50],
		]),
		p.area([
			[0, 50],
			[30, 92],
			[54, 92],
			[66, 50],
		]),
		p.line([
			[0, 50],
			[30, 92],
			[54, 92],
			[66, 50],
		]),
		p.area(
			[
				[66, 50],
				[66, 12],
				[102, 50],
			],
			p.palette.quiet,
		),
		p.line([
			[66, 50],
			[66, 12],
			[102, 50],
			[120, 50],
		]),
		...[20, 26, 32, 38].map((y) =>
			p.fine([
				[66, y],
				[120, y],
			]),
		),
		p.line([
			[84, 4],
			[88, -2],
			[92, 10],
			[96, -2],
			[100, 10],
			[104, -2],
			[108, 4],
			[118, 4],
		]),
	].join('');
}
