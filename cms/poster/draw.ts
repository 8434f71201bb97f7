import sharp from 'sharp';

import { createOutliner } from '../share-picture/outline.ts';
import { layPoster, type PosterText, type Sheet, WIDTH } from './layout.ts';

/** Pixels of the picture for one unit of the sheet: 1,620 × 2,160, sharp on phones. */
const DENSITY = 1.5;
const PICTURE_HEIGHT = 1_440;
/** Upright sheets, in points. */
const PAPERS = { a4: { width: 595.28, height: 841.89 }, a3: { width: 841.89, height: 1_190.55 } } as const;
export type PosterPaper = keyof typeof PAPERS;
const LIMITS = { limitInputPixels: 100_000_000 };

/** The poster as a PNG to post and send, 3 : 4. */
export async function drawPoster(text: PosterText, picture: Uint8Array | null): Promise<Uint8Array> {
	const sheet = layPoster(text, createOutliner(text.locale), PICTURE_HEIGHT, picture !== null);
	const cover = await coverOf(sheet, picture, DENSITY);
	const [width, height] = [sheet.width * DENSITY, sheet.height * DENSITY];
	const drawn = await sharp(Buffer.from(svgOf(sheet)), { density: 72 * DENSITY })
		.resize(width, height)
		.composite(cover ? [{ input: cover, left: Math.round(sheet.picture.x * DENSITY), top: Math.round(sheet.picture.y * DENSITY) }] : [])
		.flatten({ background: '#ffffff' })
		.raw()
		.toBuffer({ resolveWithObject: true });
	const raw = { raw: { width: drawn.info.width, height: drawn.info.height, channels: drawn.info.channels } };
	return new Uint8Array(await sharp(drawn.data, raw).png({ palette: true, colours: 256, effort: 4 }).toBuffer());
}

/** The poster as a PDF page for print: everything but the picture in outlines, so that no font is needed at the printer's. */
export async function printPoster(text: PosterText, picture: Uint8Array | null, paper: PosterPaper): Promise<Uint8Array> {
	const { default: PdfDocument } = await import('pdfkit');
	const { width, height } = PAPERS[paper];
	const scale = width / WIDTH;
	const sheet = layPoster(text, createOutliner(text.locale), height / scale, picture !== null);
	const cover = await coverOf(sheet, picture, paper === 'a3' ? 3 : 2);
	const document = new PdfDocument({ size: [width, height], margin: 0, lang: text.locale, info: { Title: text.title, Author: text.brand } });
	const parts: Buffer[] = [];
	const done = new Promise<void>((resolve, reject) =>
		document
			.on('data', (part: Buffer) => parts.push(part))
			.on('end', resolve)
			.on('error', reject),
	);
	document.scale(scale);
	document.rect(0, 0, sheet.width, sheet.field.height).fill(sheet.field.fill);
	if (cover) document.image(cover, sheet.picture.x, sheet.picture.y, { width: sheet.picture.width, height: sheet.picture.height });
	for (const mark of sheet.marks) {
		if (mark.kind === 'shape') document.path(mark.path).fill(mark.fill);
		else
			document
				.moveTo(...mark.from)
				.lineTo(...mark.to)
				.lineWidth(mark.weight)
				.stroke(mark.stroke);
	}
	document.end();
	await done;
	return new Uint8Array(Buffer.concat(parts));
}

function svgOf({ width, height, field, marks }: Sheet): string {
	const drawn = marks.map((mark) =>
		mark.kind === 'shape'
			? `<path d="${mark.path}" fill="${mark.fill}"/>`
			: `<path d="M${mark.from.join(' ')}L${mark.to.join(' ')}" stroke="${mark.stroke}" stroke-width="${mark.weight}"/>`,
	);
	return `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}" viewBox="0 0 ${width} ${height}">
<rect width="${width}" height="${height}" fill="#ffffff"/><rect width="${width}" height="${field.height}" fill="${field.fill}"/>
${drawn.join('\n')}
</svg>`;
}

/** Flatter than this, a cover would lose its drawing: it stands narrower on the field instead, whose colour it has. */
const FLATTEST = 0.52;

/** The picture in its place, or null when it cannot be read. */
async function coverOf({ picture: place, field }: Sheet, bytes: Uint8Array | null, density: number): Promise<Buffer | null> {
	if (bytes === null || place.height === 0) return null;
	const [width, height] = [Math.round(place.width * density), Math.round(place.height * density)];
	const drawn = Math.min(width, Math.round(height / FLATTEST));
	try {
		return await sharp(bytes, LIMITS)
			.rotate()
			.resize(drawn, height, { fit: 'cover', position: 'right bottom' })
			.flatten({ background: '#ffffff' })
			.extend({ left: 0, right: width - drawn, background: field.fill })
			.png()
			.toBuffer();
	} catch {
		return null;
	}
}
