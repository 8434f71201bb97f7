import { degrees, PDFDocument, PDFHexString, PDFName, type PDFPage } from '@cantoo/pdf-lib';

import { fill } from '#kernel/texts/index.ts';

import type { Locale } from '../content.ts';
import { createTypesetter, finish } from './face.ts';
import { printWords } from './words.ts';

/** Whose copy it is. Structured-cloneable. */
export interface StampText {
	readonly locale: Locale;
	readonly name: string;
	readonly mail: string;
	readonly date: string;
	/** The only thing about the person in the document's metadata. */
	readonly id: string;
}

const SIZE = 6.4;
const COLOUR = '#5b666c';
/** From the page's left edge and foot, in points. */
const LEFT = 56;
const FOOT = 17;
const MARGIN = 24;
const PLATE = { pad: 3, height: 11 } as const;

/**
 * Writes a line at the foot of each page: whose copy it is. Pages, links, outline and other metadata stay as they are.
 *
 * @throws Error when the file is no readable PDF, or is encrypted.
 */
export async function stampPdf(original: Uint8Array, text: StampText): Promise<{ readonly bytes: Uint8Array; readonly pages: number }> {
	const document = await PDFDocument.load(original, { updateMetadata: false });
	const line = await lineOf(text);
	const [strip] = await document.embedPdf(line.bytes);
	if (!strip) throw new Error('the line of the stamp has no page');
	for (const page of document.getPages()) place(page, strip, line.width);
	const { Info } = document.context.trailerInfo;
	const info = Info ? document.context.lookup(Info) : undefined;
	if (info && 'set' in info) (info as { set(key: PDFName, value: PDFHexString): void }).set(PDFName.of('Stamp'), PDFHexString.fromText(text.id));
	const bytes = await document.save({ updateFieldAppearances: false, addDefaultPage: false });
	return { bytes, pages: document.getPageCount() };
}

/** The line as a page of its own size, on a pale plate so that it can be read on a dark cover. */
async function lineOf({ locale, name, mail, date }: StampText): Promise<{ readonly bytes: Buffer; readonly width: number }> {
	const set = createTypesetter(locale, { title: '', author: '' });
	const words = fill(printWords(locale).stamp, { name, mail, date });
	const width = set.width(words, SIZE) + 2 * PLATE.pad;
	set.doc.addPage({ size: [width, PLATE.height], margin: 0 });
	set.doc.rect(0, 0, width, PLATE.height).fillOpacity(0.72).fill('#ffffff').fillOpacity(1);
	set.write(words, PLATE.pad, PLATE.height - 3.4, SIZE, { colour: COLOUR });
	return { bytes: await finish(set), width };
}

/** At the foot as the reader sees it: what is cropped away does not count, and a turned page has its foot elsewhere. */
function place(page: PDFPage, strip: Parameters<PDFPage['drawPage']>[0], width: number): void {
	const { x, y, width: across, height: up } = page.getCropBox();
	const angle = ((page.getRotation().angle % 360) + 360) % 360;
	const seen = angle % 180 === 0 ? across : up;
	const left = Math.min(LEFT, Math.max(MARGIN, (seen - width) / 2));
	const scale = Math.min(1, (seen - 2 * Math.min(left, MARGIN)) / width);
	const [dx, dy] = [scale < 1 ? Math.min(left, MARGIN) : left, FOOT - PLATE.pad];
	const at = {
		0: { x: x + dx, y: y + dy },
		90: { x: x + across - dy, y: y + dx },
		180: { x: x + across - dx, y: y + up - dy },
		270: { x: x + dy, y: y + up - dx },
	}[angle] ?? { x: x + dx, y: y + dy };
	page.drawPage(strip, { ...at, xScale: scale, yScale: scale, rotate: degrees(angle) });
}
