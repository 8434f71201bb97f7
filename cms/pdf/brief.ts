import type { Locale } from '../content.ts';
import { createTypesetter, finish, type Typesetter } from './face.ts';
import { drawMargins } from './paper.ts';
import { BRAND, GRID, HAIR, INK, layText, lineText, QUIET } from './sheet.ts';

/** One page about a lead, in words; structured-cloneable, so that a worker can set it. */
export interface BriefText {
	readonly locale: Locale;
	readonly brand: string;
	/** `Sales brief · 24 Nov 2026`. */
	readonly occasion: string;
	readonly name: string;
	/** Job title and company. */
	readonly place: string;
	/** `B2 · 58.5 points`. */
	readonly score: string;
	readonly contact: readonly BriefLine[];
	/** What goes into the left column, and what into the right. */
	readonly columns: readonly [readonly BriefSection[], readonly BriefSection[]];
	readonly foot: string;
}

export interface BriefLine {
	/** '' for a line without one. */
	readonly label: string;
	readonly text: string;
}

export interface BriefSection {
	readonly title: string;
	readonly lines: readonly BriefLine[];
	/** Said where there are no lines. */
	readonly empty: string;
}

const SIZE = 8.8;
const LEADING = 12.4;
const GAP = 22;
const WIDTH = (GRID.right - GRID.left - GAP) / 2;
/** A line of one thing takes at most so many lines of type, so that everything stays on one page. */
const MOST_LINES = 3;

/** Sets the brief as one page of A4. Resolves with the PDF's bytes. */
export async function briefPdf(text: BriefText): Promise<Buffer> {
	const set = createTypesetter(text.locale, { title: `${text.name}, ${text.occasion}`, author: text.brand });
	set.doc.addPage({ size: 'A4', margin: 0 });
	const top = drawHead(set, text);
	text.columns.forEach((sections, column) => drawColumn(set, sections, GRID.left + column * (WIDTH + GAP), top));
	drawMargins(set, { left: text.brand, right: text.occasion, title: text.foot, page: '' });
	return finish(set);
}

function drawHead(set: Typesetter, { name, place, score, contact }: BriefText): number {
	set.tags.leaf('H1', () => set.write(name, GRID.left, 98, 22, { isBold: true }));
	set.write(score, GRID.right, 98, 14, { isBold: true, colour: BRAND, align: 'end' });
	let y = 116;
	set.tags.leaf('P', () => {
		for (const line of layText(set, place, GRID.right - GRID.left, 10.4)) {
			set.write(lineText(line), GRID.left, y, 10.4, { colour: QUIET });
			y += 15;
		}
	});
	y += 4;
	contact.forEach(({ label, text }, at) => {
		const x = GRID.left + (at % 2) * (WIDTH + GAP);
		const row = y + Math.floor(at / 2) * 14;
		set.tags.leaf('P', () => {
			set.write(label, x, row, 8, { colour: QUIET });
			set.write(lineText(layText(set, text, WIDTH - 76, SIZE)[0] ?? []), x + 76, row, SIZE);
		});
	});
	return y + Math.ceil(contact.length / 2) * 14 + 10;
}

function drawColumn(set: Typesetter, sections: readonly BriefSection[], x: number, top: number): void {
	let y = top;
	for (const { title, lines, empty } of sections) {
		// A section begins only where its title and a line have room.
		if (y + 44 > GRID.bottom) return;
		set.doc
			.moveTo(x, y)
			.lineTo(x + WIDTH, y)
			.lineWidth(0.8)
			.strokeColor(INK)
			.stroke();
		set.tags.leaf('H2', () => set.write(title, x, y + 15, 10, { isBold: true }));
		y += 22;
		const shown = lines.length > 0 ? lines : [{ label: '', text: empty }];
		for (const line of shown) {
			const next = drawLine(set, line, x, y, lines.length === 0);
			if (next === null) break;
			y = next;
		}
		y += 12;
	}
}

/** Returns where the next line begins; null when this one had no room. */
function drawLine(set: Typesetter, { label, text }: BriefLine, x: number, y: number, isQuiet: boolean): number | null {
	const labels = label === '' ? [] : layText(set, label, WIDTH, 7.6).slice(0, 2);
	const words = layText(set, text, WIDTH, SIZE);
	const shown = words.slice(0, MOST_LINES);
	const height = labels.length * 10.4 + shown.length * LEADING + 5;
	if (y + height > GRID.bottom) return null;
	let at = y;
	set.tags.leaf('P', () => {
		for (const line of labels) {
			set.write(lineText(line), x, at + 8, 7.6, { colour: QUIET });
			at += 10.4;
		}
		shown.forEach((line, index) => {
			const isCut = index === MOST_LINES - 1 && words.length > MOST_LINES;
			set.write(lineText(line) + (isCut ? ' …' : ''), x, at + 9, SIZE, isQuiet ? { colour: QUIET } : {});
			at += LEADING;
		});
	});
	set.doc
		.moveTo(x, at + 2)
		.lineTo(x + WIDTH, at + 2)
		.lineWidth(0.3)
		.strokeColor(HAIR)
		.stroke();
	return y + height;
}
