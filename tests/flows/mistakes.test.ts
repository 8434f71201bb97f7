import { type ChildProcess, spawn } from 'node:child_process';
import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';

import { afterAll, beforeAll, describe, expect, test } from 'vitest';

import type { Row } from '#cms/client.ts';
import { type ContentProblem, LOCALES, type ProblemCode } from '#cms/content.ts';
import { project } from '#cms/read/project.ts';
import type { Rows } from '#cms/rows.ts';
import { textsFor } from '#kernel/texts/index.ts';
import { freePort, seededData } from '#tests/support/hub.ts';
import { until } from '#tests/support/until.ts';

const ROOT = resolve(import.meta.dirname, '../..');
type Of = 'articles' | 'products' | 'pages' | 'webinars' | 'white_papers';

interface Mistake {
	readonly what: string;
	readonly in: Of;
	readonly over: Row;
	/** What the editor is told; null: nothing is wrong with it. */
	readonly code: ProblemCode | null;
	/** False: it has no page. */
	readonly isShown?: boolean;
	/** Not shown in Chinese. */
	readonly isEnglishOnly?: boolean;
}

const LONG = 'A paragraph with a number, 12.5 A, and a part, HD3-012.\n\n';
const MISTAKES: readonly Mistake[] = [
	{ what: 'no Chinese title', in: 'articles', over: { title_zh: '' }, code: 'no-page', isEnglishOnly: true },
	{ what: 'no Chinese text', in: 'articles', over: { body_zh: null }, code: 'missing-translation' },
	{ what: 'no title at all', in: 'articles', over: { title_en: null, title_zh: ' ' }, code: 'left-out', isShown: false },
	{ what: 'a script in the text', in: 'articles', over: { body_en: 'Before <script>alert(1)</script> after' }, code: 'active-html' },
	{ what: 'a frame in the text', in: 'articles', over: { body_en: '<iframe src="https://example.com"></iframe>' }, code: 'active-html' },
	{ what: 'a style in the text', in: 'articles', over: { body_en: '<style>body{display:none}</style>Text' }, code: 'active-html' },
	{ what: 'an event handler', in: 'articles', over: { body_en: '<p onclick="alert(1)">Text</p>' }, code: 'active-html' },
	{ what: 'a picture that runs', in: 'articles', over: { body_en: '<img src=x onerror=alert(1)>' }, code: 'active-html' },
	{ what: 'a javascript: link', in: 'articles', over: { body_en: '[press](javascript:alert(1))' }, code: 'active-html' },
	{ what: 'HTML in the title', in: 'articles', over: { title_en: '<script>alert(1)</script> & <b>bold</b>' }, code: null },
	{ what: 'braces in the title', in: 'articles', over: { title_en: 'Use {count} and ${value} and {{title}}' }, code: null },
	{ what: 'a title of 200 characters', in: 'articles', over: { title_en: 'Wechselrichterüberwachung'.repeat(8) }, code: null },
	{ what: 'emoji and writing from right to left', in: 'articles', over: { title_en: '😀 محرك كهربائي 👩🏽‍🔧', body_en: 'שלום\u202e abc' }, code: null },
	{ what: 'a text of 500 KB', in: 'articles', over: { body_en: LONG.repeat(9_000) }, code: 'too-large' },
	{ what: 'a Markdown without end', in: 'articles', over: { body_en: `${'['.repeat(3_000)}${'*_'.repeat(3_000)}${'> '.repeat(300)}x` }, code: null },
	{ what: 'a damaged figure', in: 'articles', over: { body_en: '```figure\n{"kind":"line","series":[{"points":"x"}]\n```\nAfter' }, code: null },
	{ what: 'a cover that is gone', in: 'articles', over: { cover: '00000000-0000-4000-8000-000000000000' }, code: 'missing-file' },
	{ what: 'a video as cover', in: 'articles', over: { cover: 'VIDEO' }, code: 'not-a-picture' },
	{ what: 'a picture larger than is taken', in: 'articles', over: { cover: 'HUGE' }, code: 'too-large' },
	{ what: 'references that are text', in: 'articles', over: { products: 'hm2-071' }, code: 'invalid-field' },
	{ what: 'a reference to nothing', in: 'articles', over: { products: [{ key: 'gone', collection: 'products' }] }, code: 'dangling-reference' },
	{ what: 'a kind that does not exist', in: 'articles', over: { kind: 'rumour' }, code: 'invalid-field' },
	{ what: 'a date that is none', in: 'articles', over: { publish_at: 'tomorrow' }, code: 'invalid-field' },
	{
		...{ what: 'an end before the start', in: 'articles', code: 'bad-schedule', isShown: false },
		over: { publish_at: '2026-02-02T00:00:00Z', unpublish_at: '2026-02-01T00:00:00Z' },
	},
	{ what: 'an address with spaces', in: 'articles', over: { slug: 'Not An Address' }, code: 'left-out', isShown: false },
	{ what: 'specifications that are text', in: 'products', over: { specs: 'Torque 5 N·m' }, code: 'invalid-field' },
	{
		what: 'specifications of nulls and numbers',
		in: 'products',
		over: { specs: [null, 3, 'x', { name_en: null, value: 5, unit: {} }] },
		code: 'invalid-field',
	},
	{ what: 'no category', in: 'products', over: { category: null }, code: 'left-out', isShown: false },
	{ what: 'figures without values', in: 'products', over: { figures: [{}, { value: null }] }, code: null },
	{ what: 'a block of unknown kind', in: 'pages', over: { blocks: [{ kind: 'marquee' }, { kind: 'text', body_en: 'Stays' }] }, code: 'broken-block' },
	{ what: 'blocks that are no list', in: 'pages', over: { blocks: { kind: 'text' } }, code: 'invalid-field' },
	{
		what: 'a button that runs a script',
		in: 'pages',
		over: { blocks: [{ kind: 'cta', title_en: 'T', label_en: 'Press', link: 'javascript:alert(1)' }] },
		code: 'unsafe-link',
	},
	{
		what: 'cards of nothing',
		in: 'pages',
		over: { blocks: [{ kind: 'cards', title_en: 'T', items: ['cases/gone', 7, null] }] },
		code: 'dangling-reference',
	},
	{ what: 'a zone that does not exist', in: 'webinars', over: { time_zone: 'Mars/Olympus' }, code: 'invalid-field' },
	{ what: 'a live webinar without a start', in: 'webinars', over: { mode: 'live', starts_at: null }, code: 'left-out', isShown: false },
	{ what: 'pages below zero', in: 'white_papers', over: { open_pages: -3 }, code: 'invalid-field' },
	{ what: 'no PDF', in: 'white_papers', over: { pdf_en: null, pdf_zh: null }, code: 'missing-file' },
	{ what: 'findings that are a sentence', in: 'white_papers', over: { findings: 'One finding' }, code: 'invalid-field' },
];
const FOLDERS = { articles: 'articles', products: 'products/motors', pages: 'p', webinars: 'webinars', white_papers: 'white-papers' } as const;
const slugOf = (at: number): string => `mistake-${at + 1}`;

