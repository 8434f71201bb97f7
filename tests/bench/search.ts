import { fork } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setImmediate as nextTurn } from 'node:timers/promises';

import { documentsOf } from '#search/document.ts';
import { embeddedEngine } from '#search/embedded.ts';
import type { EngineQuery, HashedDocument, SearchDocument } from '#search/engine.ts';
import { rulesOf } from '#search/rules.ts';
import { sampleContent } from '#tests/support/sample-content.ts';

export interface SearchBench {
	readonly documents: number;
	readonly indexMegabytes: number;
	readonly rebuildSeconds: number;
	/** What a process grows by that answers from this index instead of an empty one. */
	readonly addedMegabytes: number;
	/** What the search thread takes with an empty index: an engine of its own for scripts, and what reads traditional characters and pinyin. */
	readonly threadMegabytes: number;
	/** Milliseconds from question to answer, facets included, none from the result cache. */
	readonly p50: number;
	readonly p95: number;
	readonly p99: number;
	/** Milliseconds of processor time, which other work on the machine does not lengthen. */
	readonly cpuP95: number;
	readonly cpuP99: number;
	/** Longest turn of the main thread while it fed a whole new index and asked queries, in milliseconds of processor time. */
	readonly longestTurn: number;
	/** Milliseconds for a query asked before. */
	readonly repeatedP50: number;
	/** The longest query while the index was rebuilt. */
	readonly slowestDuringRebuild: number;
	/** Milliseconds from a change of one document to its being found. */
	readonly changeToFound: number;
}

const WORDS: readonly (readonly [locale: EngineQuery['locale'], words: readonly string[]])[] = [
	[
		'en',
		[
			'bearing',
			'servo drive',
			'HX1-P18',
			'hf32200',
			'maint',
			'envelope spectrum',
			'torque',
			'gearbox',
			'motor',
			'energy saving',
			'IEC 60034-30-1',
			'vibration sensor',
			'bearng',
			'pump',
			'part 77',
			'safe torque off',
			'the',
			'inertia ratio',
			'22 kW',
			'encoder',
		],
	],
	[
		'zh-CN',
		[
			'轴承',
			'变频器',
			'电机',
			'伺服 选型',
			'减速机寿命',
			'谐波',
			'HF3变频器',
			'振动',
			'水泵能耗',
			'扭矩',
			'编码器',
			'安全',
			'能',
			'制动电阻',
			'变频器选型',
		],
	],
];

/** Measures the embedded engine on `count` documents made of the sample content's paragraphs, about 2 KB each. */
export async function benchSearch(count = 20_000, rounds = 40): Promise<SearchBench> {
	const folder = mkdtempSync(join(tmpdir(), 'foyer-bench-'));
	const file = join(folder, 'search.db');
	const engine = embeddedEngine(file);
	const rules = { rules: rulesOf(sampleContent().searchRules), hash: 'bench' };
	try {
		const rebuildSeconds = (await timed(() => engine.replaceAll(madeDocuments(count), rules))) / 1_000;
		const { taken: first, cpu } = await latencies(rounds, engine.query);
		const repeated: number[] = [];
		for (let again = 0; again < 20; again++) repeated.push(await timed(() => engine.query(aQuery('torque', 'en', 10))));
		const { slowest: slowestDuringRebuild, longestTurn } = await duringRebuild(engine, count, rules);
		const [one] = madeDocuments(1);
		const changed: HashedDocument = { document: { ...one!.document, title: 'Quokkameter' }, hash: 'changed' };
		const changeToFound = await timed(async () => {
			await engine.upsert([changed]);
			const { total } = await engine.query(aQuery('quokkameter', changed.document.locale, 1));
			if (total !== 1) throw new Error('a changed document was not found');
		});
		await engine.close();
		const threadMegabytes = await servingMegabytes(join(folder, 'empty.db'));
		return {
			documents: count,
			indexMegabytes: statSync(file).size / 1_048_576,
			rebuildSeconds,
			addedMegabytes: (await servingMegabytes(file)) - threadMegabytes,
			threadMegabytes,
			p50: quantile(first, 0.5),
			p95: quantile(first, 0.95),
			p99: quantile(first, 0.99),
			cpuP95: quantile(cpu, 0.95),
			cpuP99: quantile(cpu, 0.99),
			longestTurn,
			repeatedP50: quantile(repeated, 0.5),
			slowestDuringRebuild,
			changeToFound,
		};
	} finally {
		await engine.close();
		rmSync(folder, { recursive: true, force: true });
	}
}

