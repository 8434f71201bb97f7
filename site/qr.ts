import { qrRuns } from '#kernel/qr.ts';

/** A QR code as one SVG path over a square of `size` units, with the quiet zone that scanners need. */
export function qrPath(text: string): { readonly size: number; readonly path: string } {
	const { size, runs } = qrRuns(text, 'M');
	return { size, path: runs.map(({ x, y, width }) => `M${x} ${y}h${width}v1h-${width}z`).join('') };
}
