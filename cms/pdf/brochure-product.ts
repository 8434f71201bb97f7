import type { BrochureProduct } from './brochure-text.ts';
import type { Typesetter } from './face.ts';
import { piecesOf } from './line-break.ts';
import { setMarkdown } from './markdown.ts';
import { drawFigures, drawMarginHeading, drawQuestions, drawSpecifications, LINE, SMALL } from './product-parts.ts';
import { BRAND, GRID, layTitle, lineText, QUIET, type Sheet, sizeOf } from './sheet.ts';
import { drawTable } from './table.ts';
import { printWords } from './words.ts';

/** What pdfkit makes of a picture's bytes and takes instead of them; its types do not know of it. */
type OpenedPicture = Buffer & { readonly isOpened: true };
/** Pictures opened once for their document; null where a product has no drawing. */
export type Drawings = readonly (OpenedPicture | null)[];

const WIDE = GRID.right - GRID.left;
const DRAWING_WIDTH = 216;
const DRAWING_HEIGHT = DRAWING_WIDTH * 0.75;

/** The pages of one product, from the top of the page that the sheet is at. */
export function drawProduct(sheet: Sheet, product: BrochureProduct, drawing: Drawings[number]): void {
	const words = printWords(sheet.set.locale);
	drawHead(sheet, product, drawing);
	drawFigures(sheet, product.figures);
	drawAddress(sheet, product);
	if (product.body) {
		setMarkdown(sheet, product.body, { figureHeading: () => words.figure, isInner: true });
		sheet.y += 10;
	}
	drawSpecifications(sheet, product.specifications);
	if (product.documents.length > 0) drawDocuments(sheet, product);
	if (product.questions.length > 0) drawQuestions(sheet, product.questions, words.questions);
}

function drawHead(sheet: Sheet, product: BrochureProduct, drawing: Drawings[number]): void {
	const { set } = sheet;
	const room = drawing ? WIDE - DRAWING_WIDTH - 20 : WIDE;
	const top = sheet.y;
	set.tags.leaf('P', () => set.write(product.category, GRID.left, top + 4, 8.8, { colour: QUIET }));
	set.tags.leaf('H2', () => {
		const size = sizeOf(set, product.partNumber, room, 30, true);
		set.write(product.partNumber, GRID.left, top + 38, size, { isBold: true, colour: BRAND });
		sheet.y = top + 62;
		for (const line of layTitle(set, product.name, room, 14)) {
			set.write(lineText(line), GRID.left, sheet.y, 14, { isBold: true });
			sheet.y += 19;
		}
	});
	sheet.y += 2;
	sheet.lines(piecesOf(product.tagline, false), GRID.left, room, { ...LINE, colour: QUIET });
	sheet.y += 6;
	sheet.lines(piecesOf(product.summary, false), GRID.left, room, LINE);
	if (drawing) {
		set.tags.leaf(
			'Figure',
			() => placeDrawing(sheet, drawing, GRID.right - DRAWING_WIDTH, top - 6, DRAWING_WIDTH, DRAWING_HEIGHT),
			`${product.partNumber} ${product.name}`,
		);
		sheet.y = Math.max(sheet.y, top + DRAWING_HEIGHT);
	}
	sheet.y += 18;
}

/** A picture, whole, in the middle of its field. */
export function placeDrawing(
	{ set }: Pick<Sheet, 'set'>,
	picture: NonNullable<Drawings[number]>,
	x: number,
	y: number,
	width: number,
	height: number,
): void {
	set.doc.image(picture, x, y, { fit: [width, height], align: 'center', valign: 'center' });
}

function drawDocuments(sheet: Sheet, { documents }: BrochureProduct): void {
	const words = printWords(sheet.set.locale);
	sheet.ensure(70);
	drawMarginHeading(sheet, words.documents);
	const bold = (text: string) => piecesOf(text, true);
	drawTable(
		sheet,
		{
			header: [words.document, words.language, words.version].map(bold),
			rows: documents.map(({ kind, title, language, version }) => [`${kind}: ${title}`, language, version].map((text) => piecesOf(text, false))),
		},
		GRID.text,
		SMALL,
		{ pad: 3.6, shares: [0.6, 0.24, 0.16] },
	);
	sheet.y += 16;
}

/** Where the present data are: prints grow old. */
function drawAddress(sheet: Sheet, { address }: BrochureProduct): void {
	const { set } = sheet;
	const from = sheet.y;
	const page = sheet.page();
	sheet.lines(piecesOf(`${printWords(set.locale).more} ${address.replace(/^https?:\/\//, '')}`, false), GRID.text, GRID.right - GRID.text, {
		...{ size: 8, leading: 11.5, colour: QUIET },
	});
	sheet.y += 14;
	if (sheet.page() === page) set.doc.link(GRID.text, from, GRID.right - GRID.text, sheet.y - 14 - from, address);
}

/** Opens a picture, so that it lies in the document once however often it is placed. */
export function openPicture({ doc }: Typesetter, picture: Uint8Array): OpenedPicture {
	return (doc as unknown as { openImage(bytes: Buffer): OpenedPicture }).openImage(Buffer.from(picture));
}
