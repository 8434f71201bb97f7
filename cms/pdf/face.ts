import { readFileSync } from 'node:fs';

import PDFDocument from 'pdfkit';

import type { Locale } from '../content.ts';
import { FACES, type GlyphTest, type Run, splitRuns } from './runs.ts';
import { createTags, type Tags } from './tags.ts';

export type Doc = PDFKit.PDFDocument;

/** Writes and measures text that mixes Latin and Han: each character in the face that has it. */
export interface Typesetter {
	readonly doc: Doc;
	readonly locale: Locale;
	readonly tags: Tags;
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
		pdfVersion: '1.7',
		tagged: true,
		displayTitle: true,
		info: { Title: info.title, Author: info.author, Creator: 'Foyer', Producer: 'Foyer' },
	});
	for (const [face, file] of Object.entries(FACES)) doc.registerFont(face, readFileSync(file));
	return typesetter(doc, locale, createTags(doc), glyphTest(doc));
}

function typesetter(doc: Doc, locale: Locale, tags: Tags, hasGlyph: GlyphTest): Typesetter {
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
		tags,
		inLocale: (other) => typesetter(doc, other, tags, hasGlyph),
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
export function finish({ doc, tags }: Typesetter): Promise<Buffer> {
	tags.end();
	return new Promise((resolve, reject) => {
		const chunks: Buffer[] = [];
		doc
			.on('data', (chunk: Buffer) => chunks.push(chunk))
			.on('end', () => resolve(Buffer.concat(chunks)))
			.on('error', reject);
		doc.end();
	});
}

/** pdfkit keeps the opened font to itself; there is no public way to ask for a glyph. */
function glyphTest(doc: Doc): GlyphTest {
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