let folder: string;
let server: ChildProcess;
let url: string;
let problems: readonly ContentProblem[];

beforeAll(async () => {
	folder = mkdtempSync(join(tmpdir(), 'foyer-mistakes-'));
	cpSync(await seededData(), folder, { recursive: true });
	const file = join(folder, 'snapshot.json');
	const kept = JSON.parse(readFileSync(file, 'utf8')) as { readonly rows: Rows };
	const rows = withMistakes(kept.rows);
	problems = project(rows, new Date(), 1).problems;
	writeFileSync(file, JSON.stringify({ ...kept, rows }));
	const port = await freePort();
	url = `http://127.0.0.1:${port}`;
	server = spawn(process.execPath, ['server.ts'], {
		cwd: ROOT,
		// Nobody answers as Directus: the site shows what it kept.
		env: {
			PATH: process.env['PATH'],
			PORT: String(port),
			DATA_DIR: folder,
			LOG_LEVEL: 'error',
			DIRECTUS_URL: 'http://127.0.0.1:1',
			DIRECTUS_TOKEN: 'nobody-reads-this-token',
		},
		stdio: 'ignore',
	});
	await until('the hub', async () => (await fetch(`${url}/articles/${slugOf(1)}`).catch(() => null))?.ok === true, 60_000);
}, 300_000);
afterAll(() => {
	server?.kill();
	rmSync(folder, { recursive: true, force: true });
});

