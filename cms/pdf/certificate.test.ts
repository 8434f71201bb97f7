import { PDFDocument } from '@cantoo/pdf-lib';
import { expect, test } from 'vitest';

import { pdfText } from '#tests/support/pdf-text.ts';

import { certificatePdf, type CertificateText } from './certificate.ts';

test.each([
	['en', 'Certificate of attendance', 'Ada Keller-Østlund', 'Sizing a servo axis'],
	['zh-CN', '参会证书', '王晓明', '伺服轴选型计算'],
] as const)('a certificate in %s is one page with name, webinar and code', async (locale, title, name, webinar) => {
	const text: CertificateText = {
		...{ locale, brand: 'Halden Drives', title, name, webinar, says: 'has taken part', facts: ['3 March 2026', '42 minutes'] },
		...{ issued: 'Issued', verify: 'https://hub.example/certificates', code: 'ABCDE-FGHJK' },
	};
	const bytes = await certificatePdf(text);
	expect((await PDFDocument.load(bytes)).getPageCount()).toBe(1);
	const [page = ''] = await pdfText(bytes);
	for (const word of [title, name, webinar, 'ABCDE-FGHJK']) expect(page.replaceAll(/\s/g, '')).toContain(word.replaceAll(/\s/g, ''));
});
