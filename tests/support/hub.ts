import { type ChildProcess, spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { cpSync, existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, renameSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';

import { until } from './until.ts';

const ROOT = resolve(import.meta.dirname, '../..');
const CACHE = join(ROOT, '.cache');
/** What a seeded data folder depends on. */
const SEEDED_FROM = ['cms', 'hub.ts', 'kernel/id.ts', 'kernel/migrations', 'package-lock.json'];

export interface TestHub {
	readonly url: string;
	readonly directusUrl: string;
	readonly dataFolder: string;
	/** Token of Directus' first administrator, to act as an editor. */
	readonly adminToken: string;
	readonly pid: number;
	/** What the hub wrote, for messages of failing tests. */
	said(): string;
	/** Starts it again on the same data after {@link TestHub.kill} or {@link TestHub.stop}. */
	restart(): Promise<void>;
	/** SIGTERM; resolves with the exit code. */
	stop(): Promise<number | null>;
	/** SIGKILL. */
	kill(): Promise<void>;
	/** Ends it and removes its data. */
	close(): Promise<void>;
}

/** The whole hub as `npm start` runs it, with a real Directus, on free ports and a copy of a seeded data folder. */
export async function startTestHub(env: Readonly<Record<string, string>> = {}): Promise<TestHub> {
	const dataFolder = mkdtempSync(join(tmpdir(), 'foyer-hub-'));
	await copySeed(dataFolder, () => true);
	return runHub(dataFolder, env);
}

/**
 * As {@link startTestHub}, with the Directus that all tests of a run read: a third of the time. For tests that change no content and
 * leave Directus alone; accounts of staff they may make. Without the runner of `npm test` each hub has its own.
 */
export async function startReadingHub(env: Readonly<Record<string, string>> = {}): Promise<TestHub> {
	const run = process.env['FOYER_TEST_RUN'];
	if (run === undefined) return startTestHub(env);
	const url = await sharedDirectus(run);
	const dataFolder = mkdtempSync(join(tmpdir(), 'foyer-hub-'));
	await copySeed(dataFolder, (path) => !/[/\\]directus[/\\](?!secrets\.json$)/.test(path));
	const secrets = secretsOf(dataFolder);
	const hub = await runHub(dataFolder, { ...env, DIRECTUS_URL: url, DIRECTUS_TOKEN: secrets.siteToken });
	return Object.defineProperty(hub, 'directusUrl', { value: url });
}

/** Content is copied; the hub's own database is made anew, by the migrations of this tree. */
async function copySeed(dataFolder: string, isWanted: (path: string) => boolean): Promise<void> {
	cpSync(await seededData(), dataFolder, {
		recursive: true,
		filter: (path) => !/foyer\.db(?:-wal|-shm)?$|hub\.(?:pid|lock)$/.test(path) && isWanted(path),
	});
}

/** Where the Directus of this run is. The first that asks starts a hub to carry it, which the runner ends by the pid in its folder. */
async function sharedDirectus(run: string): Promise<string> {
	const address = join(run, 'directus-url');
	try {
		mkdirSync(join(run, 'begun'));
	} catch {
		return until('the Directus of this run', async () => existsSync(address) && readFileSync(address, 'utf8'), 240_000);
	}
	const dataFolder = join(run, 'data');
	await copySeed(dataFolder, () => true);
	const carrier = await runHub(dataFolder, {}, 'carrier');
	writeFileSync(`${address}.part`, carrier.directusUrl);
	renameSync(`${address}.part`, address);
	return carrier.directusUrl;
}

/** Runs the hub on `dataFolder` as it is; an empty one makes a first start. */
export async function runHub(dataFolder: string, env: Readonly<Record<string, string>> = {}, life: Life = 'test'): Promise<TestHub> {
	const [port, directusPort] = [await freePort(), await freePort()];
	const settings = {
		PORT: String(port),
		DIRECTUS_PORT: String(directusPort),
		DATA_DIR: dataFolder,
		LOG_LEVEL: 'warn',
		LIVEKIT_SERVER_BIN: 'none',
		...env,
	};
	const url = `http://127.0.0.1:${port}`;
	let running = launch(settings, life);
	await isReady(url, running);

	const hub: TestHub = {
		url,
		directusUrl: `http://127.0.0.1:${directusPort}`,
		dataFolder,
		adminToken: secretsOf(dataFolder).adminToken,
		get pid() {
			return running.child.pid ?? 0;
		},
		said: () => running.said(),
		restart: async () => {
			running = launch(settings, life);
			await isReady(url, running);
		},
		stop: () => end(running.child, 'SIGTERM'),
		kill: async () => void (await end(running.child, 'SIGKILL')),
		close: async () => {
			await end(running.child, 'SIGTERM');
			rmSync(dataFolder, { recursive: true, force: true });
		},
	};
	return hub;
}

/** A data folder after a first start, made once for each state of the model and the sample content. */
export async function seededData(): Promise<string> {
	const hash = createHash('sha256');
	for (const path of SEEDED_FROM) addTo(hash, path);
	const home = join(CACHE, `test-data-${hash.digest('hex').slice(0, 16)}`);
	const lock = `${home}.lock`;
	mkdirSync(CACHE, { recursive: true });
	return until(
		'the seeded data folder',
		async () => {
			if (existsSync(home)) return home;
			try {
				mkdirSync(lock);
			} catch {
				return isStale(lock) && (rmSync(lock, { recursive: true, force: true }), null);
			}
			const part = mkdtempSync(join(CACHE, 'test-data-part-'));
			try {
				const hub = await runHub(part);
				await hub.stop();
				renameSync(part, home);
			} finally {
				rmSync(part, { recursive: true, force: true });
				rmSync(lock, { recursive: true, force: true });
			}
			return home;
		},
		240_000,
	);
}

function secretsOf(dataFolder: string): { readonly adminToken: string; readonly siteToken: string } {
	return JSON.parse(readFileSync(join(dataFolder, 'directus', 'secrets.json'), 'utf8')) as { adminToken: string; siteToken: string };
}

function isStale(lock: string): boolean {
	try {
		return Date.now() - statSync(lock).mtimeMs > 240_000;
	} catch {
		return false;
	}
}

/** A hub of a test ends with it; a carrier outlives the process that started it. */
type Life = 'test' | 'carrier';

function launch(env: Readonly<Record<string, string>>, life: Life): { readonly child: ChildProcess; said(): string } {
	const child = spawn(process.execPath, ['server.ts'], {
		cwd: ROOT,
		env: { PATH: process.env['PATH'], HOME: process.env['HOME'], NODE_COMPILE_CACHE: join(CACHE, 'compile'), ...env },
		...(life === 'test' ? { stdio: ['ignore', 'pipe', 'pipe'] } : { stdio: 'ignore', detached: true }),
	});
	if (life === 'carrier') child.unref();
	let said = '';
	for (const stream of [child.stdout, child.stderr]) stream?.on('data', (chunk: Buffer) => (said = (said + chunk.toString()).slice(-20_000)));
	return { child, said: () => said };
}

async function isReady(url: string, { child, said }: { readonly child: ChildProcess; said(): string }): Promise<void> {
	await until(
		`${url}/readyz`,
		async () => {
			if (child.exitCode !== null) throw new Error(`the hub ended with ${child.exitCode}:\n${said()}`);
			const answer = await fetch(`${url}/readyz`).catch(() => null);
			const parts = answer?.ok ? ((await answer.json()) as { parts?: Record<string, { state: string }> }).parts : undefined;
			return parts?.['cms']?.state === 'ok';
		},
		200_000,
	).catch((error: unknown) => {
		throw new Error(`${String(error)}\n${said()}`);
	});
}

function end(child: ChildProcess, signal: 'SIGTERM' | 'SIGKILL'): Promise<number | null> {
	if (child.exitCode !== null || child.signalCode !== null) return Promise.resolve(child.exitCode);
	return new Promise((done) => {
		child.once('exit', (code) => done(code));
		child.kill(signal);
	});
}

function addTo(hash: ReturnType<typeof createHash>, path: string): void {
	const full = join(ROOT, path);
	if (statSync(full).isDirectory()) for (const name of readdirSync(full).sort()) addTo(hash, join(path, name));
	else if (!path.endsWith('.test.ts')) hash.update(path).update(readFileSync(full));
}

export function freePort(): Promise<number> {
	return new Promise((done, fail) => {
		const server = createServer();
		server.on('error', fail);
		server.listen(0, '127.0.0.1', () => {
			const address = server.address();
			server.close(() => done(typeof address === 'object' && address ? address.port : 0));
		});
	});
}
