import { describe, expect, test } from 'vitest';

import { parseFigure } from '../figure.ts';
import { pagesOf } from '../read/reading.ts';
import { readSource, rowsOf } from './source.ts';

const LARGEST_SHARE = 0.03;
const source = await readSource();
const slugOf = (row: Readonly<Record<string, unknown>>): string => String(row['slug']);

/** All runs of `length` words, or of Han characters, of a text without its figures. */
function runs(text: string, language: 'en' | 'zh'): ReadonlySet<string> {
	const prose = text.replaceAll(/```[\s\S]*?```/g, ' ').toLowerCase();
	const units = language === 'en' ? (prose.match(/[\p{Letter}\p{Number}]+/gu) ?? []) : (prose.match(/\p{Script=Han}/gu) ?? []);
	const length = language === 'en' ? 8 : 12;
	return new Set(units.slice(0, Math.max(0, units.length - length + 1)).map((_unit, at) => units.slice(at, at + length).join(' ')));
}

test('the sample company has what it promises', () => {
	const counts = {
		papers: source.papers.length,
		cases: source.cases.length,
		articles: source.articles.filter((row) => row['kind'] === undefined).length,
		news: source.articles.filter((row) => row['kind'] !== undefined).length,
		products: source.products.length,
		categories: source.categories.filter((row) => !row['parent']).length,
		subCategories: source.categories.filter((row) => row['parent']).length,
		dealers: source.dealers.length,
		offers: source.offers.length,
		webinars: source.webinars.length,
	};
	expect(counts).toEqual({
		papers: 8,
		cases: 6,
		articles: 6,
		news: 3,
		products: 24,
		categories: 6,
		subCategories: 13,
		dealers: 14,
		offers: 7,
		webinars: 5,
	});
	expect(source.webinars.map((row) => row['mode']).sort()).toEqual(['live', 'on-demand', 'on-demand', 'on-site', 'simulive']);
});

describe.each(['en', 'zh'] as const)('papers in %s', (language) => {
	const texts = source.papers.map((row) => ({ slug: slugOf(row), text: String(row[`body_${language}`]) }));

	test('are no copies of each other', () => {
		const all = texts.map(({ slug, text }) => ({ slug, runs: runs(text, language) }));
		for (const [at, one] of all.entries()) {
			for (const other of all.slice(at + 1)) {
				const shared = [...one.runs].filter((run) => other.runs.has(run)).length;
				expect(shared / Math.min(one.runs.size, other.runs.size), `${one.slug} and ${other.slug}`).toBeLessThan(LARGEST_SHARE);
			}
		}
	});

	test.each(texts)('$slug has six pages or more, each of substance, with tables and figures that can be drawn', ({ text }) => {
		const pages = pagesOf(text);
		expect(pages.length).toBeGreaterThanOrEqual(6);
		const figures = [...text.matchAll(/```figure\n([\s\S]*?)\n```/g)].map(([, json = '']) => parseFigure(json));
		expect(figures).not.toContain(null);
		const tables = text.match(/^\|[ :|-]+\|$/gm) ?? [];
		expect(figures.length + tables.length).toBeGreaterThanOrEqual(4);
		for (const page of pages) {
			expect(page.startsWith('## ')).toBe(true);
			const size = language === 'en' ? (page.match(/[\p{Letter}\p{Number}]+/gu) ?? []).length : (page.match(/\p{Script=Han}/gu) ?? []).length;
			expect(size).toBeGreaterThan(language === 'en' ? 250 : 300);
		}
	});
});

test('every text is there in both languages', () => {
	const missing: string[] = [];
	const look = (value: unknown, path: string): void => {
		if (Array.isArray(value)) value.forEach((entry, at) => look(entry, `${path}[${at}]`));
		else if (typeof value === 'object' && value !== null) {
			for (const [name, entry] of Object.entries(value)) {
				const twin = name.replace(/_en$/, '_zh');
				if (twin !== name && entry !== '' && (value as Record<string, unknown>)[twin] === undefined) missing.push(`${path}.${twin}`);
				look(entry, `${path}.${name}`);
			}
		}
	};
	look(source, 'content');
	expect(missing).toEqual([]);
});

test('every reference leads somewhere', () => {
	const known = (rows: readonly Readonly<Record<string, unknown>>[]) => new Set(rows.map(slugOf));
	const targets = {
		products: known(source.products),
		topics: known(source.terms),
		industries: known(source.terms),
		roles: known(source.terms),
		speakers: known(source.speakers),
		categories: known(source.categories),
		dealers: known(source.dealers),
	};
	for (const row of [
		...source.papers,
		...source.cases,
		...source.articles,
		...source.webinars,
		...source.products,
		...source.dealers,
		...source.offers,
	]) {
		for (const [name, slugs] of Object.entries(targets)) {
			for (const slug of (row[name] ?? []) as readonly string[]) expect(slugs.has(slug), `${slugOf(row)}: ${name} ${slug}`).toBe(true);
		}
	}
});

test('every product stands in a sub-category, and the pages use every kind of block', () => {
	const parents = new Map(source.categories.map((row) => [slugOf(row), String(row['parent'] ?? '')]));
	for (const product of source.products) expect(parents.get(String(product['category'])), slugOf(product)).toMatch(/^[a-z-]+$/);
	const kinds = new Set(source.pages.flatMap((page) => rowsOf(page, 'blocks').map((block) => block['kind'])));
	expect(kinds.size).toBe(13);
});

test('thousands are written one way, and torque has one word in Chinese', () => {
	const prose = JSON.stringify({ ...source, searchRules: [], dealers: [] }).replaceAll(/```figure[\s\S]*?```/g, '');
	expect(prose.match(/(?<![\d,.[])\d,\d{3}(?![\d,\]])/g) ?? []).toEqual([]);
	expect(prose.match(/扭矩/g) ?? []).toEqual([]);
});

test('a product has five figures, twenty specifications or more, and specifications that can be compared', () => {
	for (const product of source.products) {
		expect(rowsOf(product, 'figures'), slugOf(product)).toHaveLength(5);
		expect(rowsOf(product, 'specs').length, slugOf(product)).toBeGreaterThanOrEqual(20);
		expect(
			rowsOf(product, 'specs').some((row) => row['comparable'] === true),
			slugOf(product),
		).toBe(true);
	}
});
