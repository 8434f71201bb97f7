import { qrRuns } from '#kernel/qr.ts';

const POINTS_PER_MM = 72 / 25.4;

/** The code as SVG, `sizeMm` wide in print with its quiet zone, black on white. */
export function qrSvg(text: string, sizeMm: number): string {
	const { size, runs } = qrRuns(text);
	const path = runs.map(({ x, y, width }) => `M${x} ${y}h${width}v1h-${width}z`).join('');
	return (
		`<svg xmlns="http://www.w3.org/2000/svg" width="${sizeMm}mm" height="${sizeMm}mm" viewBox="0 0 ${size} ${size}" shape-rendering="crispEdges">` +
		`<path fill="#fff" d="M0 0h${size}v${size}H0z"/><path d="${path}"/></svg>\n`
	);
}

/** The code as a PDF page of that size: outlines, no pixels, pure black. */
export async function qrPdf(text: string, sizeMm: number): Promise<Buffer> {
	const { default: PdfDocument } = await import('pdfkit');
	const { size, runs } = qrRuns(text);
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
