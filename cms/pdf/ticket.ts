import { qrRuns } from '#kernel/qr.ts';

import type { Locale } from '../content.ts';
import { createTypesetter, finish, PAGE, type Typesetter } from './face.ts';
import { BRAND, HAIR, INK, layText, lineText, QUIET } from './sheet.ts';

/** A ticket in words; structured-cloneable, so that a worker can set it. */
export interface TicketText {
	readonly locale: Locale;
	readonly brand: string;
	/** `Ticket`. */
	readonly kind: string;
	readonly title: string;
	/** '' where it is not shown to be theirs. */
	readonly name: string;
	readonly when: string;
	/** Lines of the address. */
	readonly place: readonly string[];
	/** As people read it, and as the door scans it. */
	readonly spoken: string;
	readonly scanned: string;
	readonly help: string;
}

const EDGE = 56;
const CODE = 190;

/** Sets a ticket as one page of A4: folded twice, code and name lie outside. Resolves with the PDF's bytes. */
export async function ticketPdf(text: TicketText): Promise<Buffer> {
	const set = createTypesetter(text.locale, { title: `${text.kind}: ${text.title}`, author: text.brand });
	const { doc, tags } = set;
	const room = PAGE.width - 2 * EDGE;
	doc.addPage({ size: [PAGE.width, PAGE.height], margin: 0 });
	doc.rect(0, 0, PAGE.width, 10).fill(BRAND);
	tags.leaf('P', () => set.write(text.brand, EDGE, 56, 12, { isBold: true, colour: BRAND }));
	let y = 96;
	const lines = (
		tag: 'H1' | 'P',
		words: string,
		size: number,
		most: number,
		style: { readonly isBold?: boolean; readonly colour: string },
		width = room,
	) =>
		tags.leaf(tag, () => {
			for (const line of layText(set, words, width, size).slice(0, most)) {
				set.write(lineText(line), EDGE, y, size, style);
				y += size * 1.28;
			}
		});
	lines('H1', text.title, 24, 3, { isBold: true, colour: INK });
	y += 8;
	lines('P', text.when, 14, 2, { isBold: true, colour: BRAND });
	for (const line of text.place) lines('P', line, 11, 1, { colour: INK });
	y += 22;
	doc
		.moveTo(EDGE, y)
		.lineTo(PAGE.width - EDGE, y)
		.lineWidth(0.6)
		.strokeColor(HAIR)
		.stroke();
	const top = y + 22;
	drawCode(set, text, PAGE.width - EDGE - CODE, top);
	y = top + 14;
	const beside = room - CODE - 24;
	lines('P', text.kind, 10, 1, { colour: QUIET }, beside);
	lines('P', text.spoken, 24, 1, { isBold: true, colour: INK }, beside);
	y += 12;
	if (text.name !== '') lines('P', text.name, 16, 2, { isBold: true, colour: INK }, beside);
	y += 8;
	lines('P', text.help, 10, 5, { colour: QUIET }, beside);
	return finish(set);
}

function drawCode({ doc, tags }: Typesetter, { kind, scanned, spoken }: TicketText, left: number, top: number): void {
	const { size, runs } = qrRuns(scanned);
	const module = CODE / size;
	const draw = (): void => {
		for (const { x, y, width } of runs) doc.rect(left + x * module, top + y * module, width * module, module);
		doc.fill('#000000');
	};
	tags.leaf('Figure', draw, `${kind} ${spoken}`);
}
