import { create } from 'qrcode';

/** Modules left free around the code. Source: ISO/IEC 18004, section 6.3.8 (four). */
const QUIET_MODULES = 4;
const POINTS_PER_MM = 72 / 25.4;

/** One code as rectangles on a grid of `size` × `size` modules, quiet zone included. */
interface QrDrawing {
	readonly size: number;
	/** Dark runs of one row: `x`, `y`, `width` in modules. */
	readonly runs: readonly { readonly x: number; readonly y: number; readonly width: number }[];
}

/** Draws `text` so that a quarter of the code may be scratched or covered at a stand before a phone gives up. */
function drawQr(text: string): QrDrawing {
	const { modules } = create(text, { errorCorrectionLevel: 'Q' });
	const runs: { x: number; y: number; width: number }[] = [];
	for (let y = 0; y < modules.size; y++) {
		for (let x = 0; x < modules.size; x++) {
			if (!modules.get(y, x)) continue;
			const from = x;
			while (x < modules.size && modules.get(y, x)) x++;
			runs.push({ x: from + QUIET_MODULES, y: y + QUIET_MODULES, width: x - from });
		}
	}
	return { size: modules.size + 2 * QUIET_MODULES, runs };
}

/** The code as SVG, `sizeMm` wide in print with its quiet zone, black on white. */
export function qrSvg(text: string, sizeMm: number): string {
	const { size, runs } = drawQr(text);
	const path = runs.map(({ x, y, width }) => `M${x} ${y}h${width}v1h-${width}z`).join('');
	return (
		`<svg xmlns="http://www.w3.org/2000/svg" width="${sizeMm}mm" height="${sizeMm}mm" viewBox="0 0 ${size} ${size}" shape-rendering="crispEdges">` +
		`<path fill="#fff" d="M0 0h${size}v${size}H0z"/><path d="${path}"/></svg>\n`
	);
}

/** The code as a PDF page of that size: outlines, no pixels, pure black. */
export async function qrPdf(text: string, sizeMm: number): Promise<Buffer> {
	const { default: PdfDocument } = await import('pdfkit');
	const { size, runs } = drawQr(text);
	const side = sizeMm * POINTS_PER_MM;
	const document = new PdfDocument({ size: [side, side], margin: 0, info: { Title: text } });
	const parts: Buffer[] = [];
	const done = new Promise<void>((resolve, reject) =>
		document
			.on('data', (part: Buffer) => parts.push(part))
			.on('end', resolve)
			.on('error', reject),
	);
	document.scale(side / size);
	for (const { x, y, width } of runs) document.rect(x, y, width, 1);
	document.fillColor([0, 0, 0, 100]).fill();
	document.end();
	await done;
	return Buffer.concat(parts);
}
