import { cpSync, existsSync, mkdirSync, renameSync, rmSync } from 'node:fs';
import { join, resolve } from 'node:path';

import BetterSqlite from 'better-sqlite3';

import { loadConfig } from '#config';

/** Folders and files of the data folder that are copied as they are. The key file is not: keep it apart, or the copy protects nobody. */
const COPIED = ['directus/uploads', 'directus/secrets.json', 'files', 'recordings', 'snapshot.json', 'seeded.json'];

const config = loadConfig(process.env);
const target = resolve(process.argv[2] ?? join('backups', new Date().toISOString().replaceAll(/[:.]/g, '-')));
if (existsSync(target)) stop(`${target} exists already: name another folder.`);
if (!existsSync(config.dataFolder)) stop(`there is no data at ${config.dataFolder}: start the hub first, or set DATA_DIR.`);

const part = `${target}.part`;
rmSync(part, { recursive: true, force: true });
mkdirSync(join(part, 'directus'), { recursive: true });
if (config.database.dialect === 'sqlite') await copyDatabase(config.database.file, join(part, 'foyer.db'));
else console.log('The hub database is PostgreSQL: back it up with pg_dump at the same time.');
if (config.cms.directus === 'child') await copyDatabase(join(config.cms.folder, 'directus.db'), join(part, 'directus', 'directus.db'));
for (const name of COPIED) {
	const from = join(config.dataFolder, name);
	if (existsSync(from)) cpSync(from, join(part, name), { recursive: true });
}
renameSync(part, target);
console.log(`Backed up to ${target}.`);
console.log(
	`Not in it: the key file ${join(config.dataFolder, 'foyer.keys')}. Keep a copy of it somewhere else; without it nobody can read the people.`,
);

/** A consistent copy of a database that may be in use. */
async function copyDatabase(from: string, to: string): Promise<void> {
	if (!existsSync(from)) return;
	const source = new BetterSqlite(from, { readonly: true, timeout: 10_000 });
	await source.backup(to);
	source.close();
}

function stop(sentence: string): never {
	console.error(`foyer: ${sentence}`);
	process.exit(1);
}
