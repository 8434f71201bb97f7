import { qrRuns } from '#kernel/qr.ts';

import type { Locale } from '../content.ts';
import { breakLines, piecesOf } from '../pdf/line-break.ts';
import { seriesPalette } from '../series-colour.ts';
import type { Outliner } from '../share-picture/outline.ts';

/** What a poster says; structured-cloneable, so that a worker can draw it. */
export interface PosterText {
	readonly locale: Locale;
	readonly brand: string;
	/** `White paper WP-07`, `Webinar`. */
	readonly kind: string;
	readonly title: string;
	/** Slug of the series, or ''. */
	readonly series: string;
	/** Date and time in large letters, with what goes below; '' for none. */
	readonly when: string;
	readonly whenBelow: string;
	/** Name of the list, and its lines: speakers with their roles, or what a paper holds. */
	readonly listTitle: string;
	readonly list: readonly { readonly strong: string; readonly quiet: string }[];
	/** `36 pages · 25 minutes · free of charge`. */
	readonly facts: string;
	/** `Ada invites you`, or ''. */
	readonly invites: string;
	readonly scan: string;
	readonly scanHelp: string;
	/** The link in the code, and as it is printed below. */
	readonly link: string;
	readonly host: string;
}

/** One thing to draw, in units of a sheet {@link WIDTH} wide. */
export type Mark =
	| { readonly kind: 'shape'; readonly path: string; readonly fill: string }
	| {
			readonly kind: 'line';
			readonly from: readonly [number, number];
			readonly to: readonly [number, number];
			readonly stroke: string;
			readonly weight: number;
	  };

export interface Sheet {
	readonly width: number;
	readonly height: number;
	/** The field above, in the colour of the series. */
	readonly field: { readonly height: number; readonly fill: string };
	/** Where the picture goes, filled by it. */
	readonly picture: { readonly x: number; readonly y: number; readonly width: number; readonly height: number };
	readonly marks: readonly Mark[];
}

export const WIDTH = 1_080;
const EDGE = 72;
const ROOM = WIDTH - 2 * EDGE;
const CODE = 268;
const FOOT = 352;
const INK = '#1a2226';
const QUIET = '#4f5b61';
const RULE = '#c3cccf';
const WHITE = '#ffffff';

/** Sets a poster: head, picture and title on the field of the series, then who and what on paper, then the code. */
export function layPoster(text: PosterText, set: Outliner, height: number, hasPicture: boolean): Sheet {
	const palette = seriesPalette(text.series || 'drive-fundamentals');
	const marks: Mark[] = [];
	const put = (line: string, x: number, y: number, size: number, fill: string, isBold = false): void =>
		void (line === '' || marks.push({ kind: 'shape', path: set.path(line, x, y, size, isBold), fill }));
	const rule = (y: number, stroke: string, weight = 1.5): void =>
		void marks.push({ kind: 'line', from: [EDGE, y], to: [WIDTH - EDGE, y], stroke, weight });

	put(text.brand, EDGE, 98, 34, WHITE, true);
	put(text.kind, WIDTH - EDGE - set.width(text.kind, 28), 98, 28, WHITE);
	rule(126, palette.quiet);

	const hasWhen = text.when !== '';
	const title = fitTitle(set, text.title, text.locale === 'en' ? 76 : 72, hasPicture ? 3 : 5);
	const titleHeight = title.lines.length * title.size * 1.16;
	const whenHeight = hasWhen ? 138 : 0;
	const listLines = listRows(set, text);
	const listHeight = text.list.length === 0 ? 56 : 100 + listLines.reduce((sum, row) => sum + row.height, 0);
	const pictureTop = 162;
	const fixed = pictureTop + 40 + titleHeight + 40 + whenHeight + listHeight + FOOT;
	const pictureHeight = hasPicture ? Math.max(180, Math.min(600, height - fixed)) : 0;
	let y = pictureTop + (hasPicture ? pictureHeight + 52 : Math.max(40, (height - fixed) / 2));

	for (const line of title.lines) {
		put(line, EDGE, y + title.size * 0.86, title.size, WHITE, true);
		y += title.size * 1.16;
	}
	if (hasWhen) {
		y += 26;
		rule(y, palette.quiet);
		put(text.when, EDGE, y + 62, fitSize(set, text.when, 46, 30), WHITE, true);
		put(text.whenBelow, EDGE, y + 104, 27, WHITE);
		y += 112;
	}
	const fieldHeight = Math.round(Math.min(y + 46, height - FOOT - listHeight));

	let below = fieldHeight + 58;
	if (text.list.length > 0) {
		put(text.listTitle, EDGE, below, 24, QUIET);
		below += 18;
		for (const row of listLines) {
			rule(below, RULE);
			row.lines.forEach(({ words, isStrong }, at) => put(words, EDGE, below + 42 + at * 34, isStrong ? 30 : 26, isStrong ? INK : QUIET, isStrong));
			below += row.height;
		}
	}

	const foot = height - FOOT;
	rule(foot, INK, 3);
	const codeTop = foot + (FOOT - CODE) / 2;
	const codeLeft = WIDTH - EDGE - CODE;
	const { size, runs } = qrRuns(text.link);
	const module = CODE / size;
	marks.push({
		kind: 'shape',
		fill: '#000000',
		path: runs
			.map(({ x, y: row, width }) => {
				const [left, top] = [codeLeft + x * module, codeTop + row * module];
				return `M${round(left)} ${round(top)}H${round(left + width * module)}V${round(top + module)}H${round(left)}Z`;
			})
			.join(''),
	});
	const room = ROOM - CODE - 48;
	let words = foot + (text.invites === '' ? 112 : 92);
	if (text.invites !== '') {
		put(oneLine(set, text.invites, room, 30), EDGE, words, 30, INK);
		words += 60;
	}
	put(text.scan, EDGE, words, fitSize(set, text.scan, 50, 34, room), palette.field, true);
	put(oneLine(set, text.scanHelp, room, 25), EDGE, words + 46, 25, QUIET);
	put(oneLine(set, text.facts, room, 25), EDGE, words + 100, 25, INK);
	put(oneLine(set, text.host, room, 25), EDGE, words + 136, 25, QUIET);
	return {
		...{ width: WIDTH, height, marks, field: { height: fieldHeight, fill: palette.field } },
		picture: { x: EDGE, y: pictureTop, width: ROOM, height: pictureHeight },
	};
}

