import { createHash } from 'node:crypto';
import { cpSync, existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, renameSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';

import { createDirectusAdmin, type DirectusAdmin } from '#cms/client.ts';
import { type RunningDirectus, startDirectus } from '#cms/directus/child.ts';
import { provision } from '#cms/directus/provision.ts';
import { seedSample } from '#cms/seed/seed.ts';
import type { CmsConfig } from '#config';
import { createLog } from '#kernel/log.ts';

import { freePort } from './hub.ts';
import { until } from './until.ts';

const ROOT = resolve(import.meta.dirname, '../..');
const CACHE = join(ROOT, '.cache', 'test-directus');
const MADE_FROM = { empty: ['cms/directus', 'cms/client.ts', 'cms/asset.ts'], seeded: ['cms', 'kernel/id.ts'] } as const;
const SITE = 'http://127.0.0.1:4321';

export interface TestDirectus {
	readonly config: Extract<CmsConfig, { directus: 'child' }>;
	readonly url: string;
	readonly siteToken: string;
	readonly hookSecret: string;
	readonly dataFolder: string;
	/** Acts as the first administrator. */
	readonly admin: DirectusAdmin;
	/** Ends Directus but keeps its data. */
	stop(): Promise<void>;
	/** Starts it again after {@link TestDirectus.stop}. */
	restart(): Promise<void>;
	/** Ends it and removes its data. */
	close(): Promise<void>;
}

/**
 * A real Directus on a free port with the hub's model and access, with the sample company or empty. It runs on a copy of a prepared
 * folder, which is made once for each state of the model and the sample content. Change notices go to `hookUrl`.
 */
export async function startTestDirectus({ seeded, hookUrl }: { readonly seeded: boolean; readonly hookUrl: string }): Promise<TestDirectus> {
	const dataFolder = mkdtempSync(join(tmpdir(), 'foyer-directus-'));
	cpSync(await template(seeded ? 'seeded' : 'empty'), dataFolder, { recursive: true });
	const config = await configFor(dataFolder);
	let running = await run(config, hookUrl);
	return {
		config,
		url: config.url,
		siteToken: running.secrets.siteToken,
		hookSecret: running.secrets.hookSecret,
		dataFolder,
		admin: createDirectusAdmin({ url: config.url, token: running.secrets.adminToken }),
		stop: () => running.stop(),
		restart: async () => {
			running = await run(config, hookUrl);
		},
		close: async () => {
			await running.stop();
			rmSync(dataFolder, { recursive: true, force: true });
		},
	};
}

async function configFor(dataFolder: string): Promise<TestDirectus['config']> {
	const port = await freePort();
	const url = `http://127.0.0.1:${port}`;
	return { directus: 'child', url, publicUrl: url, port, folder: join(dataFolder, 'directus'), licenceKey: null };
}

function run(config: TestDirectus['config'], hookUrl: string): Promise<RunningDirectus> {
	return startDirectus({ config, publicSiteUrl: SITE, hookUrl, log: createLog('error') });
}

/** A prepared data folder. Two processes that need it at the same time wait for the one that makes it. */
async function template(kind: keyof typeof MADE_FROM): Promise<string> {
	const hash = createHash('sha256');
	for (const path of ['package-lock.json', ...MADE_FROM[kind]]) addTo(hash, join(ROOT, path));
	const home = join(CACHE, `${kind}-${hash.digest('hex').slice(0, 16)}`);
	const lock = `${home}.lock`;
	mkdirSync(CACHE, { recursive: true });
	return until(
		'the prepared Directus',
		async () => {
			if (existsSync(home)) return home;
			try {
				mkdirSync(lock);
			} catch {
				if (Date.now() - (statSync(lock, { throwIfNoEntry: false })?.mtimeMs ?? Date.now()) > 200_000) rmSync(lock, { recursive: true, force: true });
				return null;
			}
			const part = mkdtempSync(join(CACHE, 'part-'));
			try {
				await prepare(part, kind === 'seeded');
				renameSync(part, home);
			} finally {
				rmSync(part, { recursive: true, force: true });
				rmSync(lock, { recursive: true, force: true });
			}
			return home;
		},
		220_000,
	);
}

async function prepare(dataFolder: string, isSeeded: boolean): Promise<void> {
	const directus = await run(await configFor(dataFolder), `${SITE}/nobody-listens`);
	try {
		const admin = createDirectusAdmin({ url: directus.url, token: directus.secrets.adminToken });
		await provision({ admin, siteToken: directus.secrets.siteToken, publicSiteUrl: SITE });
		if (isSeeded) await seedSample({ admin, dataFolder, now: new Date() });
		await directus.forgetFirstPassword();
	} finally {
		await directus.stop();
	}
}

function addTo(hash: ReturnType<typeof createHash>, path: string): void {
	if (statSync(path).isDirectory()) for (const name of readdirSync(path).sort()) addTo(hash, join(path, name));
	else if (!path.endsWith('.test.ts')) hash.update(path).update(readFileSync(path));
}
