import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setImmediate as nextTurn } from 'node:timers/promises';

import { afterAll, beforeAll, describe, expect, test } from 'vitest';

import type { SearchConfig } from '#config';
import { silentLog } from '#kernel/log.ts';
import { createSearch, DOCUMENT_TYPES, type Search } from '#search';
import { documentsOf } from '#search/document.ts';
import { startMeilisearch } from '#tests/support/meilisearch.ts';
import { describeWith } from '#tests/support/needs.ts';

import { CHOSEN, drawnQueries, WEAK } from './search-golden.ts';
import { type Judged, precisionAt5, recallAt10, truthFor } from './search-judge.ts';
import { BAD_INPUT, GOLDEN, MERCHANTS, NASTY, searchContent } from './search-parts.ts';
import { onlyBehindTheGate, truthOf, wordsOf } from './search-truth.ts';

const LOCALES = ['en', 'zh-CN'] as const;
const WORST = 0.5;
/** Of processor time, for a query and its suggestions in both languages; the content is small, so that an ordinary one takes a few. */
const MOST_PROCESSOR_MS = 1_000;

describe('search with the embedded engine', () => {
	searchContract('embedded', (file) => Promise.resolve({ config: { engine: 'embedded', file }, stop: () => Promise.resolve() }));
});

describeWith('meilisearch', 'search with a real Meilisearch', (binary) => {
	searchContract('meilisearch', async (file) => {
		const server = await startMeilisearch(binary);
		return { config: { engine: 'meilisearch', url: server.url, key: server.key, file }, stop: server.stop };
	});
});

