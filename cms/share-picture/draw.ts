import sharp from 'sharp';

import type { Locale } from '../content.ts';
import { breakLines, piecesOf } from '../pdf/line-break.ts';
import { seriesPalette } from '../series-colour.ts';
import { createOutliner, type Outliner } from './outline.ts';

/** What the picture says; structured-cloneable, so that a worker can draw it. */
export interface SharePictureText {
	readonly locale: Locale;
	readonly brand: string;
	readonly kind: string;
	readonly title: string;
	readonly aside: string;
	/** Slug of the series, or ''. */
	readonly series: string;
	readonly fit: 'drawing' | 'cover';
}

const SIZE = { width: 1_200, height: 630 } as const;
const MOST_BYTES = 150_000;
/** Widths of the picture's field: for covers taller than wide, and for all others. */
const PANEL = { tall: 472, wide: 560 } as const;
const EDGE = 64;
const TITLE = { largest: 68, smallest: 34, lines: 4, top: 232, bottom: 520 } as const;

interface Colours {
	readonly field: string;
	readonly text: string;
	readonly strong: string;
	readonly quiet: string;
	readonly line: string;
}
const PAPER: Colours = { field: '#ffffff', text: '#1a2226', strong: '#0b5563', quiet: '#4f5b61', line: '#c3cccf' };
const onField = (field: string): Colours => ({ field, text: '#ffffff', strong: '#ffffff', quiet: '#ffffff', line: '#ffffff' });

/** Draws the picture that previews of a link show: PNG of {@link SIZE}, at most {@link MOST_BYTES} as far as its colours allow. */
export async function drawSharePicture(text: SharePictureText, picture: Uint8Array | null): Promise<Uint8Array> {
	const panel = picture === null ? null : await panelOf(text, picture);
	const colours = coloursOf(text, panel !== null);
	const base = sharp(Buffer.from(sheetOf(text, colours, panel?.width ?? null)));
	const composed = await base
		.composite(panel ? [{ input: panel.picture, left: SIZE.width - panel.width, top: 0 }] : [])
		.flatten({ background: colours.field })
		.raw()
		.toBuffer({ resolveWithObject: true });
	const raw = { raw: { width: composed.info.width, height: composed.info.height, channels: composed.info.channels } };
	let bytes = new Uint8Array();
	for (const amount of [128, 64, 32, 16]) {
		bytes = new Uint8Array(await sharp(composed.data, raw).png({ palette: true, colours: amount, effort: 4 }).toBuffer());
		if (bytes.length <= MOST_BYTES) break;
	}
	return bytes;
}

/** A series has its colour; pictures without one stand on paper; where there is no picture the brand's field is the picture. */
function coloursOf({ series }: SharePictureText, hasPanel: boolean): Colours {
	if (series !== '') return onField(seriesPalette(series).field);
	return hasPanel ? PAPER : onField('#0b5563');
}

interface Panel {
	readonly picture: Buffer;
	readonly width: number;
}

/** The picture at its place, or null when it cannot be read: a cover fills it, a drawing stands in it whole. */
async function panelOf({ fit }: SharePictureText, bytes: Uint8Array): Promise<Panel | null> {
	const limits = { limitInputPixels: 100_000_000 };
	try {
		if (fit === 'cover') {
			const { width = 1, height = 1 } = await sharp(bytes, limits).metadata();
			const across = width > height ? PANEL.wide : PANEL.tall;
			const image = sharp(bytes, limits).rotate().resize(across, SIZE.height, { fit: 'cover', position: 'right bottom' });
			return { picture: await image.flatten({ background: '#ffffff' }).png().toBuffer(), width: across };
		}
		const drawn = await sharp(bytes, limits).rotate().flatten({ background: '#ffffff' }).png().toBuffer();
		// The air around a drawing is cut off; one that is all of one colour has nothing to cut.
		const trimmed = await sharp(drawn)
			.trim({ threshold: 8 })
			.toBuffer()
			.catch(() => drawn);
		const inner = await sharp(trimmed)
			.resize(PANEL.wide - 88, SIZE.height - 150, { fit: 'inside' })
			.toBuffer();
		const field = sharp({ create: { width: PANEL.wide, height: SIZE.height, channels: 3, background: '#ffffff' } });
		return {
			picture: await field
				.composite([{ input: inner, gravity: 'centre' }])
				.png()
				.toBuffer(),
			width: PANEL.wide,
		};
	} catch {
		return null;
	}
}

