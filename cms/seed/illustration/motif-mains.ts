import { bell } from './motif-curve.ts';
import { curve } from './pen.ts';
import type { Pen } from './pen.ts';

function bars(p: Pen, heights: readonly number[], width: number, gap: number, base = 0): string {
	return heights
		.map((height, i) => {
			const x = i * (width + gap);
			return p.area(
				[
					[x, base],
					[x + width, base],
					[x + width, base + height],
					[x, base + height],
				],
				i === 0 ? p.palette.strong : p.palette.quiet,
			);
		})
		.join('');
}

/** A distorted current above its harmonics. */
export function harmonics(p: Pen): string {
	const phase = (x: number): number => (x / 120) * Math.PI * 4;
	const wave = curve(0, 120, 160, (x) => 74 + 20 * Math.sin(phase(x)) + 5.5 * Math.sin(5 * phase(x)) + 3.4 * Math.sin(7 * phase(x)));
	return (
		p.fine(curve(0, 120, 80, (x) => 74 + 21 * Math.sin(phase(x)))) +
		p.fine([
			[0, 74],
			[120, 74],
		]) +
		p.line(wave) +
		p.fine([
			[0, 0],
			[120, 0],
		]) +
		bars(p, [38, 0, 15, 10, 0, 6, 5, 0, 3, 2.5], 6, 6.6)
	);
}

/** Voltage and current of an older plant, six pulses per period. */
export function sixPulse(p: Pen): string {
	const t = (x: number): number => (x / 120) * Math.PI * 4;
	const pulse = (x: number): number => {
		const a = ((t(x) % (2 * Math.PI)) + 2 * Math.PI) % (2 * Math.PI);
		const lobes = bell(a, 1.05, 0.26) + bell(a, 2.09, 0.26) - bell(a, 4.19, 0.26) - bell(a, 5.24, 0.26);
		return 50 + 40 * lobes;
	};
	return [
		p.fine([
			[0, 50],
			[120, 50],
		]),
		...[0, 2.094, 4.188].map((shift) => p.fine(curve(0, 120, 100, (x) => 50 + 46 * Math.sin(t(x) + shift)))),
		p.line(curve(0, 120, 360, pulse)),
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
