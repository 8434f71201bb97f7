import { curve } from './pen.ts';
import type { Pen, Spot } from './pen.ts';

/** A smooth peak of height 1, for spectra and resonances. */
export const bell = (x: number, at: number, width: number): number => Math.exp(-(((x - at) / width) ** 2));

/** Torque over speed with the continuous and the short-time limit. */
export function torqueSpeed(p: Pen): string {
	const s1: Spot[] = [
		[0, 34],
		[60, 31],
		[90, 24],
		[120, 15],
	];
	return [
		p.axes(),
		p.area([[0, 0], ...s1, [120, 0]]),
		p.line(s1),
		p.line([
			[0, 92],
			[72, 92],
			[120, 48],
		]),
		...[20, 40, 60, 80, 100].map((x) =>
			p.fine([
				[x, 0],
				[x, 96],
			]),
		),
		p.fine(
			[
				[0, 31],
				[60, 31],
				[60, 0],
			],
			'14 10',
		),
		p.dot(60, 31),
		p.line(
			[
				[8, 8],
				[8, 62],
				[64, 62],
				[64, 12],
				[24, 12],
			],
			'18 12',
		),
	].join('');
}

/** A trapezoidal move above the torque it needs. */
export function servoAxis(p: Pen): string {
	const move: Spot[] = [
		[0, 58],
		[26, 96],
		[58, 96],
		[84, 58],
		[120, 58],
	];
	return [
		p.area([...move.slice(0, 4)]),
		p.line(move),
		p.fine([
			[0, 58],
			[120, 58],
		]),
		p.fine([
			[0, 24],
			[120, 24],
		]),
		p.area([
			[0, 24],
			[0, 48],
			[26, 48],
			[26, 24],
		]),
		p.area([
			[58, 24],
			[58, 6],
			[84, 6],
			[84, 24],
		]),
		p.line([
			[0, 24],
			[0, 48],
			[26, 48],
			[26, 30],
			[58, 30],
			[58, 6],
			[84, 6],
			[84, 24],
			[120, 24],
		]),
		...[26, 58, 84].map((x) =>
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

/** Cycle of a packaging servo: cam positions over one turn. */
export function packagingCam(p: Pen): string {
	const wave = (k: number, phase: number) =>
		curve(0, 120, 90, (x) => 12 + k * 30 + 11 * Math.sin((x / 120) * Math.PI * 4 + phase) * (0.6 + 0.4 * Math.cos((x / 120) * Math.PI * 2)));
	return [
		...[0, 30, 60, 90, 120].map((x) =>
			p.fine([
				[x, 0],
				[x, 100],
			]),
		),
		p.line(wave(0, 0)),
		p.line(wave(1, 1.4)),
		p.line(wave(2, 3.1)),
		...[0, 1, 2].map((k) =>
			p.fine(
				[
					[0, 12 + k * 30],
					[120, 12 + k * 30],
				],
				'30 10 5 10',
			),
		),
		p.area(
			[
				[45, 0],
				[57, 0],
				[57, 100],
				[45, 100],
			],
			p.palette.grid,
		),
		p.line(wave(0, 0).slice(33, 44)),
		p.line(wave(1, 1.4).slice(33, 44)),
		p.line(wave(2, 3.1).slice(33, 44)),
	].join('');
}
