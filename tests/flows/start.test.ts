import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { cpSync, existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';

import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';

import { lockFolder } from '#kernel/folder-lock.ts';
import { childrenOf, isAlive } from '#tests/support/children.ts';
import { freePort, startTestHub } from '#tests/support/hub.ts';
import { until } from '#tests/support/until.ts';

const ROOT = resolve(import.meta.dirname, '../..');
/** What people get to read: one sentence, or one and a line for each variable. */
const SENTENCE = /^foyer: [^\n]+[.!)\]]$/;

/** Starts that cannot succeed: each ends with a sentence that says what happened and what to do, and with an exit code of its own. */
let work: string;
let data: string;
let port: number;
let directusPort: number;
const running: ChildProcess[] = [];

beforeAll(async () => {
	work = mkdtempSync(join(tmpdir(), 'foyer-start-'));
	[port, directusPort] = [await freePort(), await freePort()];
});
afterEach(() => running.splice(0).forEach((child) => child.kill('SIGKILL')));
afterAll(() => rmSync(work, { recursive: true, force: true }));

describe('the hub does not start', () => {
	test('on a port that is taken', async () => {
		const other = await listen(port);
		expect(await failedStart()).toBe(`foyer: Port ${port} is taken by another program: stop that one, or set PORT to a free port.`);
		await close(other);
	});

	test('when the port of Directus is taken', async () => {
		const other = await listen(directusPort);
		expect(await failedStart()).toBe(`foyer: Port ${directusPort} is taken by another program: stop that one, or set DIRECTUS_PORT to a free port.`);
		await close(other);
	});

	test('on an address that is not of this machine', async () => {
		expect(await failedStart({ HOST: '192.0.2.1' })).toMatch(
			/^foyer: The hub cannot listen on 192\.0\.2\.1:\d+ \(EADDRNOTAVAIL\): set HOST and PORT/,
		);
	});

	test('beside another hub on the same data, whose process it names', async () => {
		const lock = lockFolder(freshData());
		expect(lock.status).toBe('held');
		expect(await failedStart()).toBe(
			`foyer: Another hub (process ${process.pid}) is running on ${data}: stop it with "kill ${process.pid}", or set DATA_DIR to another folder.`,
		);
		if (lock.status === 'held') lock.release();
	});

	test('where no data folder can be', async () => {
		const file = join(work, 'a-file');
		writeFileSync(file, '');
		for (const folder of [file, join(file, 'below')]) {
			expect(await failedStart({ DATA_DIR: folder })).toMatch(
				new RegExp(`^foyer: The data folder ${folder} cannot be written \\(\\w+\\): give this user the right to write there, or set DATA_DIR`),
			);
		}
	});

	test('with variables that do not fit, and names each of them', async () => {
		const said = await failedStart({ PORT: 'abc', SMTP_URL: 'ftp://mail.example', LOG_LEVEL: 'loud' }, /^foyer: /);
		expect(said).toMatch(
			/The configuration does not fit\. Change these variables:\n {2}PORT: .+\n {2}SMTP_URL: must be an address starting with smtp: or smtps:\n {2}LOG_LEVEL: .+$/,
		);
		expect(await failedStart({ DIRECTUS_PORT: String(port) }, /^foyer: /)).toMatch(/DIRECTUS_PORT: must differ from PORT$/);
	});

	test('with a key ring, a key file or a database that it cannot read', async () => {
		expect(await failedStart({ FOYER_KEYS: 'k1:short' }, /^foyer: /)).toMatch(/FOYER_KEYS must be id:base64 of 32 bytes/);
		writeFileSync(join(freshData(), 'foyer.db'), 'no database '.repeat(1_000));
		expect(await failedStart()).toMatch(/^foyer: The database .+foyer\.db cannot be opened \(SQLITE_NOTADB\)/);
	});
});

test('the lock of a hub that was killed is gone with it', async () => {
	const script = `import { lockFolder } from '#kernel/folder-lock.ts'; console.log(lockFolder(${JSON.stringify(freshData())}).status); setInterval(() => undefined, 1000);`;
	const holder = spawn(process.execPath, ['--input-type=module', '-e', script], { cwd: ROOT, stdio: ['ignore', 'pipe', 'inherit'] });
	running.push(holder);
	expect(String((await once(holder.stdout, 'data'))[0]).trim()).toBe('held');
	expect(lockFolder(data)).toEqual({ status: 'taken', pid: holder.pid });
	holder.kill('SIGKILL');
	await once(holder, 'exit');
	const lock = lockFolder(data);
	expect(lock.status).toBe('held');
	if (lock.status === 'held') lock.release();
});

