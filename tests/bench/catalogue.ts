import { rmSync } from 'node:fs';
import { monitorEventLoopDelay } from 'node:perf_hooks';
import { setTimeout as pause } from 'node:timers/promises';

import { changedTags } from '#cms/change.ts';
import type { Snapshot } from '#cms/content.ts';
import { createReadMemo } from '#cms/read/memo.ts';
import { project } from '#cms/read/project.ts';
import type { Rows } from '#cms/rows.ts';
import { textsFor } from '#kernel/texts/index.ts';
import { catalogueOf } from '#site/catalogue.ts';
import { shelfOf } from '#site/catalogue/shelf-of.ts';
import { freePort } from '#tests/support/hub.ts';

import { HUB_ENV, HUB_FLAGS } from '../../scripts/memory.mjs';
import { endChildren, line, measure, median, start, told } from './children.ts';
import { sampleData, sampleRows, withMotors } from './fixture.ts';
import type { LoadOrder } from './load.ts';

const PRODUCTS = 5_000;
const ROUNDS = Number(process.env['BENCH_ROUNDS'] ?? 5);
const ROUND_MS = Number(process.env['BENCH_MS'] ?? 1_500);
const UNCACHED_LIMIT_MS = 15;
const BLOCK_LIMIT_MS = 50;
const KEPT_LIMIT = 0.5;
const CATEGORY = '/products/motors';
/** Readers with their own questions: ranges, values, words, orders and views, alone and together. */
const QUESTIONS = [
	'?rated-power.min=1&rated-power.max=5',
	'?rated-power.min=1&degree-of-protection=IP65',
	'?rated-torque.max=50&degree-of-protection=IP55&degree-of-protection=IP65&sort=rated-power.desc',
	'?q=BM-01&sort=name',
	'?rated-power.min=2&rated-speed.min=1000&industry=packaging&industry=food-beverage&documents=cad',
	'?rated-power.min=2&view=table&sort=rated-torque',
	'?rated-power.max=20&page=40',
	'?rated-power.min=900&degree-of-protection=IP65',
];

/** A category of 5,000 products, through the real pages: what is kept, what is made for one reader, and what a change costs. */
export async function benchCatalogue(): Promise<void> {
	const folder = await sampleData((rows) => withMotors(rows, PRODUCTS));
	try {
		console.log(`A category of ${PRODUCTS} products`);
		await benchPages(folder);
	} finally {
		endChildren();
		rmSync(folder, { recursive: true, force: true });
	}
	await benchChange();
}

async function benchPages(folder: string): Promise<void> {
	const port = await freePort();
	const env = { PORT: String(port), DATA_DIR: folder, DIRECTUS_URL: 'http://127.0.0.1:9', DIRECTUS_TOKEN: 'none-none-none-none' };
	const raw = start('raw.ts');
	const { port: rawPort } = await told<{ port: number }>(raw);
	const hub = start('hub.ts', { ...env, TRUSTED_PROXIES: '127.0.0.1', LOG_LEVEL: 'silent', ...HUB_ENV }, HUB_FLAGS);
	await told(hub);
	const load = start('load.ts');
	const base = { port, headers: { 'accept-encoding': 'gzip, br' }, isEvents: false, words: [], connections: 50, milliseconds: ROUND_MS };
	const kept: LoadOrder = { ...base, path: CATEGORY };
	const one = (path: string, words: readonly string[] = []): LoadOrder => ({ ...base, path, words, connections: 1 });
	const cases = [
		{ name: 'filtered page of one reader', order: one(CATEGORY, QUESTIONS), limit: UNCACHED_LIMIT_MS },
		{ name: 'comparison of four products', order: one('/products/compare?p=bench-1&p=bench-2&p=bench-3&p=bench-4'), limit: UNCACHED_LIMIT_MS },
		{
			name: 'product page made anew',
			order: { ...one('/products/motors/bench-1234'), headers: { ...base.headers, cookie: 'foyer_pass=none' } },
			limit: UNCACHED_LIMIT_MS,
		},
	];
	for (const order of [kept, ...cases.map((each) => each.order)]) await measure(load, hub, order);
	const ratios: { readonly rate: number; readonly cpu: number }[] = [];
	const results = cases.map((): { readonly p50: number; readonly p99: number; readonly cpu: number }[] => []);
	for (let round = 0; round < ROUNDS; round++) {
		const ok = await measure(load, raw, { ...base, headers: {}, port: rawPort, path: '/' });
		const page = await measure(load, hub, kept);
		ratios.push({ rate: page.perSecond / ok.perSecond, cpu: ok.cpuMicros / page.cpuMicros });
		for (const [at, { name, order }] of cases.entries()) {
			const { p50Ms, p99Ms, failed, cpuMicros } = await measure(load, hub, order);
			if (failed > 0) throw new Error(`${name}: ${failed} requests failed`);
			results[at]!.push({ p50: p50Ms, p99: p99Ms, cpu: cpuMicros / 1_000 });
		}
	}
	const ratio = median(ratios.map(({ rate }) => rate));
	const cpuRatio = median(ratios.map(({ cpu }) => cpu)).toFixed(2);
	line(
		'kept category page',
		ratio.toFixed(2),
		`≥ ${KEPT_LIMIT.toFixed(2)}`,
		ratio >= KEPT_LIMIT,
		`50 connections, to raw node:http "ok"; of processor ${cpuRatio}`,
	);
	for (const [at, { name, limit }] of cases.entries()) {
		const [p50, p99, cpu] = (['p50', 'p99', 'cpu'] as const).map((key) => median(results[at]!.map((result) => result[key])));
		line(name, `${p50!.toFixed(1)} ms`, `< ${limit} ms`, p50! < limit, `p99 ${p99!.toFixed(1)} ms, ${cpu!.toFixed(1)} ms of processor, compressed`);
	}
}

