import sharp from 'sharp';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';

import { brochureText } from '../../cms/pdf/brochure-text.ts';
import { createPrinter, type Printer } from '../../cms/pdf/printer.ts';
import { sampleContent } from '#tests/support/sample-content.ts';
import { pdfText } from '#tests/support/pdf-text.ts';

const content = sampleContent();
const ORIGIN = 'https://hub.example';
const SLUGS = ['hs4-100', 'hd3-012', 'hx4-e58'];
let printer: Printer;

beforeAll(() => {
	// Whatever fonts this machine has, none is found here.
	process.env['FONTCONFIG_FILE'] = '/dev/null';
	process.env['FONTCONFIG_PATH'] = '/nonexistent';
	printer = createPrinter({ most: 3 });
});
afterAll(async () => {
	delete process.env['FONTCONFIG_FILE'];
	delete process.env['FONTCONFIG_PATH'];
	await printer.close();
});

const request = { locale: 'en', products: SLUGS, sections: ['specifications', 'questions'], name: 'Ada Keller', company: 'Packline' } as const;
const brochure = (over: Partial<Parameters<typeof brochureText>[1]> = {}) => {
	const text = brochureText(content, { ...request, ...over }, ORIGIN, new Date('2026-03-02T09:00:00Z'));
	return printer.print({ kind: 'brochure', text, drawings: text.products.map(() => null) });
};

describe('a brochure', () => {
	test('has a cover with name and date, contents with the right pages, and each product in its order', async () => {
		const { bytes, pages } = await brochure();
		const text = await pdfText(bytes);
		expect(text).toHaveLength(pages);
		expect(text[0]).toContain('For Ada Keller');
		expect(text[0]).toContain('2 March 2026');
		for (const slug of SLUGS) {
			const product = content.products.find((one) => one.slug === slug)!;
			const page = text.findIndex((one, at) => at > 1 && one.includes(`products/${product.rootCategory}/${slug}`)) + 1;
			expect(page).toBeGreaterThan(2);
			expect(text[1]).toContain(`${product.title.en}${page}`);
		}
	});

	test('leaves out what was not chosen', async () => {
		const [product] = content.products.filter(({ slug }) => slug === SLUGS[0]);
		const question = product!.faq[0]!.question.en;
		expect((await pdfText((await brochure()).bytes)).join('')).toContain(question);
		expect((await pdfText((await brochure({ sections: ['specifications'] })).bytes)).join('')).not.toContain(question);
	});

	test('in Chinese has text that can be selected, rare characters of names included; what no face has becomes a mark', async () => {
		const { bytes } = await brochure({ locale: 'zh-CN', name: '陈珺祎 喆 🎉', company: '𠮷' });
		const text = (await pdfText(bytes)).join('');
		for (const part of ['陈珺祎', '喆', '〓', '产品样册', '目录', '额定']) expect(text).toContain(part);
	});
});

describe('a picture of a link', () => {
	const text = { brand: 'Halden Drives', kind: 'White paper WP-03', aside: '', series: 'measured', fit: 'cover' } as const;
	const draw = async (locale: 'en' | 'zh-CN', title: string) =>
		(await printer.print({ kind: 'share-picture', text: { ...text, locale, title }, picture: null })).bytes;

	test.each([
		['en', 'Bearing damage'],
		['zh-CN', '轴承损伤'],
		['en', 'A very long title that goes on and on about machines, drives and what they are measured by, '.repeat(4)],
	] as const)('in %s is 1200 by 630 and light', async (locale, title) => {
		const bytes = await draw(locale, title);
		expect(await sharp(bytes).metadata()).toMatchObject({ width: 1200, height: 630, format: 'png' });
		expect(bytes.length).toBeLessThan(150_000);
	});

	test('draws different Chinese words differently without any font of the system', async () => {
		expect(Buffer.from(await draw('zh-CN', '变频器')).equals(Buffer.from(await draw('zh-CN', '减速机')))).toBe(false);
	});
});

test('the queue has an end', async () => {
	const first = [brochure(), brochure(), brochure()];
	await expect(brochure()).rejects.toMatchObject({ code: 'unavailable' });
	await Promise.all(first);
	expect(printer.waiting()).toBe(0);
});
