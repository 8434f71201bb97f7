import { accessSync, constants, existsSync, mkdirSync } from 'node:fs';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';

import { type App, createApp } from '#app';
import { directusPortFree, startDirectus, type RunningDirectus } from '#cms/directus/child.ts';
import { provision } from '#cms/directus/provision.ts';
import { directusSecrets } from '#cms/directus/secrets.ts';
import { createDirectusAdmin } from '#cms/client.ts';
import { seedSample } from '#cms/seed/seed.ts';
import type { CmsConfig, Config } from '#config';
import { clockFrom, type Now, systemClock } from '#kernel/clock.ts';
import { DomainError } from '#kernel/errors.ts';
import { lockFolder } from '#kernel/folder-lock.ts';
import { systemRandom } from '#kernel/id.ts';
import { createLog, type Log } from '#kernel/log.ts';
import { keepSecret } from '#kernel/secrets.ts';
import { type RunningMeilisearch, startMeilisearch } from '#search/meilisearch-child.ts';
import { type RunningLiveKit, startLiveKit } from '#webinar/room/livekit-child.ts';

const STOP_WAIT_MS = 500;
const LONGEST_RETRY_MS = 60_000;

/** A first password, shown once. */
export interface FirstAccount {
	readonly role: string;
	readonly email: string;
	readonly password: string;
}

export interface Hub {
	readonly app: App;
	/** Settles when Directus is up, provisioned and seeded. On later starts the site is served before that, from the snapshot. */
	readonly content: Promise<{ readonly firstAccounts: readonly FirstAccount[] }>;
	/** Ends Directus and the app; nothing is left running. */
	stop(): Promise<void>;
}

export interface HubOptions {
	/** Named steps of the start, for people. */
	readonly onStep?: (name: string) => void;
}

/**
 * Brings up everything but the HTTP server: takes the data folder, starts Directus as a child, applies the content model, seeds the
 * sample company once, and starts the app. Resolves when pages can be served.
 *
 * @throws Error with one sentence for people: folder not writable, another hub on it, a port taken, Directus not coming up.
 */
export async function startHub(config: Config, { onStep = () => undefined }: HubOptions = {}): Promise<Hub> {
	const release = takeDataFolder(config.dataFolder);
	let directus: RunningDirectus | null = null;
	let livekit: RunningLiveKit | null = null;
	let meilisearch: RunningMeilisearch | null = null;
	let app: App | null = null;
	let isStopping = false;
	try {
		await portIsFree(config.server.host, config.server.port);
		if (config.cms.directus === 'child') await directusPortFree(config.cms.port);
		const access = await cmsAccess(config);
		const now = config.clockStartsAt ? clockFrom(config.clockStartsAt) : systemClock;
		if (config.rooms.kind === 'child') {
			onStep('starting livekit-server');
			livekit = await startLiveKit({
				...config.rooms,
				dataFolder: config.dataFolder,
				hookUrl: hookUrl(config.server, 'livekit'),
				log: createLog(config.logLevel),
			});
		}
		if (config.search.engine === 'meilisearch-child') {
			onStep('starting meilisearch');
			meilisearch = await startMeilisearch({ ...config.search, dataFolder: config.dataFolder, log: createLog(config.logLevel) });
		}
		const own = { ...(livekit ? { rooms: livekit.rooms } : {}), ...(meilisearch ? { search: meilisearch.search } : {}) };
		const made = (app = await createApp({ ...config, ...own }, { cmsAccess: access, now }));
		const bringUp = async (): Promise<{ firstAccounts: readonly FirstAccount[] }> => {
			if (config.cms.directus === 'external') {
				await made.cms.refresh();
				return { firstAccounts: [] };
			}
			const onRunning = (child: RunningDirectus): void => void (directus = child);
			const { running, firstAccounts } = await startContent(config, config.cms, { log: made.log, now, onStep, onRunning, known: directus });
			onStep('reading the content');
			await made.cms.refresh();
			await running.forgetFirstPassword();
			return { firstAccounts };
		};

		/** For a hub that has pages to serve: Directus may come later. One that came up once is started again by its own watch. */
		const keepTrying = async (log: App['log']): ReturnType<typeof bringUp> => {
			for (let waitMs = 2_000; ; waitMs = Math.min(waitMs * 2, LONGEST_RETRY_MS)) {
				try {
					return await bringUp();
				} catch (error) {
					if (isStopping) throw error;
					if (error instanceof DomainError)
						log.warn({ reason: error.message, retryMs: waitMs }, 'Directus cannot be read yet; the site serves what it has');
					else log.error({ err: error, retryMs: waitMs }, 'Directus did not come up; the site serves what it has');
					await pause(waitMs, undefined, { ref: false });
				}
			}
		};

		const hasSnapshot = existsSync(join(config.dataFolder, 'snapshot.json'));
		let content: Hub['content'];
		if (hasSnapshot) {
			await made.start();
			content = keepTrying(made.log);
			content.catch(() => undefined); // only while stopping
		} else {
			content = bringUp();
			await content;
			await made.start();
		}
		return Object.freeze<Hub>({
			app: made,
			content,
			stop: async () => {
				isStopping = true;
				// A Directus that is still coming up ends with this process: its wrapper watches the channel.
				await Promise.race([content.catch(() => undefined), pause(STOP_WAIT_MS)]);
				await directus?.stop();
				await livekit?.stop();
				await meilisearch?.stop();
				await made.stop();
				release();
			},
		});
	} catch (error) {
		await (directus as RunningDirectus | null)?.stop();
		await (livekit as RunningLiveKit | null)?.stop();
		await (meilisearch as RunningMeilisearch | null)?.stop();
		await app?.stop().catch(() => undefined);
		release();
		throw error;
	}
}