describe('npm start does not go on', () => {
	const noNpm = { npm_execpath: '' };

	test('without a task of that name', async () => {
		expect(await failedRun('strat')).toMatch(/^foyer: there is no task "strat": use one of start, dev/);
	});

	test('with Node too old and no registry', async () => {
		noNpm.npm_execpath = fakeNpm('npm error code ENOTFOUND\nnpm error network request to the registry failed, reason: getaddrinfo ENOTFOUND');
		expect(await failedRun('start', { ...noNpm, FOYER_FETCH_NODE: '1' })).toMatch(
			/^foyer: Node [\d.]+ is too old and Node 24 could not be brought from npm \(network request .+\): install Node 24, or make the npm registry reachable, and run this again\.$/,
		);
	});

	test('with a lock file that is missing, broken or refused by npm', async () => {
		const root = scriptsAlone();
		expect(await failedRun('start', {}, root)).toBe('foyer: package-lock.json is missing: restore it with "git checkout package-lock.json".');
		for (const broken of ['', '{"packages":', '[]', '{"packages":{}}']) {
			writeFileSync(join(root, 'package-lock.json'), broken);
			expect(await failedRun('start', {}, root)).toBe('foyer: package-lock.json cannot be read: restore it with "git checkout package-lock.json".');
		}
		writeFileSync(join(root, 'package-lock.json'), '{"packages":{"node_modules/sqlite3":{"version":"6.0.1"}}}');
		const npm = fakeNpm('npm error code EUSAGE\nnpm error package.json and package-lock.json are not in sync');
		expect(await failedRun('start', { npm_execpath: npm }, root)).toMatch(
			/^foyer: .+ \(package\.json and package-lock\.json are not in sync\): .+ run this again\.$/,
		);
	});

	test('where its own folder cannot be written', async () => {
		const root = scriptsAlone();
		writeFileSync(join(root, 'package-lock.json'), '{"packages":{"node_modules/sqlite3":{"version":"6.0.1"}}}');
		writeFileSync(join(root, '.cache'), 'a file in the way');
		expect(await failedRun('start', {}, root)).toMatch(
			/^foyer: the folder .+\.cache cannot be written \(\w+\): give this user the right to write there\.$/,
		);
	});
});

test('a second start serves pages within ten seconds, before Directus is there; Ctrl-C ends all of it in order', async () => {
	const hub = await startTestHub();
	expect(await hub.stop()).toBe(0);
	const started = performance.now();
	const child = spawn(process.execPath, ['server.ts'], {
		cwd: ROOT,
		detached: true,
		stdio: ['ignore', 'pipe', 'pipe'],
		env: { ...plainEnv(), DATA_DIR: hub.dataFolder, LOG_LEVEL: 'warn' },
	});
	running.push(child);
	const said = collect(child);
	await until('a page', async () => (await fetch(`http://127.0.0.1:${port}/library`).catch(() => null))?.status === 200);
	expect(performance.now() - started).toBeLessThan(10_000);
	expect(await fetch(`http://127.0.0.1:${directusPort}/server/ping`).catch(() => null)).toBeNull();

	await until('Directus', async () => (await fetch(`http://127.0.0.1:${directusPort}/server/ping`).catch(() => null))?.ok === true, 60_000);
	const children = childrenOf(child.pid!);
	// A terminal sends Ctrl-C to the whole group.
	process.kill(-child.pid!, 'SIGINT');
	expect((await once(child, 'exit'))[0]).toBe(0);
	expect(children.filter(isAlive)).toEqual([]);
	expect(said()).not.toContain('starting it again');
	await hub.close();
}, 180_000);

/** Runs the hub until it ends by itself, and gives what it said; `shape` is what that must look like. */
async function failedStart(env: Readonly<Record<string, string>> = {}, shape = SENTENCE): Promise<string> {
	const folder = env['DATA_DIR'] ?? (data === undefined || !existsSync(data) ? freshData() : data);
	return ended(
		spawn(process.execPath, ['server.ts'], {
			cwd: ROOT,
			env: { ...plainEnv(), DATA_DIR: folder, LOG_LEVEL: 'silent', ...env },
			stdio: ['ignore', 'pipe', 'pipe'],
		}),
		shape,
	);
}

/** Runs a task of `root`'s own scripts. */
function failedRun(task: string, env: Readonly<Record<string, string>> = {}, root = scriptsAlone()): Promise<string> {
	return ended(
		spawn(process.execPath, [join(root, 'scripts', 'run.mjs'), task], {
			cwd: root,
			env: { ...plainEnv(), npm_execpath: fakeNpm('npm error no npm in this test'), ...env },
			stdio: ['ignore', 'pipe', 'pipe'],
		}),
		SENTENCE,
	);
}

async function ended(child: ChildProcess, shape: RegExp): Promise<string> {
	running.push(child);
	const said = collect(child);
	const [code] = (await once(child, 'close')) as [number | null];
	const words = said()
		.split('\n')
		.filter((line) => !/^ {2}\S.*(?:…|: [\d.]+ s)$/.test(line))
		.join('\n')
		.trim();
	expect([code, words]).toEqual([1, expect.stringMatching(shape)]);
	expect(words).not.toMatch(/\n\s+at /);
	return words;
}

function collect(child: ChildProcess): () => string {
	let said = '';
	for (const stream of [child.stdout, child.stderr]) stream?.on('data', (chunk: Buffer) => (said += chunk.toString()));
	return () => said;
}

function plainEnv(): Record<string, string> {
	return {
		PATH: process.env['PATH'] ?? '',
		HOME: work,
		PORT: String(port),
		DIRECTUS_PORT: String(directusPort),
		NODE_COMPILE_CACHE: join(ROOT, '.cache', 'compile'),
	};
}

function freshData(): string {
	return (data = mkdtempSync(join(work, 'data-')));
}

/** A root with nothing but the scripts: what they do there touches nobody. */
function scriptsAlone(): string {
	const root = mkdtempSync(join(work, 'root-'));
	cpSync(join(ROOT, 'scripts'), join(root, 'scripts'), { recursive: true });
	return root;
}

/** An npm that only fails. */
function fakeNpm(words: string): string {
	const folder = mkdtempSync(join(work, 'npm-'));
	writeFileSync(join(folder, 'npm-cli.cjs'), `console.error(${JSON.stringify(words)}); process.exit(1);`);
	return join(folder, 'npm-cli.cjs');
}

async function listen(taken: number): Promise<ReturnType<typeof createServer>> {
	const server = createServer();
	server.listen(taken, '127.0.0.1');
	await once(server, 'listening');
	return server;
}

function close(server: ReturnType<typeof createServer>): Promise<void> {
	return new Promise((done) => server.close(() => done()));
}
