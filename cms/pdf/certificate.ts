import type { Locale } from '../content.ts';
import { createTypesetter, finish, PAGE } from './face.ts';
import { BRAND, HAIR, INK, layText, lineText, QUIET } from './sheet.ts';

/** A certificate in words; structured-cloneable, so that a worker can set it. */
export interface CertificateText {
	readonly locale: Locale;
	readonly brand: string;
	readonly title: string;
	readonly name: string;
	/** What the person did, between name and title of the webinar. */
	readonly says: string;
	readonly webinar: string;
	/** When it was held, and minutes. */
	readonly facts: readonly string[];
	readonly issued: string;
	readonly verify: string;
	readonly code: string;
}

const EDGE = 60;
const WIDE = PAGE.height;
const HIGH = PAGE.width;

/** Sets a certificate as one page of A4 across. Resolves with the PDF's bytes. */
export async function certificatePdf(text: CertificateText): Promise<Buffer> {
	const set = createTypesetter(text.locale, { title: `${text.title}, ${text.name}`, author: text.brand });
	const { doc, tags } = set;
	doc.addPage({ size: [WIDE, HIGH], margin: 0 });
	doc.rect(0, 0, 14, HIGH).fill(BRAND);
	tags.leaf('P', () => set.write(text.brand, EDGE, 74, 12, { isBold: true, colour: BRAND }));
	tags.leaf('H1', () => set.write(text.title, EDGE, 138, 16, { colour: QUIET }));
	let y = 190;
	tags.leaf('P', () => {
		for (const line of layText(set, text.name, WIDE - 2 * EDGE, 34).slice(0, 2)) {
			set.write(lineText(line), EDGE, y, 34, { isBold: true, colour: INK });
			y += 42;
		}
	});
	tags.leaf('P', () => set.write(text.says, EDGE, y - 4, 13, { colour: QUIET }));
	y += 30;
	tags.leaf('P', () => {
		for (const line of layText(set, text.webinar, WIDE - 2 * EDGE, 22).slice(0, 3)) {
			set.write(lineText(line), EDGE, y, 22, { isBold: true, colour: BRAND });
			y += 29;
		}
	});
	for (const fact of text.facts) {
		tags.leaf('P', () => set.write(fact, EDGE, y, 12, { colour: INK }));
		y += 19;
	}
	doc
		.moveTo(EDGE, HIGH - 118)
		.lineTo(WIDE - EDGE, HIGH - 118)
		.lineWidth(0.6)
		.strokeColor(HAIR)
		.stroke();
	tags.leaf('P', () => set.write(text.issued, EDGE, HIGH - 96, 10, { colour: INK }));
	tags.leaf('P', () => set.write(text.verify, EDGE, HIGH - 78, 9, { colour: QUIET }));
	tags.leaf('P', () => set.write(text.code, EDGE, HIGH - 62, 9, { colour: QUIET }));
	return finish(set);
}
