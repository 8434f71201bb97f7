import { setTimeout as pause } from 'node:timers/promises';
import type { ChildProcess } from 'node:child_process';
import { rmSync } from 'node:fs';
import { cpus } from 'node:os';

import { freePort } from '#tests/support/hub.ts';

import { HUB_ENV, HUB_FLAGS } from '../../scripts/memory.mjs';
import { benchAttribution } from './attribution.ts';
import { benchCatalogue } from './catalogue.ts';
import { endChildren, line, measure, type Measured, median, start, told, usage } from './children.ts';
import { sampleData } from './fixture.ts';
import { benchForms } from './forms.ts';
import type { HubQuestion, HubReady } from './hub.ts';
import { benchImport } from './import.ts';
import { benchJourneys } from './journeys.ts';
import { benchLeads } from './leads.ts';
import type { LoadOrder } from './load.ts';
import { benchMails } from './mails.ts';
import { benchPersonal } from './personal.ts';
import { printAll } from './print.ts';
import { benchRescore } from './rescore.ts';
import { benchRoom } from './room.ts';
import { benchSegments } from './segments.ts';

/** Rounds of all cases in turn; each ratio is taken within its round, and the median of rounds is shown. */
const ROUNDS = Number(process.env['BENCH_ROUNDS'] ?? 5);
const ROUND_MS = Number(process.env['BENCH_MS'] ?? 1_500);
const PRINTING_MS = 4_000;
/** Prints take one of two processors from the page's own load; a blocked loop would show as a ratio of 50 and more. */
const PRINTING_LIMIT = 4;
const MEMORY_LIMIT_MB = 300;
/** The hub gives memory back in a quiet moment; it looks for one every five seconds. */
const REST_MS = 12_000;
const WORDS = [
	'servo',
	'inertia',
	'harmonics',
	'torque',
	'bearing',
	'encoder',
	'gear',
	'sensor',
	'motor',
	'drive',
	'pump',
	'safety',
	'变频器',
	'扭矩',
	'伺服',
	'传感器',
];

interface Case {
	readonly name: string;
	readonly order: Omit<LoadOrder, 'milliseconds'>;
	/** Least ratio to raw "ok" at the same connections; null where none is stated. */
	readonly limit: number | null;
}

const folder = await sampleData();
try {
	await bench();
	endChildren();
	await benchRoom();
	await benchCatalogue();
	await benchImport();
	await benchRescore();
	await benchSegments();
	await benchAttribution();
	await benchJourneys();
	await benchMails();
	await benchLeads();
	await benchForms();
	await benchPersonal();
} finally {
	endChildren();
	rmSync(folder, { recursive: true, force: true });
}

