import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { access, mkdir, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { setTimeout as pause } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { randomBytes } from 'node:crypto';

import type { Log } from '#kernel/log.ts';
import { endProgram, freePort, hasEnded, keepRunning } from '#kernel/program.ts';
import directusPackage from 'directus/package.json' with { type: 'json' };

import { pingDirectus } from '../client.ts';
import { ADMIN_MAIL, directusEnvironment, type DirectusSettings, uploadsFolder } from './environment.ts';
import { type DirectusSecrets, directusSecrets, keepSecrets } from './secrets.ts';

const WRAPPER = fileURLToPath(new URL('./run-directus.ts', import.meta.url));
const READY_TIMEOUT_MS = 120_000;
const PORT_FREE_TIMEOUT_MS = 5_000;
/** Directus may finish what it answers. */
const GRACE_MS = 8_000;

export interface DirectusChildInput extends DirectusSettings {
	readonly log: Log;
	/** Named steps of the start, for people. */
	readonly onProgress?: (step: string) => void;
}

export interface RunningDirectus {
	readonly url: string;
	readonly secrets: DirectusSecrets;
	/** The first administrator, until {@link forgetFirstPassword}: print it once, then forget it. */
	readonly firstAdmin: { readonly email: string; readonly password: string } | null;
	/** Call when the password was shown; it is kept nowhere then. */
	forgetFirstPassword(): Promise<void>;
	/** Ends the child and resolves when it is gone. */
	stop(): Promise<void>;
}

/**
 * Starts Directus beside the hub and resolves when it answers. Prepares its database when there is none or Directus has a new version.
 * Started again with growing pauses when it dies. It ends with this process, however that ends.
 *
 * @throws Error with one sentence for people when the port is taken or Directus does not come up.
 */
export async function startDirectus(input: DirectusChildInput): Promise<RunningDirectus> {
	const { config, log, onProgress = () => undefined } = input;
	await mkdir(uploadsFolder(config.folder), { recursive: true });
	// Directus looks for extensions among the packages of its working folder, and gives up on all of them without this file.
	await writeFile(join(config.folder, 'package.json'), '{ "private": true }\n');
	let secrets = await directusSecrets(config.folder);
	await directusPortFree(config.port);

	if (secrets.version !== directusPackage.version || !(await isThere(join(config.folder, 'directus.db')))) {
		onProgress('preparing the database of Directus');
		// A first preparation that was cut short may have left tables but no administrator; nothing was in them yet.
		if (secrets.version === null && secrets.firstPassword !== null) await removeDatabase(config.folder);
		const firstPassword = (await isThere(join(config.folder, 'directus.db')))
			? secrets.firstPassword
			: (secrets.firstPassword ?? randomBytes(12).toString('base64url'));
		await keepSecrets(config.folder, (secrets = { ...secrets, firstPassword }));
		await bootstrap(input, secrets);
		await keepSecrets(config.folder, (secrets = { ...secrets, version: directusPackage.version }));
	}

	onProgress('starting Directus');
	const environment = directusEnvironment(input, secrets);
	const start = (): Launched => launch(['start'], environment, config.folder, log);
	const first = start();
	await ready(first, config.url);
	const { stop } = keepRunning(first.process, () => start().process, { name: 'Directus', graceMs: GRACE_MS, log });

	return Object.freeze<RunningDirectus>({
		url: config.url,
		secrets,
		firstAdmin: secrets.firstPassword === null ? null : { email: ADMIN_MAIL, password: secrets.firstPassword },
		forgetFirstPassword: () => keepSecrets(config.folder, { ...secrets, firstPassword: null }),
		stop,
	});
}

async function bootstrap(input: DirectusChildInput, secrets: DirectusSecrets): Promise<void> {
	const administrator = {
		ADMIN_EMAIL: ADMIN_MAIL,
		ADMIN_TOKEN: secrets.adminToken,
		...(secrets.firstPassword ? { ADMIN_PASSWORD: secrets.firstPassword } : {}),
	};
	const child = launch(['bootstrap'], { ...directusEnvironment(input, secrets), ...administrator }, input.config.folder, input.log);
	const [code] = (await once(child.process, 'close')) as [number | null];
	if (code !== 0)
		throw new Error(
			`Directus could not prepare its database in ${input.config.folder}: ${child.firstComplaint()}. Move the folder away to begin anew.`,
		);
}

interface Launched {
	readonly process: ChildProcess;
	/** The first thing it said that is no ordinary log line: the cause when it fails. */
	firstComplaint(): string;
}

function launch(args: readonly string[], env: Record<string, string>, cwd: string, log: Log): Launched {
	// In a group of its own: Ctrl-C in a terminal reaches the hub alone, which ends Directus when the last request is answered.
	const child = fork(WRAPPER, [...args], {
		cwd,
		env,
		execArgv: [],
		stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
		detached: process.platform !== 'win32',
	});
	let complaint: string | null = null;
	for (const stream of [child.stdout, child.stderr]) {
		if (!stream) continue;
		createInterface({ input: stream }).on('line', (line) => {
			const { level, message } = readLine(line);
			log[level]({}, `directus: ${message}`);
			if (level !== 'debug' || stream === child.stderr) complaint ??= message;
		});
	}
	return { process: child, firstComplaint: () => complaint ?? 'it gave no reason' };
}

/** Directus writes one JSON object a line (pino); its level is kept. Anything else is only of use when looking closely. */
function readLine(line: string): { readonly level: 'error' | 'warn' | 'debug'; readonly message: string } {
	try {
		const {
			level = 30,
			msg,
			err,
		} = JSON.parse(line) as { readonly level?: number; readonly msg?: string; readonly err?: { readonly message?: string } };
		const message = msg ?? err?.message ?? line;
		const isHarmless = message.startsWith('Spatialite isn');
		return { level: level >= 50 ? 'error' : level >= 40 && !isHarmless ? 'warn' : 'debug', message };
	} catch {
		return { level: 'debug', message: line };
	}
}

async function ready({ process: child, firstComplaint }: Launched, url: string): Promise<void> {
	const deadline = performance.now() + READY_TIMEOUT_MS;
	while (performance.now() < deadline) {
		if (hasEnded(child)) throw new Error(`Directus ended while starting: ${firstComplaint()}`);
		if (await pingDirectus(url)) return;
		await pause(100);
	}
	await endProgram(child, GRACE_MS);
	throw new Error(`Directus did not answer at ${url} within two minutes.`);
}

/**
 * Resolves when Directus can listen. One of a hub that was just killed may take a moment to go.
 *
 * @throws Error with one sentence for people when it stays taken.
 */
export async function directusPortFree(port: number): Promise<void> {
	const deadline = performance.now() + PORT_FREE_TIMEOUT_MS;
	while (!(await isFree(port))) {
		if (performance.now() > deadline)
			throw new Error(`Port ${port} is taken by another program: stop that one, or set DIRECTUS_PORT to a free port.`);
		await pause(200);
	}
}

const isFree = (port: number): Promise<boolean> =>
	freePort(port).then(
		() => true,
		() => false,
	);

async function removeDatabase(folder: string): Promise<void> {
	for (const suffix of ['', '-wal', '-shm', '-journal']) await rm(join(folder, `directus.db${suffix}`), { force: true });
}

function isThere(path: string): Promise<boolean> {
	return access(path).then(
		() => true,
		() => false,
	);
}
