import { type ChildProcess, fork } from 'node:child_process';
import { existsSync, watch } from 'node:fs';
import { join, resolve } from 'node:path';

import { directusSecrets } from '#cms/directus/secrets.ts';
import { loadConfig } from '#config';
import { portIsFree } from '#hub';
import { clockFrom, type Now } from '#kernel/clock.ts';

/*
 * `npm run dev`. Pages and components are Vite's to reload; what else changes ends the process it belongs to and starts it again:
 * the hub, or Directus where its content model or the sample company changed.
 */
const ROOT = resolve(import.meta.dirname, '..');
const CODE = /\.(?:ts|mjs|json|sql)$/;
const HUB_FOLDERS = ['kernel', 'cms', 'gating', 'webinar', 'search', 'site/edge', 'site/api', 'site/public', 'scripts'];
const HUB_FILES = new Set(['app.ts', 'hub.ts', 'config.ts', 'worker.ts', 'astro.config.mjs', 'package.json']);
const CONTENT = /^cms\/(?:directus|seed)\//;
/** An editor saves several files in one go. */
const SETTLE_MS = 150;

type PartName = 'directus' | 'hub';
interface Part {
	/** False when it ended before. */
	readonly isReady: Promise<boolean>;
	stop(): Promise<void>;
}

const startedAt = performance.now();
const development = {
	...process.env,
	NODE_ENV: 'development',
	ASTRO_DEV_BACKGROUND: '0',
	ASTRO_TELEMETRY_DISABLED: '1',
	ASTRO_DISABLE_UPDATE_CHECK: 'true',
};
const config = await refusing(() => loadConfig(development));
await refusing(() => portIsFree(config.server.host, config.server.port));
const clock: Now | null = config.clockStartsAt && clockFrom(config.clockStartsAt);
const running = new Map<PartName, Part>();
const changed = new Set<PartName>();
let settling: NodeJS.Timeout | undefined;
let work: Promise<void> = Promise.resolve();
let isStopping = false;

for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, () => stop(0));
process.on('disconnect', () => stop(0));
work = begin();
await work;

async function begin(): Promise<void> {
	const hasContent = existsSync(join(config.dataFolder, 'snapshot.json'));
	if (config.cms.directus === 'child') {
		const directus = await launch('directus');
		if (!hasContent && !(await directus.isReady)) return stop(1);
	}
	const hub = await launch('hub');
	if (!(await hub.isReady)) return stop(1);
	if (isStopping) return;
	const { publicUrl } = config.server;
	const time = clock ? `\n  Clock     ${clock().toISOString()}` : '';
	console.log(
		`\nFoyer is ready for changes after ${Math.round((performance.now() - startedAt) / 100) / 10} s.\n  Site      ${publicUrl}\n  Console   ${publicUrl}/console\n  Mails     ${publicUrl}/console/mailbox\n  Directus  ${config.cms.publicUrl}${time}\n`,
	);
	for (const folder of HUB_FOLDERS) watch(join(ROOT, folder), { recursive: true }, (_event, name) => name !== null && note(`${folder}/${name}`));
	watch(ROOT, (_event, name) => name !== null && HUB_FILES.has(name) && note(name));
}

function note(path: string): void {
	if (isStopping || path.endsWith('.test.ts') || !(CODE.test(path) || path.startsWith('site/public/'))) return;
	changed.add('hub');
	if (CONTENT.test(path) && config.cms.directus === 'child') changed.add('directus');
	clearTimeout(settling);
	settling = setTimeout(() => void (work = work.then(() => startAgain(path))), SETTLE_MS);
}

async function startAgain(path: string): Promise<void> {
	const parts = [...changed];
	changed.clear();
	if (isStopping || parts.length === 0) return;
	const since = performance.now();
	console.error(`  ${path} changed …`);
	await Promise.all(parts.map(async (name) => running.get(name)?.stop()));
	const launched = await Promise.all(parts.map(launch));
	const areReady = await Promise.all(launched.map(({ isReady }) => isReady));
	if (isStopping) return;
	console.error(
		areReady.every(Boolean) ? `  ${path} changed: ${((performance.now() - since) / 1_000).toFixed(1)} s` : '  the next change starts it again',
	);
}

/** Starts a part in a process group of its own: Ctrl-C reaches only this process, which ends the parts in order. */
async function launch(name: PartName): Promise<Part> {
	const child = fork(join(ROOT, 'scripts', `dev-${name}.ts`), {
		cwd: ROOT,
		detached: true,
		stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
		env: await environment(name),
	});
	const gone = new Promise<void>((done) => child.once('exit', () => done()));
	const part: Part = {
		isReady: new Promise((done) => {
			child.once('message', () => done(true));
			void gone.then(() => done(false));
		}),
		stop: async () => {
			ask(child);
			await gone;
		},
	};
	running.set(name, part);
	if (isStopping) await part.stop();
	return part;
}

function ask(child: ChildProcess): void {
	if (child.connected) child.send('stop', () => undefined);
}

/** The hub finds Directus as one that runs elsewhere, and its clock goes on where it was. */
async function environment(name: PartName): Promise<NodeJS.ProcessEnv> {
	const time = clock ? { FOYER_CLOCK: clock().toISOString() } : {};
	if (name === 'directus' || config.cms.directus === 'external') return { ...development, ...time };
	const { url, publicUrl, folder } = config.cms;
	const { siteToken, hookSecret } = await directusSecrets(folder);
	return { ...development, ...time, DIRECTUS_URL: url, DIRECTUS_PUBLIC_URL: publicUrl, DIRECTUS_TOKEN: siteToken, CMS_HOOK_SECRET: hookSecret };
}

function stop(code: number): void {
	if (isStopping) return;
	isStopping = true;
	clearTimeout(settling);
	void Promise.all([...running.values()].map((part) => part.stop())).then(() => process.exit(code));
}

/** What cannot be had ends the start with its sentence. */
async function refusing<T>(take: () => T | Promise<T>): Promise<T> {
	try {
		return await take();
	} catch (error) {
		console.error(`foyer: ${error instanceof Error ? error.message : String(error)}`);
		process.exit(1);
	}
}
