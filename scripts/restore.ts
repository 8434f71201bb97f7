import { cpSync, existsSync, mkdirSync, readFileSync, renameSync } from 'node:fs';
import { join, resolve } from 'node:path';

import { isNotNull } from 'drizzle-orm';

import { createApp } from '#app';
import { loadConfig } from '#config';
import { openSqlite } from '#kernel/database-sqlite.ts';
import { lockFolder } from '#kernel/folder-lock.ts';
import { silentLog } from '#kernel/log.ts';
import { person } from '#gating/schema.ts';

/**
 * Puts a backup in place of the data folder, which is kept beside it, and erases again everybody who was erased since:
 * those the present database knows, and those of a file of person ids given as second argument.
 */
const config = loadConfig(process.env);
const [from, erasedFile] = process.argv.slice(2);
if (from === undefined) stop('name the folder of the backup: npm run restore -- backups/2026-11-22T10-00-00-000Z');
const source = resolve(from);
if (!existsSync(join(source, 'foyer.db')) && !existsSync(join(source, 'directus')))
	stop(`${source} is no backup: it holds neither foyer.db nor directus/.`);
const present = config.dataFolder;
if (isInUse(present)) stop('the hub is running on this data folder: stop it first.');

const erased = new Set(
	erasedFile === undefined
		? []
		: readFileSync(erasedFile, 'utf8')
				.split(/\s+/)
				.filter((id) => id !== ''),
);
if (config.database.dialect === 'sqlite' && existsSync(config.database.file)) {
	const db = openSqlite(config.database.file);
	for (const { id } of await db.read.select({ id: person.id }).from(person).where(isNotNull(person.erasedAt))) erased.add(id);
	await db.close();
}

if (existsSync(present)) {
	const aside = `${present}.before-${new Date().toISOString().replaceAll(/[:.]/g, '-')}`;
	renameSync(present, aside);
	console.log(`What was there is now at ${aside}.`);
	mkdirSync(present, { recursive: true });
	if (existsSync(join(aside, 'foyer.keys'))) cpSync(join(aside, 'foyer.keys'), join(present, 'foyer.keys'));
}
cpSync(source, present, { recursive: true });

const app = await createApp(config, { log: silentLog, cmsAccess: { token: 'not-used-by-restore', hookSecret: 'not-used-by-restore' } });
let again = 0;
for (const { id, erasedAt } of await app.db.read.select({ id: person.id, erasedAt: person.erasedAt }).from(person)) {
	if (erasedAt !== null || !erased.has(id)) continue;
	await app.gating.privacy.erase(id, 'system');
	again++;
}
await app.stop();
console.log(`Restored ${source}. ${again} of ${erased.size} people known to be erased were erased again.`);

function isInUse(folder: string): boolean {
	if (!existsSync(folder)) return false;
	const lock = lockFolder(folder);
	if (lock.status === 'held') lock.release();
	return lock.status === 'taken';
}

function stop(sentence: string): never {
	console.error(`foyer: ${sentence}`);
	process.exit(1);
}
