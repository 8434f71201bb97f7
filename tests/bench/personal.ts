import { rmSync } from 'node:fs';

import { freePort } from '#tests/support/hub.ts';
import { project } from '#cms/read/project.ts';
import { createReadMemo } from '#cms/read/memo.ts';
import type { Rows } from '#cms/rows.ts';
import { termsIn } from '#gating/profile/terms.ts';
import { nothingLearnt, type Profile } from '#gating/profile/profile.ts';
import { catalogueOf } from '#site/catalogue.ts';
import { gzipOf, rowOf } from '#site/edge/splice/assemble.ts';
import { makePiece } from '#site/edge/splice/piece.ts';
import { candidateOf } from '#gating/profile/candidate.ts';
import { rank } from '#gating/profile/rank.ts';

import { HUB_ENV, HUB_FLAGS } from '../../scripts/memory.mjs';
import { endChildren, line, measure, median, start, told } from './children.ts';
import { sampleData, sampleRows, withMotors } from './fixture.ts';
import type { LoadOrder } from './load.ts';
import { checkFirstPages, checkPublication, heapBytes } from './personal-pages.ts';

const ROUNDS = Number(process.env['BENCH_ROUNDS'] ?? 5);
const ROUND_MS = Number(process.env['BENCH_MS'] ?? 1_500);
/** Long enough for ten thousand first pages, which are dearer. */
const WARM_MS = Number(process.env['BENCH_WARM_MS'] ?? 30_000);
const RATIO_LIMIT = 0.6;
const COLD_LIMIT_MS = 1;
/** At the rate of first pages, everybody comes within it. */
const VISIT_ALL_MS = 3_500;
const MEMORY_LIMIT_BYTES = 4_096;
const CANDIDATES = 2_000;

/** The home page of ten thousand visitors, each with their own, beside the same page from the cache. */
export async function benchPersonal(): Promise<void> {
	console.log('A home page of each visitor’s own');
	await benchRank();
	const folder = await sampleData(uncapped);
	try {
		await benchPages(folder);
	} finally {
		endChildren();
		rmSync(folder, { recursive: true, force: true });
	}
}

async function benchPages(folder: string): Promise<void> {
	const port = await freePort();
	const settings = {
		PORT: String(port),
		DATA_DIR: folder,
		DIRECTUS_URL: 'http://127.0.0.1:9',
		DIRECTUS_TOKEN: 'none-none-none-none',
		LOG_LEVEL: 'silent',
	};
	const hub = start('personal-hub.ts', { ...settings, ...HUB_ENV }, HUB_FLAGS);
	const { cookies } = await told<{ readonly cookies: readonly string[] }>(hub);
	const load = start('load.ts');
	const base = { port, path: '/', connections: 50, isEvents: false, words: [], milliseconds: ROUND_MS };
	const kept: LoadOrder = { ...base, headers: { 'accept-encoding': 'gzip' } };
	const own: LoadOrder = { ...kept, cookies };
	await measure(load, hub, { ...kept, milliseconds: 500 });
	await checkFirstPages(hub, port, cookies);
	// Each visitor's first page, and the impressions of it written.
	await measure(load, hub, { ...own, milliseconds: WARM_MS });
	const ratios: number[] = [];
	const rates: number[] = [];
	for (let round = 0; round < ROUNDS; round++) {
		const anonymous = await measure(load, hub, kept);
		const personal = await measure(load, hub, own);
		if (anonymous.failed + personal.failed > 0) throw new Error('requests failed');
		ratios.push(personal.perSecond / anonymous.perSecond);
		rates.push(personal.perSecond);
	}
	const ratio = median(ratios);
	line(
		'personal home page to the kept one, gzip',
		ratio.toFixed(2),
		`≥ ${RATIO_LIMIT.toFixed(2)}`,
		ratio >= RATIO_LIMIT,
		`${Math.round(median(rates))}/s, ${cookies.length} visitors`,
	);
	await checkPublication(hub, port, cookies, () => measure(load, hub, { ...own, milliseconds: VISIT_ALL_MS }).then(() => undefined));
}