function sheetOf(text: SharePictureText, colours: Colours, panelWidth: number | null): string {
	const set = createOutliner(text.locale);
	const right = SIZE.width - (panelWidth === null ? EDGE : panelWidth + 40);
	const room = right - EDGE;
	const title = titleOf(set, text.title, room);
	const kind = lineOf(set, text.kind, room - set.width(text.brand, 26, true) - 32, 26);
	const aside = lineOf(set, text.aside, room, 26);
	const paths = [
		shape(set.path(text.brand, EDGE, 92, 26, true), colours.text),
		shape(set.path(kind, right - set.width(kind, 26), 92, 26), colours.strong),
		...title.lines.map((line, at) =>
			shape(set.path(line, EDGE, TITLE.top + title.size * 0.2 + at * title.size * 1.2, title.size, true), colours.text),
		),
		shape(set.path(aside, EDGE, 566, 26), colours.quiet),
	];
	return `<svg xmlns="http://www.w3.org/2000/svg" width="${SIZE.width}" height="${SIZE.height}">
<rect width="100%" height="100%" fill="${colours.field}"/>
<path d="M${EDGE} 118H${right}" stroke="${colours.line}" stroke-width="1.5"/>
${paths.join('\n')}
</svg>`;
}

/** The largest size at which the title fits its lines; what is too long even at the smallest ends with an ellipsis. */
function titleOf(set: Outliner, title: string, room: number): { readonly size: number; readonly lines: readonly string[] } {
	const most = (size: number): number => Math.min(TITLE.lines, Math.floor((TITLE.bottom - TITLE.top) / (size * 1.2)) + 1);
	for (let size: number = TITLE.largest; size >= TITLE.smallest; size -= 2) {
		const lines = linesOf(set, title, room, size);
		if (lines.length <= most(size) && lines.every((line) => set.width(line, size, true) <= room))
			return { size, lines: balanced(set, title, room, size) };
	}
	const size = TITLE.smallest;
	const lines = linesOf(set, title, room, size).slice(0, most(size));
	return { size, lines: lines.map((line, at) => lineOf(set, at === lines.length - 1 ? `${line}…` : line, room, size, true)) };
}

function linesOf(set: Outliner, text: string, room: number, size: number): string[] {
	return breakLines(piecesOf(text, true), room, (piece) => set.width(piece.text, size, true)).map((line) => line.map((piece) => piece.text).join(''));
}

/** The same number of lines, about equally long. */
function balanced(set: Outliner, text: string, room: number, size: number): string[] {
	const lines = linesOf(set, text, room, size);
	let narrow = room;
	while (narrow > size * 4) {
		const tried = linesOf(set, text, narrow - size / 3, size);
		if (tried.length !== lines.length || tried.some((line) => set.width(line, size, true) > room)) break;
		narrow -= size / 3;
	}
	return linesOf(set, text, narrow, size);
}

/** A text as one line, cut with an ellipsis where it is too long. */
function lineOf(set: Outliner, text: string, room: number, size: number, isBold = false): string {
	if (set.width(text, size, isBold) <= room) return text;
	const characters = [...text.replace(/…$/, '')];
	while (characters.length > 0 && set.width(`${characters.join('')}…`, size, isBold) > room) characters.pop();
	return `${characters.join('').trimEnd()}…`;
}

function shape(path: string, fill: string): string {
	return path === '' ? '' : `<path d="${path}" fill="${fill}"/>`;
}
