import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

import PDFDocument from 'pdfkit';

import type { Locale } from '../content.ts';

const FOLDER = new URL('../seed/fonts/', import.meta.url);
const FILES = {
	latin: 'geist-regular.ttf',
	latinBold: 'geist-semibold.ttf',
	han: 'noto-sans-sc-regular.ttf',
	hanBold: 'noto-sans-sc-bold.ttf',
} as const;
type Face = keyof typeof FILES;

export type Doc = PDFKit.PDFDocument;

/** A part of a text that one face can write. */
export interface Run {
	readonly face: Face;
	readonly text: string;
}

/** Writes and measures text that mixes Latin and Han: each character in the face that has it. */
export interface Typesetter {
	readonly doc: Doc;
	readonly locale: Locale;
	/** The same document for text in another language. */
	inLocale(locale: Locale): Typesetter;
	/** Width in points. */
	width(text: string, size: number, isBold?: boolean): number;
	/** Writes one line with its base line at `y`. */
	write(
		text: string,
		x: number,
		y: number,
		size: number,
		options?: { readonly isBold?: boolean; readonly colour?: string; readonly align?: 'start' | 'middle' | 'end' },
	): void;
}

/** A4 in points. */
export const PAGE = { width: 595.28, height: 841.89 } as const;

/** An empty document with the embedded faces. No font of the system is used. */
export function createTypesetter(locale: Locale, info: { readonly title: string; readonly author: string }): Typesetter {
	const doc = new PDFDocument({
		size: 'A4',
		margin: 0,
		autoFirstPage: false,
		bufferPages: true,
		lang: locale,
		displayTitle: true,
		info: { Title: info.title, Author: info.author, Creator: 'Foyer', Producer: 'Foyer' },
	});
	for (const [face, file] of Object.entries(FILES)) doc.registerFont(face, readFileSync(fileURLToPath(new URL(file, FOLDER))));
	return typesetter(doc, locale, glyphTest(doc));
}

function typesetter(doc: Doc, locale: Locale, hasGlyph: ReturnType<typeof glyphTest>): Typesetter {
	const widths = new Map<string, number>();
	const runsOf = (text: string, isBold: boolean): Run[] => splitRuns(text, locale, isBold, hasGlyph);

	const width = (text: string, size: number, isBold = false): number => {
		const key = `${isBold ? 'b' : 'r'}${text}`;
		let known = widths.get(key);
		if (known === undefined) {
			known = runsOf(text, isBold).reduce((sum, run) => sum + doc.font(run.face).fontSize(100).widthOfString(run.text), 0);
			widths.set(key, known);
		}
		return (known * size) / 100;
	};
	return {
		doc,
		locale,
		inLocale: (other) => typesetter(doc, other, hasGlyph),
		width,
		write: (text, x, y, size, { isBold = false, colour = '#1a2226', align = 'start' } = {}) => {
			let at = align === 'start' ? x : x - width(text, size, isBold) / (align === 'middle' ? 2 : 1);
			doc.fillColor(colour);
			for (const run of runsOf(text, isBold)) {
				doc.font(run.face).fontSize(size).text(run.text, at, y, { lineBreak: false, baseline: 'alphabetic' });
				at += doc.widthOfString(run.text);
			}
		},
	};
}

/** Ends the document and resolves with its bytes. */
export function finish(doc: Doc): Promise<Buffer> {
	return new Promise((resolve, reject) => {
		const chunks: Buffer[] = [];
		doc
			.on('data', (chunk: Buffer) => chunks.push(chunk))
			.on('end', () => resolve(Buffer.concat(chunks)))
			.on('error', reject);
		doc.end();
	});
}

const HAN_PUNCTUATION = /[\u3000-\u303f\uff00-\uffef]/;
/** Marks that both scripts use and that are full-width among Chinese. */
const SHARED_MARKS = /[“”‘’…—]/;

function splitRuns(text: string, locale: Locale, isBold: boolean, hasGlyph: (face: Face, character: string) => boolean): Run[] {
	const runs: { face: Face; text: string }[] = [];
	for (const raw of text) {
		const character = raw === '⌀' ? 'Ø' : raw;
		const isHan = HAN_PUNCTUATION.test(character) || (locale === 'zh-CN' && SHARED_MARKS.test(character)) || !hasGlyph('latin', character);
		const face: Face = isHan ? (isBold ? 'hanBold' : 'han') : isBold ? 'latinBold' : 'latin';
		const last = runs.at(-1);
		if (last?.face === face) last.text += character;
		else runs.push({ face, text: character });
	}
	return runs;
}

/** pdfkit keeps the opened font to itself; there is no public way to ask for a glyph. */
function glyphTest(doc: Doc): (face: Face, character: string) => boolean {
	const known = new Map<string, boolean>();
	return (face, character) => {
		let has = known.get(face + character);
		if (has === undefined) {
			doc.font(face);
			const { font } = (doc as unknown as { readonly _font: { readonly font: { hasGlyphForCodePoint(point: number): boolean } } })._font;
			has = font.hasGlyphForCodePoint(character.codePointAt(0) ?? 0);
			known.set(face + character, has);
		}
		return has;
	};
}
