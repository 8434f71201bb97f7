import { once } from 'node:events';
import { rmSync } from 'node:fs';
import { Agent, createServer, request } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';

import BetterSqlite from 'better-sqlite3';

import { freePort } from '#tests/support/hub.ts';

import { HUB_ENV, HUB_FLAGS } from '../../scripts/memory.mjs';
import { endChildren, line, median, start, told } from './children.ts';
import { sampleData } from './fixture.ts';
import type { HubReady } from './hub.ts';

/** Forms that are sent at one instant, each from a network of its own. */
const AT_ONCE = Number(process.env['BENCH_FORMS'] ?? 1_000);
const ROUNDS = Number(process.env['BENCH_FORM_ROUNDS'] ?? 3);
const PATH = '/white-papers/inertia-matching-for-servo-axes';

interface Wave {
	readonly seconds: number;
	readonly p50Ms: number;
	readonly p99Ms: number;
	readonly failed: number;
}

/**
 * A thousand forms at one instant: time to the answer, which comes after the commit, beside the same posts to node:http that keeps each body
 * by one SQL insert with the same durability. Counts what the database holds
 * afterwards. Each round has a data folder of its own.
 */
export async function benchForms(): Promise<void> {
	const ratios: number[] = [];
	const waves: Wave[] = [];
	const raws: Wave[] = [];
	for (let round = 0; round < ROUNDS; round++) {
		const folder = await sampleData();
		try {
			const [raw, wave] = await measureRound(folder);
			raws.push(raw);
			waves.push(wave);
			ratios.push(raw.seconds / wave.seconds);
		} finally {
			rmSync(folder, { recursive: true, force: true });
		}
	}
	const of = (all: readonly Wave[], read: (wave: Wave) => number): string => median(all.map(read)).toFixed(0);
	line(
		`${AT_ONCE} forms at one instant, to raw http and insert`,
		median(ratios).toFixed(3),
		'',
		true,
		`p50 ${of(waves, ({ p50Ms }) => p50Ms)} ms, p99 ${of(waves, ({ p99Ms }) => p99Ms)} ms; raw p50 ${of(raws, ({ p50Ms }) => p50Ms)} ms, p99 ${of(raws, ({ p99Ms }) => p99Ms)} ms; none lost, none doubled, medians of ${ROUNDS}`,
	);
}

async function measureRound(folder: string): Promise<readonly [raw: Wave, wave: Wave]> {
	const raw = await rawServer(join(folder, 'raw-forms.db'));
	const hub = await startHub(folder);
	const before = kept(folder);
	const rawWave = await send(raw.port);
	const wave = await send(hub.port);
	const more = kept(folder).map((rows, at) => rows - before[at]!);
	raw.close();
	endChildren();
	await hub.ended;
	if (more.some((rows) => rows !== AT_ONCE) || wave.failed > 0) {
		throw new Error(`of ${AT_ONCE} forms ${wave.failed} failed; persons, submissions and mails kept: ${more.join(', ')}`);
	}
	return [rawWave, wave];
}

async function startHub(folder: string): Promise<{ readonly port: number; readonly ended: Promise<unknown> }> {
	const port = await freePort();
	const settings = {
		PORT: String(port),
		DATA_DIR: folder,
		DIRECTUS_URL: 'http://127.0.0.1:9',
		DIRECTUS_TOKEN: 'none-none-none-none',
		TRUSTED_PROXIES: '127.0.0.1',
		LOG_LEVEL: 'silent',
	};
	const hub = start('hub.ts', { ...settings, ...HUB_ENV }, HUB_FLAGS);
	const ended = once(hub, 'exit');
	await told<HubReady>(hub);
	return { port, ended };
}

/** Persons, submissions and confirmation mails in the hub's database. */
function kept(folder: string): number[] {
	const db = new BetterSqlite(join(folder, 'foyer.db'), { readonly: true, timeout: 5_000 });
	try {
		const count = (sql: string): number => (db.prepare(sql).get() as { readonly rows: number }).rows;
		return [
			count('select count(*) as rows from person'),
			count('select count(*) as rows from form_submission'),
			count(`select count(*) as rows from outbox where kind = 'gating.confirmation-mail'`),
		];
	} finally {
		db.close();
	}
}

async function rawServer(file: string): Promise<{ readonly port: number; close(): void }> {
	const db = new BetterSqlite(file);
	db.pragma('journal_mode = WAL');
	db.pragma('synchronous = FULL');
	db.exec('create table form (id integer primary key, body text not null)');
	const insert = db.prepare('insert into form (body) values (?)');
	const server = createServer((req, res) => {
		const parts: Buffer[] = [];
		req.on('data', (part: Buffer) => parts.push(part));
		req.on('end', () => {
			insert.run(Buffer.concat(parts).toString());
			res.writeHead(303, { location: '/', 'content-length': '0' }).end();
		});
	});
	server.listen({ port: 0, host: '127.0.0.1', backlog: 4_096 });
	await once(server, 'listening');
	return { port: (server.address() as AddressInfo).port, close: () => (server.close(), server.closeAllConnections(), db.close()) };
}

async function send(port: number): Promise<Wave> {
	const agent = new Agent({ keepAlive: false, maxSockets: Infinity });
	const began = performance.now();
	const answers = await Promise.all(Array.from({ length: AT_ONCE }, (_, at) => post(agent, port, at)));
	const seconds = (performance.now() - began) / 1_000;
	const times = answers.map(({ ms }) => ms).toSorted((a, b) => a - b);
	const share = (part: number): number => times[Math.min(times.length - 1, Math.floor(times.length * part))] ?? 0;
	return { seconds, p50Ms: share(0.5), p99Ms: share(0.99), failed: answers.filter(({ status }) => status !== 303).length };
}

function post(agent: Agent, port: number, n: number): Promise<{ readonly status: number; readonly ms: number }> {
	const body = new URLSearchParams({
		name: `Person ${n}`,
		email: `person${n}@works-${n % 200}.com`,
		company: `Works ${n % 200}`,
		jobTitle: 'Design engineer',
		idempotencyKey: `bench-${n}`,
	}).toString();
	const headers = {
		'content-type': 'application/x-www-form-urlencoded',
		'content-length': Buffer.byteLength(body),
		origin: `http://127.0.0.1:${port}`,
		'x-forwarded-for': `${11 + (n % 200)}.${Math.floor(n / 200) % 250}.7.1`,
		'user-agent': 'Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 Chrome/140.0 Safari/537.36',
	};
	return new Promise((resolve, reject) => {
		const began = performance.now();
		const asked = request({ agent, host: '127.0.0.1', port, path: PATH, method: 'POST', headers }, (answer) => {
			answer.resume();
			answer.on('end', () => resolve({ status: answer.statusCode ?? 0, ms: performance.now() - began }));
		});
		asked.on('error', reject);
		asked.end(body);
	});
}