/** A load generator asks for more pages of each visitor in a minute than they do in a year: caps are counted, and are not reached. */
const uncapped = (rows: Rows): Rows => ({
	...rows,
	collections: { ...rows.collections, slots: rows.collections.slots.map((slot) => ({ ...slot, cap_impressions: 1_000_000, cap_days: 7 })) },
});

/** The first request after a change: 2,000 pieces ranked, and the page put together. */
async function benchRank(): Promise<void> {
	const { snapshot } = project(withMotors(await sampleRows(), CANDIDATES), new Date(), 0, createReadMemo());
	const content = catalogueOf(snapshot, 'en');
	const termsOf = termsIn(snapshot);
	const slot = { slug: 'row', pins: [], exclusions: [], cap: { impressions: 9, days: 7 }, stageRule: 'prefer' as const };
	const candidates = content
		.all('products')
		.slice(0, CANDIDATES)
		.map((item) => candidateOf(item, { fallback: [] }, (subject) => [...termsOf(subject).keys()]));
	const terms = [...new Set(candidates.flatMap((one) => one.terms))];
	const pieces = Array.from({ length: 25 }, (_, at) => makePiece(Buffer.from(`<p>${at} drive torque</p>`.repeat(90))));
	const now = Date.now();
	const took: number[] = [];
	for (let n = 0; n < 3_000; n++) {
		const interests = new Map(terms.filter((_term, at) => (at + n) % 3 === 0).map((term, at) => [term, ((at * 7 + n) % 11) / 2]));
		const profile = profileWith(interests, now, candidates, n);
		const began = performance.now();
		rank(candidates, profile, slot, now, 12);
		gzipOf(rowOf(pieces)).done();
		if (n >= 500) took.push(performance.now() - began);
	}
	took.sort((a, b) => a - b);
	const p99 = took[Math.floor(took.length * 0.99)]!;
	line(
		`rank ${candidates.length} and splice, p99`,
		`${p99.toFixed(2)} ms`,
		`< ${COLD_LIMIT_MS} ms`,
		p99 < COLD_LIMIT_MS,
		`p50 ${median(took).toFixed(2)} ms, 12 places`,
	);
	memoryOf(terms, now, candidates);
}

/** Heap that a thousand full profiles take. */
function memoryOf(terms: readonly string[], now: number, candidates: Parameters<typeof profileWith>[2]): void {
	const before = heapBytes();
	const kept = Array.from({ length: 2_000 }, (_, n) => profileWith(new Map(terms.slice(0, 12).map((term) => [term, n / 7])), now, candidates, n));
	const each = (heapBytes() - before) / kept.length;
	line(
		'memory of an active profile',
		`${Math.round(each)} B`,
		`< ${MEMORY_LIMIT_BYTES} B`,
		each < MEMORY_LIMIT_BYTES,
		`${kept.length} profiles, 12 interests, 10 pieces opened, 6 shown`,
	);
}

function profileWith(interests: Map<string, number>, now: number, candidates: readonly { readonly subject: string }[], n: number): Profile {
	const some = (count: number) => Array.from({ length: count }, (_, at) => candidates[(n * 13 + at * 31) % candidates.length]!.subject);
	return {
		...{ roles: ['maintenance'], industry: 'packaging', country: 'DE', account: { industry: 'packaging', size: '50-249' }, lifecycle: null },
		...{ stage: 'consideration', segments: [], interests, weighedAt: nothingLearnt(now).weighedAt, isBlank: false },
		opened: new Map(some(10).map((subject) => [subject, now])),
		shown: new Map(some(6).map((subject) => [`row ${subject}`, [{ day: Math.floor(now / 86_400_000), count: 2 }]])),
	};
}

if (import.meta.main) await benchPersonal();
