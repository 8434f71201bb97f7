import { setTimeout as pause } from 'node:timers/promises';
import type { ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { rmSync } from 'node:fs';

import { freePort } from '#tests/support/hub.ts';

import { HUB_ENV, HUB_FLAGS } from '../../scripts/memory.mjs';
import { endChildren, line, start, told, usage } from './children.ts';
import { sampleData } from './fixture.ts';
import type { HubReady } from './hub.ts';
import type { Arrivals, ViewersOrder } from './streams.ts';

const VIEWERS = 2_000;
const PER_SECOND = 5;
const SECONDS = 20;
const P99_LIMIT_MS = 250;
const VIEWERS_LIMIT_MB = 60;
const CONNECTIONS = 10_000;
const CONNECTION_LIMIT_KIB = 10;
/** One registrant may have four rooms open. */
const REGISTRANTS = CONNECTIONS / 4;
/** The hub gives memory back in a quiet moment; it looks for one every five seconds. */
const REST_MS = 12_000;
const MB = 1_048_576;

/** A room through the real edge: how soon a line is with everybody, whether each comes, and what viewers cost in memory. */
export async function benchRoom(): Promise<void> {
	const folder = await sampleData();
	try {
		console.log(`A room of ${VIEWERS} viewers with ${PER_SECOND} lines of chat a second for ${SECONDS} s, then of ${CONNECTIONS}`);
		await benchViewers(folder);
	} finally {
		endChildren();
		rmSync(folder, { recursive: true, force: true });
	}
}

async function benchViewers(folder: string): Promise<void> {
	const port = await freePort();
	const env = { PORT: String(port), DATA_DIR: folder, DIRECTUS_URL: 'http://127.0.0.1:9', DIRECTUS_TOKEN: 'none-none-none-none' };
	const startHub = (more: Readonly<Record<string, string>> = {}): ChildProcess =>
		start('hub.ts', { ...env, ...more, TRUSTED_PROXIES: '127.0.0.1', LOG_LEVEL: 'silent', ...HUB_ENV }, HUB_FLAGS);
	// They register at another process, which leaves nothing of that work in the memory of the one that is measured.
	const desk = startHub({ BENCH_REGISTRANTS: String(REGISTRANTS) });
	const { slug, registered: cookies } = await told<HubReady>(desk);
	const isClosed = once(desk, 'exit');
	desk.disconnect();
	await isClosed;
	const hub = startHub({ BENCH_REGISTRANTS: '0' });
	await told(hub);
	const viewers = start('streams.ts');
	const open = (count: number): Promise<unknown> => ask(viewers, { open: count, port, slug, cookies });
	await open(1);
	await ask(viewers, { lines: PER_SECOND, perSecond: PER_SECOND });
	await pause(REST_MS);
	const idle = (await usage(hub)).rss;

	await open(VIEWERS);
	const before = await usage(hub);
	const talk = watched(hub, ask<Arrivals>(viewers, { lines: PER_SECOND * SECONDS, perSecond: PER_SECOND }));
	const { result, mostRss } = await talk;
	const cpu = ((await usage(hub)).cpuMs - before.cpuMs) / (SECONDS * 1_000);
	const figures = `p50 ${Math.round(result.p50)} ms, the last ${Math.round(result.last)} ms, ${cpu.toFixed(2)} of a processor`;
	line('p99 of a line at a viewer', `${Math.round(result.p99)} ms`, `< ${P99_LIMIT_MS} ms`, result.p99 < P99_LIMIT_MS, figures);
	const missing = result.lost + result.refused;
	line('lost, doubled or refused lines', `${missing}`, '= 0', missing === 0, `of ${PER_SECOND * SECONDS * VIEWERS} that had to come`);
	const mb = (mostRss - idle) / MB;
	line(
		'memory above the idle hub while they talk',
		`${Math.round(mb)} MB`,
		`< ${VIEWERS_LIMIT_MB} MB`,
		mb < VIEWERS_LIMIT_MB,
		`${Math.round(idle / MB)} MB idle`,
	);

	await open(CONNECTIONS);
	await pause(REST_MS);
	const each = ((await usage(hub)).rss - idle) / CONNECTIONS / 1_024;
	const last = await ask<Arrivals>(viewers, { lines: PER_SECOND, perSecond: 1 });
	const limit = `< ${CONNECTION_LIMIT_KIB} KiB`;
	const wide = `a line is with 99 in 100 of them in ${Math.round(last.p99)} ms, ${last.lost} lost`;
	line(`memory of each of ${CONNECTIONS} connections`, `${each.toFixed(1)} KiB`, limit, each < CONNECTION_LIMIT_KIB, wide);
}

function ask<T>(viewers: ChildProcess, order: ViewersOrder): Promise<T> {
	viewers.send(order);
	return told<T>(viewers);
}

/** Waits for `doing`, and looks each second how much memory the hub has meanwhile. */
async function watched<T>(hub: ChildProcess, doing: Promise<T>): Promise<{ readonly result: T; readonly mostRss: number }> {
	let mostRss = 0;
	let isDone = false;
	const done = doing.finally(() => (isDone = true));
	while (!isDone) {
		mostRss = Math.max(mostRss, (await usage(hub)).rss);
		await Promise.race([done, pause(1_000)]);
	}
	return { result: await done, mostRss };
}

if (process.argv[1] === import.meta.filename) await benchRoom();
