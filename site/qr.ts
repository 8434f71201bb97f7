import { create } from 'qrcode';

/** A QR code as one SVG path over a square of `size` units, with the quiet zone of four that scanners need. */
export function qrPath(text: string): { readonly size: number; readonly path: string } {
	const { modules } = create(text, { errorCorrectionLevel: 'M' });
	const { size, data } = modules;
	let path = '';
	for (let row = 0; row < size; row++) {
		for (let column = 0; column < size; column++) if (data[row * size + column]) path += `M${column + 4} ${row + 4}h1v1h-1z`;
	}
	return { size: size + 8, path };
}