async function bench(): Promise<void> {
	const port = await freePort();
	const settings = {
		PORT: String(port),
		DATA_DIR: folder,
		DIRECTUS_URL: 'http://127.0.0.1:9',
		DIRECTUS_TOKEN: 'none-none-none-none',
		TRUSTED_PROXIES: '127.0.0.1',
		LOG_LEVEL: 'silent',
	};
	const raw = start('raw.ts');
	const { port: rawPort } = await told<{ port: number }>(raw);
	const hub = start('hub.ts', { ...settings, ...HUB_ENV }, HUB_FLAGS);
	const ready = await told<HubReady>(hub);
	const load = start('load.ts');
	const idleMb = await memoryMb(hub);

	const base = { headers: {}, isEvents: false, words: [], connections: 50 } as const;
	const ok = (connections: number): Omit<LoadOrder, 'milliseconds'> => ({ ...base, port: rawPort, path: '/', connections });
	const events = { ...base, port, path: '/api/v1/events', isEvents: true, headers: { cookie: ready.consenting } };
	const paper = '/white-papers/inertia-matching-for-servo-axes';
	const cases: readonly Case[] = [
		{ name: 'kept page', order: { ...base, port, path: paper, headers: { 'accept-encoding': 'gzip, br' } }, limit: 0.5 },
		{
			name: 'rendered page',
			order: { ...base, port, path: paper, headers: { 'accept-encoding': 'gzip, br', cookie: 'foyer_pass=none' } },
			limit: null,
		},
		{ name: 'event acknowledged after commit, 50 connections', order: events, limit: 0.25 },
		{ name: 'event acknowledged after commit, 300 connections', order: { ...events, connections: 300 }, limit: 0.3 },
		{ name: 'search query', order: { ...base, port, path: '/api/v1/search?q=', words: WORDS.map((word) => encodeURIComponent(word)) }, limit: null },
	];

	const ratios = cases.map((): { readonly rate: number; readonly cpu: number }[] => []);
	const results = cases.map((): Measured[] => []);
	const rawPerSecond: number[] = [];
	const run = (order: Omit<LoadOrder, 'milliseconds'>, milliseconds = ROUND_MS): Promise<Measured> =>
		measure(load, order.port === rawPort ? raw : hub, { ...order, milliseconds });
	for (const { order } of cases) await run(order, ROUND_MS / 2);
	for (let round = 0; round < ROUNDS; round++) {
		const okAt = new Map([
			[50, await run(ok(50))],
			[300, await run(ok(300))],
		]);
		rawPerSecond.push(okAt.get(50)!.perSecond);
		for (const [index, { order, name }] of cases.entries()) {
			const result = await run(order);
			if (result.failed > 0) throw new Error(`${name}: ${result.failed} requests failed`);
			results[index]!.push(result);
			const measure = okAt.get(order.connections)!;
			ratios[index]!.push({ rate: result.perSecond / measure.perSecond, cpu: measure.cpuMicros / result.cpuMicros });
		}
	}

	console.log(
		`Node ${process.versions.node}, ${cpus().length} processors, medians of ${ROUNDS} rounds of ${ROUND_MS / 1_000} s; raw node:http "ok" = 1.00 = ${Math.round(median(rawPerSecond))}/s at 50 connections`,
	);
	for (const [index, { name, limit }] of cases.entries()) {
		const ratio = median(ratios[index]!.map(({ rate }) => rate));
		const cpu = median(ratios[index]!.map((one) => one.cpu));
		const of = (read: (result: Measured) => number): number => median(results[index]!.map(read));
		const numbers = `${Math.round(of(({ perSecond }) => perSecond))}/s, p50 ${of(({ p50Ms }) => p50Ms).toFixed(1)} ms, p99 ${of(({ p99Ms }) => p99Ms).toFixed(1)} ms, ${Math.round(of(({ cpuMicros }) => cpuMicros))} µs of processor (ratio ${cpu.toFixed(3)})`;
		line(name, ratio.toFixed(ratio < 0.1 ? 3 : 2), limit === null ? '' : `≥ ${limit.toFixed(2)}`, limit === null || ratio >= limit, numbers);
	}

	const [kept] = cases;
	if (kept) {
		const quiet = await run(kept.order, PRINTING_MS);
		const printing = printAll(port);
		const busy = await run(kept.order, PRINTING_MS);
		const { brochures, pictures, seconds } = await printing;
		const ratio = busy.p99Ms / quiet.p99Ms;
		line(
			'p99 of a kept page while prints are made',
			ratio.toFixed(2),
			`≤ ${PRINTING_LIMIT.toFixed(2)}`,
			ratio <= PRINTING_LIMIT,
			`${quiet.p99Ms.toFixed(1)} ms, then ${busy.p99Ms.toFixed(1)} ms beside ${brochures} brochures and ${pictures} pictures, made in ${seconds.toFixed(1)} s`,
		);
	}

	hub.send({ ask: 'fill' } satisfies HubQuestion);
	const { bytes } = await told<{ bytes: number }>(hub);
	const busyMb = await memoryMb(hub);
	await pause(REST_MS);
	const fullMb = await memoryMb(hub);
	line(
		'memory at rest after all this, byte cache full',
		`${Math.round(fullMb)} MB`,
		`< ${MEMORY_LIMIT_MB} MB`,
		fullMb < MEMORY_LIMIT_MB,
		`${Math.round(bytes / 1_048_576)} MB of pages, ${Math.round(idleMb)} MB at start, ${Math.round(busyMb)} MB at the last request`,
	);
}

async function memoryMb(hub: ChildProcess): Promise<number> {
	return (await usage(hub)).rss / 1_048_576;
}