async function duringRebuild(
	engine: ReturnType<typeof embeddedEngine>,
	count: number,
	rules: Parameters<typeof engine.replaceAll>[1],
): Promise<{ slowest: number; longestTurn: number }> {
	let isDone = false;
	const rebuilt = engine.replaceAll(madeDocuments(count), rules).then(() => (isDone = true));
	let slowest = 0;
	let longestTurn = 0;
	let last = process.threadCpuUsage();
	const turn = (): void => {
		longestTurn = Math.max(longestTurn, milliseconds(process.threadCpuUsage(last)));
		last = process.threadCpuUsage();
		if (!isDone) setImmediate(turn);
	};
	setImmediate(turn);
	for (let round = 0; !isDone; round++) {
		slowest = Math.max(slowest, await timed(() => engine.query(aQuery('torque', 'en', 1 + (round % 50), 2 + Math.trunc(round / 50)))));
		await nextTurn();
	}
	await rebuilt;
	return { slowest, longestTurn };
}

/** Each query once a round, with another page size or page each time, so that none is remembered. */
async function latencies(rounds: number, ask: (query: EngineQuery) => Promise<unknown>): Promise<{ taken: number[]; cpu: number[] }> {
	const taken: number[] = [];
	const cpu: number[] = [];
	for (let round = 0; round < rounds; round++) {
		for (const [locale, words] of WORDS) {
			for (const q of words) {
				const before = process.cpuUsage();
				taken.push(await timed(() => ask(aQuery(q, locale, 10 + (round % 10), 1 + (Math.trunc(round / 10) % 5)))));
				cpu.push(milliseconds(process.cpuUsage(before)));
			}
		}
	}
	return { taken, cpu };
}

const milliseconds = ({ user, system }: { readonly user: number; readonly system: number }): number => (user + system) / 1_000;

/** What answering from the index at `file` takes in a process that has nothing else to do. */
async function servingMegabytes(file: string): Promise<number> {
	const child = fork(import.meta.filename, ['serve', file], { execArgv: ['--expose-gc'] });
	const [added] = (await once(child, 'message')) as [number];
	return added;
}

async function serve(file: string): Promise<void> {
	const collect = (globalThis as { gc?: () => void }).gc;
	collect?.();
	const before = process.memoryUsage.rss();
	const engine = embeddedEngine(file);
	await latencies(5, engine.query);
	collect?.();
	process.send?.((process.memoryUsage.rss() - before) / 1_048_576);
	await engine.close();
}

function aQuery(q: string, locale: EngineQuery['locale'], limit: number, page = 1): EngineQuery {
	return { q, locale, filters: {}, sort: 'relevance', page, limit };
}

const SAMPLES = [...documentsOf(sampleContent())];

/** Half in each language; the paragraphs of the samples in ever new combinations. */
function* madeDocuments(count: number): Generator<HashedDocument> {
	const samples = SAMPLES;
	const of = (locale: string): SearchDocument[] => samples.filter((sample) => sample.locale === locale);
	const byLocale = [of('en'), of('zh-CN')] as const;
	const paragraphs = byLocale.map((documents) =>
		documents.flatMap(({ passages }) => passages.flatMap(({ text }) => text.split('\n'))).filter((text) => text.length > 60),
	) as [string[], string[]];
	for (let index = 0; index < count; index++) {
		const side = index % 2 === 0 ? 0 : 1;
		const sample = byLocale[side][index % byLocale[side].length]!;
		const from = (step: number): string => paragraphs[side][(index * 7 + step * 131) % paragraphs[side].length]!;
		const partNumber = sample.type === 'products' ? `HZ${index % 9}-${String(index).padStart(5, '0')}` : null;
		yield {
			document: {
				...sample,
				id: `${sample.type}-${index}`,
				partNumber,
				title: `${sample.title} ${index}`,
				summary: from(0),
				passages: [{ page: null, isLocked: false, text: [1, 2, 3, 4, 5, 6].map(from).join('\n') }],
			},
			hash: String(index),
		};
	}
}

async function timed(work: () => Promise<unknown>): Promise<number> {
	const start = performance.now();
	await work();
	return performance.now() - start;
}

function quantile(values: readonly number[], share: number): number {
	return [...values].sort((a, b) => a - b)[Math.min(values.length - 1, Math.floor(values.length * share))] ?? 0;
}

if (process.argv[1] === import.meta.filename) {
	const [, , task, file] = process.argv;
	if (task === 'serve') await serve(file!);
	else console.table(await benchSearch());
}