function listRows(set: Outliner, { list }: PosterText) {
	return list.map(({ strong, quiet }) => {
		const lines = [
			...(strong === '' ? [] : [{ words: oneLine(set, strong, ROOM, 30, true), isStrong: true }]),
			...(quiet === ''
				? []
				: linesOf(set, quiet, ROOM, 26, false)
						.slice(0, 2)
						.map((words) => ({ words, isStrong: false }))),
		];
		return { lines, height: 26 + lines.length * 34 };
	});
}

/** The largest size at which a title fits its lines. */
function fitTitle(set: Outliner, title: string, largest: number, most: number): { readonly size: number; readonly lines: readonly string[] } {
	for (let size = largest; size >= 40; size -= 2) {
		const lines = titleLines(set, title, size);
		if (lines.length <= most && lines.every((line) => set.width(line, size, true) <= ROOM)) return { size, lines };
	}
	const lines = titleLines(set, title, 40).slice(0, most);
	return { size: 40, lines: lines.map((line, at) => (at === most - 1 ? oneLine(set, `${line}…`, ROOM, 40, true) : line)) };
}

/** Lines broken between words, in Chinese, too: a title is read at a glance. */
function titleLines(set: Outliner, title: string, size: number): string[] {
	if (!/\p{Script=Han}/u.test(title)) return linesOf(set, title, ROOM, size, true);
	const lines = [''];
	for (const word of phrasesOf(title)) {
		const line = (lines.at(-1) ?? '') + word;
		if (lines.at(-1) === '' || set.width(line, size, true) <= ROOM) lines[lines.length - 1] = line;
		else lines.push(word);
	}
	return lines.map((line) => line.trim());
}

/** Words with the punctuation that follows them. */
function phrasesOf(title: string): string[] {
	const phrases: string[] = [];
	for (const { segment, isWordLike } of new Intl.Segmenter('zh-CN', { granularity: 'word' }).segment(title)) {
		if (isWordLike === true || phrases.length === 0) phrases.push(segment);
		else phrases.push((phrases.pop() ?? '') + segment);
	}
	return phrases;
}

function fitSize(set: Outliner, text: string, largest: number, smallest: number, room = ROOM): number {
	let size = largest;
	while (size > smallest && set.width(text, size, true) > room) size -= 1;
	return size;
}

function linesOf(set: Outliner, text: string, room: number, size: number, isBold: boolean): string[] {
	return breakLines(piecesOf(text, isBold), room, (piece) => set.width(piece.text, size, isBold)).map((line) =>
		line.map((piece) => piece.text).join(''),
	);
}

/** One line, cut with an ellipsis where it is too long. */
function oneLine(set: Outliner, text: string, room: number, size: number, isBold = false): string {
	if (set.width(text, size, isBold) <= room) return text;
	const characters = [...text.replace(/…$/, '')];
	while (characters.length > 0 && set.width(`${characters.join('')}…`, size, isBold) > room) characters.pop();
	return `${characters.join('').trimEnd()}…`;
}

const round = (value: number): number => Math.round(value * 100) / 100;
