import { box, comb, dimension, display, face, hatch, light, plate, prism, rectangle, ring, slots, stroke, weight } from './kit.ts';
import type { Face, View } from './kit.ts';

/** A keypad with display, light and six keys. */
export function keypad(on: Face, u: number, w: number, width: number, height: number, digits: string): string {
	const key = width * 0.15;
	const keys = [0, 1, 2, 3, 4, 5].map((i) =>
		plate(on, u + width * (0.13 + (i % 3) * 0.28), w + height * (0.3 - Math.floor(i / 3) * 0.19), key, key * 0.8, key * 0.2),
	);
	return (
		plate(on, u, w, width, height, width * 0.06, { fill: '#ffffff', weight: weight.fine }) +
		display(on, u + width * 0.1, w + height * 0.56, width * 0.8, height * 0.34, digits) +
		light(on, u + width * 0.86, w + height * 0.49, width * 0.03) +
		keys.join('')
	);
}

/** A converter for the cabinet: cooler, housing, vents and fans. */
export function cabinetUnit(view: View, w: number, d: number, h: number, fans: number): string {
	const sink = d * 0.36;
	const cooler = comb(w * 0.98, sink * 0.15, sink * 0.85, Math.round(w / 12)).map(([u, y]) => [u + w * 0.01, y - d] as const);
	const top = face(view, 'z', [0, -d + sink, h]);
	const side = face(view, 'x', [w, -d + sink, 0]);
	const depth = d - sink;
	const fan = (u: number, r: number): string =>
		plate(top, u - r * 1.1, depth * 0.36 - r * 1.1, r * 2.2, r * 2.2, r * 0.2) +
		[1, 0.72, 0.44].map((k) => ring(top, u, depth * 0.36, r * k)).join('') +
		[0, 60, 120]
			.map((a) => {
				const t = (a * Math.PI) / 180;
				return stroke(top, [
					[u - Math.cos(t) * r, depth * 0.36 - Math.sin(t) * r],
					[u + Math.cos(t) * r, depth * 0.36 + Math.sin(t) * r],
				]);
			})
			.join('');
	const radius = Math.min(depth * 0.27, (w / Math.max(fans, 1)) * 0.36);
	return [
		box(view, [w * 0.12, -d - 4, -18], [w * 0.76, 4, h + 36]),
		prism(view, 'z', [0, 0, h * 0.97], cooler, h * 0.94, weight.fine),
		prism(view, 'z', [0, -d + sink, h], rectangle(w, depth, 8), h),
		fans === 0
			? hatch(top, w * 0.1, depth * 0.14, w * 0.8, depth * 0.5, 8) + plate(top, w * 0.1, depth * 0.14, w * 0.8, depth * 0.5, 0, { fill: 'none' })
			: Array.from({ length: fans }, (_, i) => fan((w * (i + 0.5)) / fans, radius)).join(''),
		slots(side, depth * 0.16, h * 0.55, depth * 0.6, h * 0.34, 9),
		slots(side, depth * 0.16, h * 0.1, depth * 0.6, h * 0.2, 5),
		plate(side, depth * 0.2, h * 0.36, depth * 0.5, h * 0.13),
		hatch(side, depth * 0.26, h * 0.38, depth * 0.3, h * 0.09, 4),
		dimension(view, [0, 0, 0], [w, 0, 0], [0, h * 0.17, 0]),
		dimension(view, [0, 0, 0], [0, 0, h], [-h * 0.1, h * 0.1, 0]),
		dimension(view, [w, 0, 0], [w, -d, 0], [h * 0.13, 0, 0]),
	].join('');
}
