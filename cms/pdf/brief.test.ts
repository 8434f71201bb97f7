import { PDFDocument } from '@cantoo/pdf-lib';
import { expect, test } from 'vitest';

import { pdfText } from '#tests/support/pdf-text.ts';

import { briefPdf, type BriefText } from './brief.ts';

const sections = (title: string, words: string) =>
	Array.from({ length: 4 }, (_, at) => ({
		title: `${title} ${at}`,
		empty: '',
		lines: Array.from({ length: 12 }, () => ({ label: title, text: words.repeat(30) })),
	}));
const aBrief = (locale: BriefText['locale'], title: string, words: string): BriefText => ({
	...{ locale, brand: 'Halden Drives', occasion: 'Brief', name: words, place: words.repeat(8), score: 'B2', foot: title },
	contact: Array.from({ length: 4 }, () => ({ label: title, text: words.repeat(10) })),
	columns: [sections(title, words), sections(title, words)],
});

test.each([
	['en', 'Reading', 'Continuous current of servo drives '],
	['zh-CN', '阅读', '伺服驱动器的额定扭矩与防护等级'],
] as const)('a brief in %s is one page, however much there is to say', async (locale, title, words) => {
	const bytes = await briefPdf(aBrief(locale, title, words));
	expect((await PDFDocument.load(bytes)).getPageCount()).toBe(1);
	expect((await pdfText(bytes))[0]).toContain(title);
});
