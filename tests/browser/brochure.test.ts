import type { Browser, BrowserContext, Page } from 'playwright-core';
import { describe, expect, test } from 'vitest';

import { pdfText } from '#tests/support/pdf-text.ts';
import { openStage } from '#tests/support/stage.ts';

const NUMBER = '.brochure-number';

describe('my brochure', () => {
	const stage = openStage();

	const opened = async (options: Parameters<Browser['newContext']>[0], use: (page: Page, context: BrowserContext) => Promise<void>) => {
		const context = await stage.browser.newContext({ viewport: { width: 1280, height: 900 }, ...options });
		await use(await context.newPage(), context);
		await context.close();
	};
	const listed = (page: Page) =>
		page
			.locator(NUMBER)
			.allTextContents()
			.then((all) => all.map((text) => text.trim()));
	const fileOf = async (page: Page) => {
		const path = await page.locator('#ready a.button').first().getAttribute('href');
		const answer = await fetch(stage.hub.url + (path ?? ''));
		expect([answer.status, answer.headers.get('content-type')]).toEqual([200, 'application/pdf']);
		return pdfText(new Uint8Array(await answer.arrayBuffer()));
	};

	test('collects on product pages, is put in order, and becomes a PDF with the reader’s name', async () => {
		await opened({}, async (page) => {
			for (const path of ['/products/servo-drives/hd3-012', '/products/motors/hs4-100']) {
				await page.goto(stage.hub.url + path);
				await page.locator('[data-brochure-add]').first().click();
			}
			expect(await page.evaluate(() => localStorage.getItem('foyer.brochure'))).toBe('["hd3-012","hs4-100"]');
			await page.goto(`${stage.hub.url}/brochure`);
			await page.waitForURL(/p=hd3-012&p=hs4-100/);
			await page.getByLabel('Name on the cover').fill('Ada Keller');
			await page.getByRole('link', { name: 'Move HS4-100 up' }).click();
			await page.waitForURL(/p=hs4-100&p=hd3-012/);
			expect(await listed(page)).toEqual(['HS4-100', 'HD3-012']);
			expect(await page.getByLabel('Name on the cover').inputValue()).toBe('Ada Keller');
			await page.getByRole('button', { name: 'Make the PDF' }).click();
			await page.waitForURL(/made=/);
			expect(page.url()).not.toContain('Ada');
			const text = await fileOf(page);
			expect(text[0]).toContain('For Ada Keller');
			expect(text[1]).toMatch(/HS4-100.*HD3-012/s);
		});
	});

	test('works in Chinese with links and forms alone', async () => {
		await opened({ javaScriptEnabled: false }, async (page) => {
			await page.goto(`${stage.hub.url}/zh-CN/brochure`);
			await page.getByLabel('添加产品').fill('hf3 2200');
			await page.getByRole('button', { name: '查找' }).click();
			await page.getByRole('link', { name: '添加HF3-2200' }).click();
			await page.getByLabel('添加产品').fill('hg1');
			await page.getByRole('button', { name: '查找' }).click();
			await page.getByRole('link', { name: '添加HG1-090' }).click();
			expect(await listed(page)).toEqual(['HF3-2200', 'HG1-090']);
			await page.getByRole('link', { name: '移除HG1-090' }).click();
			expect(await listed(page)).toEqual(['HF3-2200']);
			await page.getByLabel('姓名').fill('欧阳喆');
			await page.getByRole('button', { name: '生成 PDF' }).click();
			await page.waitForURL(/made=/);
			const text = (await fileOf(page)).join('');
			for (const part of ['欧阳喆', '目录', 'HF3-2200']) expect(text).toContain(part);
		});
	});

	test('says what is missing, and keeps what was typed', async () => {
		await opened({}, async (page) => {
			await page.goto(`${stage.hub.url}/brochure?p=hd3-012`);
			for (const box of await page.locator('input[type=checkbox][name=s]').all()) await box.uncheck();
			await page.getByRole('textbox', { name: 'Company' }).fill('Packline');
			await page.getByRole('button', { name: 'Make the PDF' }).click();
			expect(await page.locator('[role=alert]').textContent()).toContain('at least one section');
			expect(await page.getByRole('textbox', { name: 'Company' }).inputValue()).toBe('Packline');
		});
	});
});
