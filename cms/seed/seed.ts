import { randomBytes } from 'node:crypto';
import { mkdir, readFile, rename, writeFile } from 'node:fs/promises';
import { join } from 'node:path';

import { stableId } from '#kernel/id.ts';

import type { DirectusAdmin, Row } from '../client.ts';
import { createPrinter } from '../pdf/printer.ts';
import { mediaFiles, pictureFiles, type SeedFile } from './picture.ts';
import { printedFiles } from './print.ts';
import { seedRows } from './rows.ts';
import { readSource } from './source.ts';

const UPLOADS_AT_ONCE = 3;
const ROWS_AT_ONCE = 50;

export interface SeedInput {
	readonly admin: DirectusAdmin;
	/** Where the marker is kept that says "done". */
	readonly dataFolder: string;
	/** The first start; webinars are planned from here. */
	readonly now: Date;
	readonly onProgress?: (step: string) => void;
}

export interface SeedAccount {
	readonly email: string;
	readonly role: string;
	/** Made at random; kept nowhere but hashed in Directus. */
	readonly password: string;
}

export interface SeedResult {
	/** False when an earlier start has seeded. */
	readonly isNew: boolean;
	/** Accounts for the console that were made by this call. */
	readonly accounts: readonly SeedAccount[];
}

/**
 * Fills an empty Directus with the sample company: content in both languages, drawn pictures, set PDFs, accounts for the console.
 * Done once; after a crash it goes on where it stopped, because every row and file has a fixed id. Changes nothing that is there.
 *
 * @throws Error naming the call that Directus refused.
 */
export async function seedSample({ admin, dataFolder, now, onProgress = () => undefined }: SeedInput): Promise<SeedResult> {
	const marker = join(dataFolder, 'seeded.json');
	if ((await readFile(marker, 'utf8').catch(() => null)) !== null) return { isNew: false, accounts: [] };
	const source = await readSource();
	const printer = createPrinter();
	try {
		const pictures = [...pictureFiles(source), ...mediaFiles()];
		const printed = printedFiles(source, printer);
		onProgress(`drawing ${pictures.length} pictures and setting ${printed.length} PDFs`);
		const [ofPictures, ofPrints] = await Promise.all([uploadMissing(admin, pictures), uploadMissing(admin, printed)]);
		onProgress('writing the sample content');
		for (const [collection, rows] of seedRows(source, new Set([...ofPictures, ...ofPrints]), now)) await createMissing(admin, collection, rows);
		await seedSite(admin, source.site);
		await seedStudio(admin, source.site);
	} finally {
		await printer.close();
	}
	const accounts = await createAccounts(admin);
	await mkdir(dataFolder, { recursive: true });
	await writeFile(`${marker}.new`, JSON.stringify({ at: now.toISOString() }));
	await rename(`${marker}.new`, marker);
	return { isNew: true, accounts };
}

/** Uploads what is not there yet and returns the ids of all. */
async function uploadMissing(admin: DirectusAdmin, files: readonly SeedFile[]): Promise<string[]> {
	const have = new Set((await admin.call('GET', '/files?limit=-1&fields=id')).map((row) => row['id']));
	const waiting = files.filter(({ id }) => !have.has(id));
	const work = async (): Promise<void> => {
		for (let file = waiting.shift(); file; file = waiting.shift()) await admin.upload({ ...file, bytes: await file.make() });
	};
	await Promise.all(Array.from({ length: UPLOADS_AT_ONCE }, work));
	return files.map(({ id }) => id);
}

async function createMissing(admin: DirectusAdmin, collection: string, rows: readonly Row[]): Promise<void> {
	const have = new Set((await admin.call('GET', `/items/${collection}?limit=-1&fields=id`)).map((row) => row['id']));
	const missing = rows.filter((row) => !have.has(row['id']));
	for (let at = 0; at < missing.length; at += ROWS_AT_ONCE) await admin.call('POST', `/items/${collection}`, missing.slice(at, at + ROWS_AT_ONCE));
}

async function seedSite(admin: DirectusAdmin, site: Row): Promise<void> {
	const have = await admin.call<Row>('GET', '/items/site?fields=brand');
	if (!have['brand'] && Object.keys(site).length > 0) await admin.call('PATCH', '/items/site', site);
}

/** The Studio bears the name and the colour of the company, unless somebody named it. */
async function seedStudio(admin: DirectusAdmin, site: Row): Promise<void> {
	const have = await admin.call<Row>('GET', '/settings');
	if (!site['brand'] || (have['project_name'] !== 'Foyer' && have['project_name'] !== 'Directus')) return;
	await admin.call('PATCH', '/settings', { project_name: site['brand'], project_descriptor: 'Foyer', project_color: '#0b5563' });
}

/** Directus takes only top-level domains that exist, so these are not under `.example`. */
const ACCOUNT_DOMAIN = 'halden-drives.example.com';
const ACCOUNTS = [
	{ name: 'marketer', role: 'Marketer', given: 'Mara', family: 'Keller' },
	{ name: 'sales', role: 'Sales', given: 'Stefan', family: 'Aebi' },
	{ name: 'host', role: 'Host', given: 'Lin', family: 'Hua' },
	{ name: 'analyst', role: 'Analyst', given: 'Anna', family: 'Lys' },
] as const;

async function createAccounts(admin: DirectusAdmin): Promise<SeedAccount[]> {
	const have = new Set((await admin.call('GET', '/users?limit=-1&fields=email')).map((row) => row['email']));
	const accounts = ACCOUNTS.map(({ name, ...rest }) => ({
		...rest,
		email: `${name}@${ACCOUNT_DOMAIN}`,
		password: randomBytes(12).toString('base64url'),
	})).filter(({ email }) => !have.has(email));
	if (accounts.length === 0) return [];
	await admin.call(
		'POST',
		'/users',
		accounts.map(({ email, password, role, given, family }) => ({
			id: stableId(`directus_users:${email}`),
			email,
			password,
			first_name: given,
			last_name: family,
			role: stableId(`role:${role.toLowerCase()}`),
			status: 'active',
		})),
	);
	return accounts.map(({ email, role, password }) => ({ email, role, password }));
}