export interface ContentDeps {
	readonly log: Log;
	readonly now: Now;
	readonly onStep: (name: string) => void;
	/** Gets Directus as soon as it answers, so that it can be stopped while the rest goes on. */
	readonly onRunning: (running: RunningDirectus) => void;
	/** A Directus of an earlier attempt, which is gone on with. */
	readonly known?: RunningDirectus | null;
}

/**
 * Starts Directus as a child, applies the content model and seeds the sample company once. The caller shows the accounts and has
 * the first password forgotten.
 */
export async function startContent(
	{ server, mail, dataFolder }: Pick<Config, 'server' | 'mail' | 'dataFolder'>,
	cms: Extract<CmsConfig, { directus: 'child' }>,
	{ log, now, onStep, onRunning, known = null }: ContentDeps,
): Promise<{ readonly running: RunningDirectus; readonly firstAccounts: readonly FirstAccount[] }> {
	const { publicUrl } = server;
	const noticesTo = hookUrl(server, 'cms');
	const inherited = { LICENSE_KEY: cms.licenceKey ?? undefined };
	const running =
		known ?? (await startDirectus({ config: cms, publicSiteUrl: publicUrl, hookUrl: noticesTo, inherited, mail, log, onProgress: onStep }));
	onRunning(running);
	const admin = createDirectusAdmin({ url: running.url, token: running.secrets.adminToken });
	onStep('applying the content model');
	await provision({ admin, siteToken: running.secrets.siteToken, publicSiteUrl: publicUrl });
	const seeded = await seedSample({ admin, dataFolder, now: now(), onProgress: onStep });
	return { running, firstAccounts: [...(running.firstAdmin ? [{ role: 'admin', ...running.firstAdmin }] : []), ...seeded.accounts] };
}

/** The first accounts as text for the terminal; '' when there are none. */
export function describeAccounts(accounts: readonly FirstAccount[]): string {
	if (accounts.length === 0) return '';
	const width = Math.max(...accounts.map(({ email }) => email.length));
	const lines = accounts.map(({ role, email, password }) => `  ${role.padEnd(9)} ${email.padEnd(width)}  ${password}\n`);
	return `First accounts for console and Directus. The passwords are shown only now:\n${lines.join('')}`;
}

async function cmsAccess(config: Config): Promise<{ readonly token: string; readonly hookSecret: string }> {
	if (config.cms.directus === 'child') {
		const { siteToken, hookSecret } = await directusSecrets(config.cms.folder);
		return { token: siteToken, hookSecret };
	}
	const file = join(config.dataFolder, 'cms-hook.secret');
	return { token: config.cms.token, hookSecret: config.cmsHookSecret ?? keepSecret(file, () => systemRandom(32).toString('base64url')).text };
}

/** One hub per data folder: SQLite has one writing process. Returns what gives it back. */
function takeDataFolder(folder: string): () => void {
	try {
		mkdirSync(folder, { recursive: true });
		accessSync(folder, constants.W_OK);
	} catch (error) {
		throw new Error(
			`The data folder ${folder} cannot be written (${(error as NodeJS.ErrnoException).code ?? 'unknown'}): give this user the right to write there, or set DATA_DIR to another folder.`,
		);
	}
	const lock = lockFolder(folder);
	if (lock.status === 'held') return lock.release;
	const [who, how] = lock.pid === null ? ['Another hub', 'stop it'] : [`Another hub (process ${lock.pid})`, `stop it with "kill ${lock.pid}"`];
	throw new Error(`${who} is running on ${folder}: ${how}, or set DATA_DIR to another folder.`);
}

/** @throws Error with one sentence for people. */
export function portIsFree(host: string, port: number): Promise<void> {
	return new Promise((resolve, reject) => {
		const probe = createServer();
		probe.once('error', (error: NodeJS.ErrnoException) =>
			reject(
				error.code === 'EADDRINUSE'
					? new Error(`Port ${port} is taken by another program: stop that one, or set PORT to a free port.`)
					: new Error(`The hub cannot listen on ${host}:${port} (${error.code ?? 'unknown'}): set HOST and PORT to an address of this machine.`),
			),
		);
		probe.listen(port, host, () => probe.close(() => resolve()));
	});
}

/** Where a server beside the hub sends its notices. */
function hookUrl({ host, port }: Config['server'], who: 'cms' | 'livekit'): string {
	return `http://${loopback(host)}:${port}/api/v1/hooks/${who}`;
}

function loopback(host: string): string {
	return host === '0.0.0.0' || host === '::' ? '127.0.0.1' : host;
}
