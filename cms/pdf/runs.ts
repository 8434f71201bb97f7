import { fileURLToPath } from 'node:url';

import type { Locale } from '../content.ts';

const file = (name: string): string => fileURLToPath(new URL(`../fonts/${name}`, import.meta.url));

/** The faces that prints and pictures are set in, and where they lie. No font of the system is used. */
export const FACES = {
	latin: file('geist-regular.ttf'),
	latinBold: file('geist-semibold.ttf'),
	han: file('noto-sans-sc-regular.ttf'),
	hanBold: file('noto-sans-sc-bold.ttf'),
} as const;
export type Face = keyof typeof FACES;

/** A part of a text that one face can write. */
export interface Run {
	readonly face: Face;
	readonly text: string;
}

export type GlyphTest = (face: Face, character: string) => boolean;

const HAN_PUNCTUATION = /[\u3000-\u303f\uff00-\uffef]/;
/** Marks that both scripts use and that are full-width among Chinese. */
const SHARED_MARKS = /[“”‘’…—]/;

/** Stands for a character that no face has, as a compositor would set it. */
const NO_SORT = '〓';
/** What is left out where no face has it: pictures, joiners, controls. */
const UNSEEN = /\p{Extended_Pictographic}|\p{Cc}|\p{Cf}|\p{Mn}|\p{Me}/u;

/** Cuts a text where the face changes. What no face has becomes a mark, or nothing where it has no shape of its own. */
export function splitRuns(text: string, locale: Locale, isBold: boolean, hasGlyph: GlyphTest): Run[] {
	const runs: { face: Face; text: string }[] = [];
	for (const raw of text.normalize('NFC')) {
		let character = raw === '⌀' ? 'Ø' : raw;
		const isHan = HAN_PUNCTUATION.test(character) || (locale === 'zh-CN' && SHARED_MARKS.test(character)) || !hasGlyph('latin', character);
		if (isHan && !hasGlyph('han', character)) {
			if (UNSEEN.test(character)) continue;
			character = NO_SORT;
		}
		const face: Face = isHan ? (isBold ? 'hanBold' : 'han') : isBold ? 'latinBold' : 'latin';
		const last = runs.at(-1);
		if (last?.face === face) last.text += character;
		else runs.push({ face, text: character });
	}
	return runs;
}
