import { PDFDocument } from '@cantoo/pdf-lib';
import { expect, test } from 'vitest';

import { pdfText } from '#tests/support/pdf-text.ts';

import { ticketPdf, type TicketText } from './ticket.ts';

test.each([
	['en', 'Ticket', 'Ada Keller-Østlund', 'Drives day at Hannover Messe', 'Hall 11, stand C42'],
	['zh-CN', '电子票', '王晓明', '伺服技术交流会', '上海新国际博览中心 N3 馆'],
] as const)('a ticket in %s is one page with letters, name, title and place', async (locale, kind, name, title, place) => {
	const text: TicketText = {
		...{ locale, brand: 'Halden Drives', kind, title, name, when: '3 March 2026 10:00', place: [place] },
		...{ spoken: 'ABCDE-FGHJK', scanned: 'FOYER:ABCDEFGHJK', help: 'Show this at the door.' },
	};
	const bytes = await ticketPdf(text);
	expect((await PDFDocument.load(bytes)).getPageCount()).toBe(1);
	const [page = ''] = await pdfText(bytes);
	for (const word of [kind, name, title, place, 'ABCDE-FGHJK']) expect(page.replaceAll(/\s/g, '')).toContain(word.replaceAll(/\s/g, ''));
});
