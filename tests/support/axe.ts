import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';

import type { AxeResults } from 'axe-core';
import type { Page } from 'playwright-core';

const AXE = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');
const RULES = ['wcag2a', 'wcag2aa', 'wcag21aa', 'wcag22aa', 'best-practice'];

/** What is wrong with the page as it stands: what axe sees (WCAG 2.2 AA and good practice), and whatever is wider than the window. */
export async function flawsOf(page: Page): Promise<string[]> {
	const path = new URL(page.url()).pathname;
	await page.evaluate(AXE);
	const { violations } = await page.evaluate<AxeResults>(`axe.run(document, { runOnly: ${JSON.stringify(RULES)}, resultTypes: ["violations"] })`);
	const found = violations.map(({ id, nodes }) => `${path}: ${id}: ${nodes[0]?.html.slice(0, 160)}`);
	const tooWide = await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
	return tooWide > 0 ? [...found, `${path}: ${tooWide} px wider than the window`] : found;
}