/** The sample company with one item for each mistake, made from an item that has none. */
function withMistakes(rows: Rows): Rows {
	const collections = Object.fromEntries(Object.entries(rows.collections).map(([name, list]) => [name, [...list]])) as Record<string, Row[]>;
	const video = rows.files.find((row) => row['type'] === 'video/mp4');
	const picture = rows.files.find((row) => row['type'] === 'image/png');
	const files = [...rows.files, { ...picture, id: 'HUGE', width: 30_000, height: 20_000 }, { ...video, id: 'VIDEO', folder: picture?.['folder'] }];
	MISTAKES.forEach(({ in: collection, over }, at) => {
		const sound = rows.collections[collection][0];
		collections[collection]?.push({ ...sound, id: `id-${at + 1}`, slug: slugOf(at), sort: 900 + at, ...over });
	});
	return { ...rows, files, collections: collections as unknown as Rows['collections'] };
}

/** What a reader sees, without tags, scripts and data. */
const wordsIn = (html: string): string => html.replaceAll(/<(script|style|svg)\b[\s\S]*?<\/\1>/g, ' ').replaceAll(/<[^>]+>/g, ' ');

describe.each(MISTAKES.map((mistake, at) => ({ ...mistake, at })))('$what', ({ in: collection, at, code, isShown = true, isEnglishOnly = false }) => {
	test.each(LOCALES)('leaves the page in %s whole', async (locale) => {
		const answer = await fetch(`${url}${locale === 'en' ? '' : '/zh-CN'}/${FOLDERS[collection]}/${slugOf(at)}`);
		const html = await answer.text();
		expect(answer.status).toBe(isShown && !(isEnglishOnly && locale !== 'en') ? 200 : 404);
		expect(html).toContain('</body></html>');
		expect(html.match(/<h1[\s>]/g)).toHaveLength(1);
		expect(html).not.toMatch(/(?:href|src|action)="\s*(?:javascript|data:text)/i);
		// Within the quotes of an attribute it is only text.
		expect(html.replaceAll(/"[^"]*"/g, '""')).not.toMatch(/<script>alert|<iframe|<[^>]*\son[a-z]+=|<style>body/i);
		expect(wordsIn(html)).not.toMatch(/\bundefined\b|\bNaN\b|\[object Object\]|Invalid Date/);
	});

	test(code === null ? 'is nothing to report' : `is reported as ${code}, with words in both languages`, () => {
		const found = problems.filter(({ itemId }) => itemId === `id-${at + 1}`);
		if (code === null) return expect(found).toEqual([]);
		expect(found.map((problem) => problem.code)).toContain(code);
		for (const locale of LOCALES) expect(Object.values(textsFor(locale).preview.problems[code]).every((words) => words.length > 3)).toBe(true);
	});
});

test('the lists, the home page and the sitemap stand among all of them', async () => {
	for (const path of [
		'/',
		'/zh-CN',
		'/library',
		'/zh-CN/library',
		'/products',
		'/products/motors',
		'/webinars',
		'/sitemap.xml',
		'/search?q=mistake',
	]) {
		const answer = await fetch(url + path);
		expect([path, answer.status]).toEqual([path, 200]);
		expect(wordsIn(await answer.text())).not.toMatch(/\bundefined\b|\bNaN\b|\[object Object\]/);
	}
});
