import { curve } from './pen.ts';
import type { Pen } from './pen.ts';

/** Speed after a stop demand: coasting, and a monitored ramp. */
export function safeTorqueOff(p: Pen): string {
	return [
		p.axes(),
		p.area([[30, 0], [30, 80], ...curve(30, 110, 30, (x) => 80 - (x - 30)), [110, 0]]),
		p.line([
			[0, 80],
			[30, 80],
			[110, 0],
		]),
		p.line(
			[
				[30, 80],
				[36, 80],
				[58, 0],
			],
			'24 14',
		),
		p.fine([
			[30, -6],
			[30, 100],
		]),
		p.fine(
			[
				[36, 0],
				[36, 100],
			],
			'14 10',
		),
		...[64, 76, 88].map((x, i) =>
			p.fine([
				[x, 92 - i * 6],
				[120, 92 - i * 6],
			]),
		),
		p.dot(30, 80),
		p.dot(58, 0),
		p.dot(110, 0),
	].join('');
}

/** Two stops: torque off at once, and after a ramp with delay. */
export function stops(p: Pen): string {
	return [0, 52]
		.map((y, i) =>
			[
				p.fine([
					[0, y],
					[120, y],
				]),
				p.fine([
					[0, y],
					[0, y + 44],
				]),
				p.area(
					i === 1
						? [
								[24, y],
								[24, y + 36],
								[60, y],
							]
						: [
								[24, y],
								[24, y + 36],
								[104, y],
							],
				),
				p.line(
					i === 1
						? [
								[0, y + 36],
								[24, y + 36],
								[60, y],
								[120, y],
							]
						: [[0, y + 36], [24, y + 36], ...curve(24, 104, 20, (x) => y + 36 * (1 - (x - 24) / 80)), [120, y]],
				),
				p.fine(
					[
						[24, y - 3],
						[24, y + 44],
					],
					'14 10',
				),
				p.fine(
					[
						[66, y - 3],
						[66, y + 44],
					],
					'14 10',
				),
				p.dot(24, y + 36),
			].join(''),
		)
		.join('');
}

/** Ramps of a family of safe stops within one envelope. */
export function safeStops(p: Pen): string {
	return [
		p.axes(),
		...[36, 52, 70, 92, 116].map((x, i) =>
			i === 2
				? p.line([
						[0, 84],
						[20, 84],
						[x, 0],
					])
				: p.fine([
						[0, 84],
						[20, 84],
						[x, 0],
					]),
		),
		p.line(
			[
				[20, 96],
				[30, 96],
				[84, 8],
				[120, 8],
			],
			'24 14',
		),
		p.dot(20, 84),
		p.fine([
			[20, 0],
			[20, 100],
		]),
	].join('');
}
