import { accessSync, constants, existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';

import { type App, createApp } from '#app';
import { startDirectus, type RunningDirectus } from '#cms/directus/child.ts';
import { provision } from '#cms/directus/provision.ts';
import { directusSecrets } from '#cms/directus/secrets.ts';
import { createDirectusAdmin } from '#cms/client.ts';
import { seedSample } from '#cms/seed/seed.ts';
import type { Config } from '#config';
import { systemClock } from '#kernel/clock.ts';
import { systemRandom } from '#kernel/id.ts';
import { keepSecret } from '#kernel/secrets.ts';

const STOP_WAIT_MS = 500;

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
	let app: App | null = null;
	try {
		await portIsFree(config.server.host, config.server.port);
		const access = await cmsAccess(config);
		const made = (app = await createApp(config, { cmsAccess: access }));
		const bringUp = async (): Promise<{ firstAccounts: readonly FirstAccount[] }> => {
			if (config.cms.directus === 'external') {
				await made.cms.refresh();
				return { firstAccounts: [] };
			}
			const { publicUrl } = config.server;
			const hookUrl = `http://${loopback(config.server.host)}:${config.server.port}/api/v1/hooks/cms`;
			const inherited = { LICENSE_KEY: config.cms.licenceKey ?? undefined };
			directus = await startDirectus({ config: config.cms, publicSiteUrl: publicUrl, hookUrl, inherited, mail: config.mail, log: made.log, onProgress: onStep });
			const admin = createDirectusAdmin({ url: directus.url, token: directus.secrets.adminToken });
			onStep('applying the content model');
			await provision({ admin, siteToken: directus.secrets.siteToken, publicSiteUrl: publicUrl });
			const seeded = await seedSample({ admin, dataFolder: config.dataFolder, now: systemClock(), onProgress: onStep });
			onStep('reading the content');
			await made.cms.refresh();
			const firstAccounts = [...(directus.firstAdmin ? [{ role: 'admin', ...directus.firstAdmin }] : []), ...seeded.accounts];
			await directus.forgetFirstPassword();
			return { firstAccounts };
		};

		const hasSnapshot = existsSync(join(config.dataFolder, 'snapshot.json'));
		let content: Hub['content'];
		if (hasSnapshot) {
			await made.start();
			content = bringUp();
			content.catch((error: unknown) => made.log.error({ err: error }, 'Directus did not come up; the site serves what it has'));
		} else {
			content = bringUp();
			await content;
			await made.start();
		}
		return Object.freeze<Hub>({
			app: made,
			content,
			stop: async () => {
				// A Directus that is still coming up ends with this process: its wrapper watches the channel.
				await Promise.race([content.catch(() => undefined), pause(STOP_WAIT_MS)]);
				await directus?.stop();
				await made.stop();
				release();
			},
		});
	} catch (error) {
		await (directus as RunningDirectus | null)?.stop();
		await app?.stop().catch(() => undefined);
		release();
		throw error;
	}
}

async function cmsAccess(config: Config): Promise<{ readonly token: string; readonly hookSecret: string }> {
	if (config.cms.directus === 'child') {
		const { siteToken, hookSecret } = await directusSecrets(config.cms.folder);
		return { token: siteToken, hookSecret };
	}
	const file = join(config.dataFolder, 'cms-hook.secret');
	return { token: config.cms.token, hookSecret: config.cmsHookSecret ?? keepSecret(file, () => systemRandom(32).toString('base64url')).text };
}

/** One hub per data folder: SQLite has one writing process. A lock left by a killed hub names a process that is gone. */
function takeDataFolder(folder: string): () => void {
	try {
		mkdirSync(folder, { recursive: true });
		accessSync(folder, constants.W_OK);
	} catch (error) {
		throw new Error(`The data folder ${folder} cannot be written (${(error as NodeJS.ErrnoException).code ?? 'unknown'}): give this user the right to write there, or set DATA_DIR to another folder.`);
	}
	const file = join(folder, 'hub.lock');
	const other = existsSync(file) ? Number(readFileSync(file, 'utf8')) : 0;
	if (other > 0 && other !== process.pid && isRunning(other)) {
		throw new Error(`Another hub (process ${other}) is running on ${folder}: stop it with "kill ${other}", or set DATA_DIR to another folder.`);
	}
	writeFileSync(file, String(process.pid));
	return () => rmSync(file, { force: true });
}

function isRunning(pid: number): boolean {
	try {
		process.kill(pid, 0);
		return true;
	} catch (error) {
		return (error as NodeJS.ErrnoException).code === 'EPERM';
	}
}

function portIsFree(host: string, port: number): Promise<void> {
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

function loopback(host: string): string {
	return host === '0.0.0.0' || host === '::' ? '127.0.0.1' : host;
}
