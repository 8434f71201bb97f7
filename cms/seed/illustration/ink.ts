import type { Point } from './view.ts';

/** Two line weights, at 1600 pixels of picture width. */
export const weight = { heavy: 6, fine: 2.5 } as const;

/** Ink, accent and paper of every picture. */
export const colour = {
	ink: '#1d2327',
	accent: '#0b5563',
	paper: '#ffffff',
	shade: '#e6edee',
	signal: '#c77700',
} as const;

/** How a path is inked; what is left out is fine ink without filling. */
export interface Ink {
	weight?: number;
	stroke?: string;
	fill?: string;
	dash?: string;
}

/** Rounds to a tenth of a pixel, which keeps the files small. */
export function round(value: number): string {
	return String(Math.round(value * 10) / 10);
}

/** A path element with round joins. */
export function path(d: string, { weight: width = weight.fine, stroke = colour.ink, fill = 'none', dash }: Ink = {}): string {
	const dashes = dash === undefined ? '' : ` stroke-dasharray="${dash}"`;
	const line = width === 0 ? '' : ` stroke="${stroke}" stroke-width="${width}"${dashes}`;
	return `<path d="${d}" fill="${fill}"${line}/>`;
}

/** The path data of a polyline. */
export function run(points: readonly Point[], closed = false): string {
	return `M${points.map(([x, y]) => `${round(x)} ${round(y)}`).join('L')}${closed ? 'Z' : ''}`;
}

/** A polyline through pixel points. */
export function polyline(points: readonly Point[], ink?: Ink): string {
	return path(run(points), ink);
}

/** A closed outline through pixel points. */
export function polygon(points: readonly Point[], ink?: Ink): string {
	return path(run(points, true), ink);
}

/** A circle in the plane of the picture. */
export function disc([x, y]: Point, radius: number, ink: Ink = {}): string {
	const r = round(radius);
	return path(`M${round(x - radius)} ${round(y)}a${r} ${r} 0 1 0 ${round(2 * radius)} 0a${r} ${r} 0 1 0 ${round(-2 * radius)} 0Z`, ink);
}

/** A whole picture on paper. */
export function picture(width: number, height: number, body: string, background: string = colour.paper): string {
	return (
		`<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${width} ${height}" width="${width}" height="${height}" ` +
		`stroke-linejoin="round" stroke-linecap="round"><path d="M0 0H${width}V${height}H0Z" fill="${background}"/>${body}</svg>`
	);
}
