import { randomBytes } from 'node:crypto';
import { mkdir, readFile, rename, writeFile } from 'node:fs/promises';
import { join } from 'node:path';

/** What the hub and its Directus share. Made once, kept in `secrets.json` with mode 600. */
export interface DirectusSecrets {
	readonly key: string;
	readonly secret: string;
	/** Token of the service account. */
	readonly siteToken: string;
	/** Token of the first administrator, for provisioning at start. */
	readonly adminToken: string;
	readonly hookSecret: string;
	/** Directus version whose bootstrap is done, or null before the first. */
	readonly version: string | null;
	/** The first administrator's password until somebody has seen it; Directus itself keeps only a hash. */
	readonly firstPassword: string | null;
}

/** Reads the secrets of the Directus in `folder`, making them at the first time. @throws Error when the folder cannot be written. */
export async function directusSecrets(folder: string): Promise<DirectusSecrets> {
	const file = join(folder, 'secrets.json');
	const kept = await readFile(file, 'utf8').catch((error: NodeJS.ErrnoException) => {
		if (error.code === 'ENOENT') return null;
		throw error;
	});
	if (kept !== null) return JSON.parse(kept) as DirectusSecrets;
	const made: DirectusSecrets = {
		key: randomBytes(16).toString('hex'),
		secret: randomBytes(32).toString('base64url'),
		siteToken: randomBytes(32).toString('base64url'),
		adminToken: randomBytes(32).toString('base64url'),
		hookSecret: randomBytes(32).toString('base64url'),
		version: null,
		firstPassword: null,
	};
	await keepSecrets(folder, made);
	return made;
}

/** Replaces the kept secrets at once, so that a crash leaves the old or the new ones. */
export async function keepSecrets(folder: string, secrets: DirectusSecrets): Promise<void> {
	await mkdir(folder, { recursive: true });
	const file = join(folder, 'secrets.json');
	await writeFile(`${file}.new`, `${JSON.stringify(secrets, null, '\t')}\n`, { mode: 0o600 });
	await rename(`${file}.new`, file);
}