function searchContract(engine: 'embedded' | 'meilisearch', open: (file: string) => Promise<{ config: SearchConfig; stop(): Promise<void> }>): void {
	const folder = mkdtempSync(join(tmpdir(), 'foyer-search-'));
	const content = searchContent();
	const documents = [...documentsOf(content)];
	let search: Search;
	let stop: () => Promise<void>;

	beforeAll(async () => {
		const { config, stop: stopServer } = await open(join(folder, 'search.db'));
		stop = stopServer;
		search = createSearch({ config, now: () => new Date(), log: silentLog, content: () => content, timeoutMs: 30_000 });
		await search.rebuild();
	});

	afterAll(async () => {
		const { engine: answering } = search.status();
		await search.close();
		await stop();
		rmSync(folder, { recursive: true, force: true });
		expect(answering).toBe(engine); // otherwise the other engine gave these answers
	});

	/** One query on the engine under test, against the truth. */
	const judge = async (query: Judged) => {
		const { right, best } = truthFor(query, documents);
		const found = (await search.query({ q: query.q, locale: query.locale, limit: 10 })).hits.map(({ id }) => id);
		return { q: query.q, size: right.size, found: found.length, recall: recallAt10(found, best), precision: precisionAt5(found, right) };
	};

	const urlsFor = async (q: string, locale: 'en' | 'zh-CN'): Promise<string[]> =>
		(await search.query({ q, locale, limit: 5 })).hits.map(({ url }) => url);

	test.each(GOLDEN)('$locale: "$q" finds what it should', async ({ q, locale, first, among, didYouMean }) => {
		const result = await search.query({ q, locale, limit: 5 });
		const urls = result.hits.map(({ url }) => url);
		expect(urls.length).toBeGreaterThan(0);
		if (first !== undefined) expect(urls[0]).toMatch(new RegExp(`${first}$`));
		if (engine === 'embedded') for (const end of among ?? []) expect(urls).toContainEqual(expect.stringMatching(new RegExp(`${end}$`)));
		expect(result.didYouMean).toBe(didYouMean ?? null);
	});

	test('golden: of 120 queries, half of them drawn, the best answers come first', async () => {
		const queries = [...CHOSEN, ...drawnQueries(documents)];
		expect(queries).toHaveLength(120);
		const judged = await Promise.all(queries.map((query) => judge(query)));
		const mean = (of: (one: (typeof judged)[number]) => number) => judged.reduce((total, one) => total + of(one), 0) / judged.length;
		expect(judged.filter(({ size }) => size === 0)).toEqual([]); // a query without truth would judge nothing
		expect(judged.filter(({ found }) => found === 0)).toEqual([]);
		expect(mean(({ recall }) => recall)).toBeGreaterThanOrEqual(0.95);
		expect(mean(({ precision }) => precision)).toBeGreaterThanOrEqual(0.8);
		expect(judged.filter(({ recall }) => recall < WORST).map(({ q }) => q)).toEqual(WEAK[engine]);
	});

	test('everything published is found by its title, and webinars by who speaks', async (context) => {
		if (engine === 'meilisearch') return context.skip('proved by the golden set; 500 requests take long');
		expect(new Set(documents.map(({ type }) => type))).toEqual(new Set(DOCUMENT_TYPES));
		const missing: string[] = [];
		for (const { id, title, locale, type } of documents) {
			const { hits } = await search.query({ q: `"${title.replaceAll('"', ' ')}"`, locale, type: [type], limit: 50 });
			if (!hits.some((hit) => hit.id === id)) missing.push(`${locale} ${title}`);
		}
		expect(missing).toEqual([]);
		for (const { speakers, id, languages } of content.webinars) {
			for (const slug of speakers) {
				const name = content.speakers.find((one) => one.slug === slug)?.name.en ?? '';
				const { hits } = await search.query({ q: name, locale: 'en', type: ['webinars'], limit: 50 });
				expect({ name, found: !languages.includes('en') || hits.some((hit) => hit.id === `webinars-${id}`) }).toEqual({ name, found: true });
			}
		}
	});

	test('golden (a): 招商 公司 finds exactly the names with both', async () => {
		const { hits, total } = await search.query({ q: '招商 公司', locale: 'zh-CN', limit: 50 });
		expect(hits.map(({ title }) => title).sort()).toEqual(MERCHANTS.filter((name) => name.includes('招商') && name.includes('公司')).sort());
		expect(total).toBe(4);
	});

	test.each(LOCALES)('finds every document with a word; the embedded engine finds no other (%s)', async (locale) => {
		const here = documents.filter((document) => document.locale === locale);
		for (const word of wordsOf(here, locale, 40)) {
			const { total } = await search.query({ q: word, locale });
			const truth = truthOf(here, word).length;
			// Meilisearch also finds what is one letter off, however well the word itself is found.
			if (engine === 'meilisearch') expect([word, total >= truth]).toEqual([word, true]);
			else expect({ word, total }).toEqual({ word, total: truth });
		}
	});

	test.each(LOCALES)('names the page of gated text and never shows its words (%s)', async (locale) => {
		let asked = 0;
		for (const { document, page, word } of onlyBehindTheGate(documents, locale, 6)) {
			const result = await search.query({ q: word, locale, limit: 50 });
			const hit = result.hits.find(({ id }) => id === document.id);
			expect({ word, highlights: hit?.highlights }).toMatchObject({
				word,
				highlights: expect.arrayContaining([{ field: 'text', page, locked: true }]) as unknown,
			});
			expect(wordsShown(result)).not.toContain(word);
			expect(wordsShown(await search.suggest({ q: word.slice(0, -1), locale }))).not.toContain(word);
			expect((await search.query({ q: `${word.slice(0, 2)}${word.slice(3)}`, locale })).didYouMean ?? '').not.toContain(word);
			asked++;
		}
		expect(asked).toBeGreaterThan(30);
	});

	test.each(NASTY)('a filter value is a value, whatever stands in it: %s', async (topic) => {
		const { hits, total, facets } = await search.query({ q: 'nastygram', locale: 'en', topic: [topic] });
		expect({ total, titles: hits.map(({ title }) => title) }).toEqual({ total: 1, titles: [`Nastygram ${NASTY.indexOf(topic)}`] });
		expect(facets.topic.filter(({ isChosen }) => isChosen)).toEqual([{ value: topic, label: topic, count: 1, isChosen: true }]);
		expect(facets.topic).toHaveLength(NASTY.length);
	});

	test('several values of a facet are alternatives, facets narrow one another, and their counts agree', async () => {
		const all = await search.query({ q: 'motor', locale: 'en', limit: 50 });
		const count = (name: string) => all.facets.type.find(({ value }) => value === name)?.count ?? 0;
		const some = await search.query({ q: 'motor', locale: 'en', type: ['cases', 'articles'], limit: 50 });
		expect(some.total).toBe(count('cases') + count('articles'));
		expect(new Set(some.hits.map(({ type }) => type))).toEqual(new Set(['cases', 'articles']));
		expect(some.facets.type.map(({ value, count: hits }) => [value, hits])).toEqual(all.facets.type.map(({ value, count: hits }) => [value, hits]));
		const both = await search.query({ q: 'motor', locale: 'en', type: ['cases'], industry: ['packaging'] });
		expect(both.total).toBe(
			(await search.query({ q: 'motor', locale: 'en', type: ['cases'] })).facets.industry.find(({ value }) => value === 'packaging')?.count ?? 0,
		);
		const years = all.facets.date.map(({ value }) => Number(value));
		expect(years).toEqual(years.toSorted((a, b) => b - a));
		const { hits: dated, total: ofYear } = await search.query({ q: 'motor', locale: 'en', date: [String(years[0])], limit: 50 });
		expect(ofYear).toBe(all.facets.date[0]?.count);
		expect(new Set(dated.map(({ publishedAt }) => new Date(publishedAt).getUTCFullYear()))).toEqual(new Set([years[0]]));
		expect(all.facets.category.find(({ value }) => value === 'motors')?.label).toBe('Motors');
	});

	test('pages follow one another without gaps or twins', async () => {
		const seen: string[] = [];
		const { total, pages } = await search.query({ q: 'bearing', locale: 'en', limit: 7 });
		for (let page = 1; page <= pages; page++)
			seen.push(...(await search.query({ q: 'bearing', locale: 'en', limit: 7, page })).hits.map(({ id }) => id));
		expect([seen.length, new Set(seen).size]).toEqual([total, total]);
		expect((await search.query({ q: 'bearing', locale: 'en', page: pages + 5, limit: 7 })).hits).toEqual([]);
	});

	test('an empty query lists everything, newest first', async () => {
		const { hits, total } = await search.query({ q: ' ', locale: 'en', limit: 50, type: ['white_papers'] });
		const dates = hits.map(({ publishedAt }) => publishedAt);
		expect(total).toBe(content.whitePapers.length);
		expect(dates).toEqual([...dates].sort((a, b) => b - a));
	});

	test('editors send a query to a page, and put a result first', async () => {
		expect((await search.query({ q: 'Dealer', locale: 'en' })).redirect).toBe('/quote');
		expect((await urlsFor('bearing', 'en'))[0]).toBe('/white-papers/bearing-damage-from-vibration');
		expect(await search.query({ q: 'bearing', locale: 'en', type: ['cases'] })).toMatchObject({ hits: [{ type: 'cases' }, ...Array<unknown>(0)] });
	});

	test('what is found in part is offered when nothing is found', async () => {
		const { total, nearest } = await search.query({ q: 'bearing xyzzyx', locale: 'en' });
		expect(total).toBe(0);
		expect(nearest.length).toBeGreaterThan(0);
	});

	test.each(BAD_INPUT.map((q) => [JSON.stringify(q).slice(0, 40), q]))('answers %s', async (_name, q) => {
		const before = process.cpuUsage();
		for (const locale of LOCALES) {
			await expect(search.query({ q, locale })).resolves.toHaveProperty('hits');
			await expect(search.suggest({ q, locale })).resolves.toBeInstanceOf(Array);
		}
		const { user, system } = process.cpuUsage(before);
		expect((user + system) / 1_000).toBeLessThan(MOST_PROCESSOR_MS);
	});

	test('suggests items by half a part number, and names', async () => {
		const numbers = await search.suggest({ q: 'hx1', locale: 'en' });
		expect(numbers[0]).toMatchObject({
			kind: 'item',
			url: '/products/sensors/hx1-p18',
			segments: [{ text: 'HX1', isMatch: true }, { isMatch: false }],
		});
		expect(await search.suggest({ q: 'energ', locale: 'en' })).toContainEqual(expect.objectContaining({ kind: 'query', text: 'Energy efficiency' }));
		expect(await search.suggest({ q: '能', locale: 'zh-CN' })).toContainEqual(expect.objectContaining({ kind: 'query', text: '能效' }));
		expect(await search.suggest({ q: '', locale: 'en' })).toEqual([]);
	});

	test('traditional characters find what is written in simplified ones, and are shown as they are written', async () => {
		const simple = await urlsFor('变频器', 'zh-CN');
		const { hits } = await search.query({ q: '變頻器', locale: 'zh-CN', limit: 5 });
		expect(simple).toHaveLength(5);
		expect(hits.map(({ url }) => url)).toEqual(simple);
		const marked = hits.flatMap(({ highlights }) => highlights.flatMap((one) => (one.locked ? [] : one.segments.filter(({ isMatch }) => isMatch))));
		expect(new Set(marked.map(({ text }) => text))).toEqual(new Set(['变频器']));
	});

	test('a Chinese name is found by its pinyin and its initials, on the embedded engine', async (context) => {
		if (engine === 'meilisearch') return context.skip('Meilisearch takes pinyin for words');
		for (const q of ['nengxiao', 'neng xiao', 'nx']) {
			expect(await search.suggest({ q, locale: 'zh-CN' })).toContainEqual(expect.objectContaining({ kind: 'query', text: '能效' }));
			expect(await search.query({ q, locale: 'zh-CN' })).toMatchObject({
				didYouMean: '能效',
				total: (await search.query({ q: '能效', locale: 'zh-CN' })).total,
			});
		}
		expect(await search.suggest({ q: 'nx', locale: 'en' })).toEqual([]);
	});

	test('highlights are pieces of the text, as it is written', async () => {
		const [hit] = (await search.query({ q: 'ostlund axis', locale: 'en', type: ['webinars'] })).hits;
		const pieces = hit?.highlights.flatMap((highlight) =>
			highlight.locked ? [] : highlight.segments.filter(({ isMatch }) => isMatch).map(({ text }) => text),
		);
		expect(pieces).toEqual(expect.arrayContaining(['axis', 'Östlund']));
	});

	test('a rebuild is never seen', async () => {
		const before = await search.query({ q: 'servo', locale: 'en' });
		const progress: number[] = [];
		let isDone = false;
		const rebuilt = search.rebuild((done) => progress.push(done)).then(() => (isDone = true));
		const totals = new Set<number>();
		for (let round = 0; !isDone; round++) {
			totals.add((await search.query({ q: 'servo', locale: 'en', limit: 1 + (round % 50), page: 1 + Math.trunc(round / 50) })).total);
			await nextTurn();
		}
		await rebuilt;
		expect([...totals]).toEqual([before.total]);
		expect(progress.at(-1)).toBe(documents.length);
	});
}

/** Every text in an answer, without the names of its fields. */
function wordsShown(answer: unknown): string {
	if (typeof answer !== 'object' || answer === null) return typeof answer === 'string' ? answer.toLowerCase() : '';
	return Object.values(answer).map(wordsShown).join('\n');
}
