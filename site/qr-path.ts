import { qrRuns } from '#kernel/qr.ts';

/** A code as the path of an SVG of `size` × `size` units, quiet zone included. */
export function qrSvgPath(text: string): { readonly size: number; readonly path: string } {
	const { size, runs } = qrRuns(text);
	return { size, path: runs.map(({ x, y, width }) => `M${x} ${y}h${width}v1h-${width}z`).join('') };
}