/** What a published change of one product costs: the CMS part takes it in, and the first reader of the category waits for its shelf. */
async function benchChange(): Promise<void> {
	let rows = withMotors(await sampleRows(), PRODUCTS);
	const memo = createReadMemo();
	const stretches: number[] = [];
	const shelves: number[] = [];
	const blocks: number[] = [];
	const first = cpuMs(() => void project(rows, new Date(), 0, memo));
	let before = project(rows, new Date(), 0, memo).snapshot;
	for (let round = 0; round <= ROUNDS; round++) {
		rows = withNewTitle(rows, round);
		let snapshot = before;
		const stretch = cpuMs(() => {
			snapshot = project(rows, new Date(), round, memo).snapshot;
			changedTags(before, snapshot);
		});
		before = snapshot;
		const shelf = await benchShelf(snapshot);
		// The first round compiles.
		if (round === 0) continue;
		stretches.push(stretch);
		shelves.push(shelf.tookMs);
		blocks.push(shelf.blockMs);
	}
	const block = median(blocks);
	line(
		'longest block while a shelf is made',
		`${block.toFixed(0)} ms`,
		`< ${BLOCK_LIMIT_MS} ms`,
		block < BLOCK_LIMIT_MS,
		`${median(shelves).toFixed(0)} ms to the shelf`,
	);
	const stretch = median(stretches);
	line(
		'switching to a changed product',
		`${stretch.toFixed(0)} ms`,
		`< ${BLOCK_LIMIT_MS} ms`,
		stretch < BLOCK_LIMIT_MS,
		`of processor, in one stretch, by the CMS part; reading all content at the start takes ${first.toFixed(0)} ms`,
	);
}

async function benchShelf(snapshot: Snapshot): Promise<{ readonly tookMs: number; readonly blockMs: number }> {
	await pause(20);
	const delay = monitorEventLoopDelay({ resolution: 1 });
	delay.enable();
	const asked = performance.now();
	await shelfOf(catalogueOf(snapshot, 'en'), 'motors', textsFor('en'));
	const tookMs = performance.now() - asked;
	await pause(20);
	delay.disable();
	return { tookMs, blockMs: delay.max / 1e6 };
}

function withNewTitle(rows: Rows, round: number): Rows {
	const products = rows.collections.products.map((row, at) => (at === 100 + round ? { ...row, title_en: `Changed in round ${round}` } : row));
	return { ...rows, collections: { ...rows.collections, products } };
}

/** Milliseconds of processor time that `work` takes. */
function cpuMs(work: () => void): number {
	const began = process.cpuUsage();
	work();
	const { user, system } = process.cpuUsage(began);
	return (user + system) / 1_000;
}

if (import.meta.main) await benchCatalogue();
