import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

import { runQuietly } from './child.mjs';
import { die, step } from './say.mjs';

/** What Vite reads: pages, and what pages import from other folders. */
const SOURCES = [
	'site',
	'kernel',
	'cms/content.ts',
	'cms/figure.ts',
	'cms/figure',
	'gating',
	'webinar',
	'search',
	'app.ts',
	'config.ts',
	'astro.config.mjs',
	'package-lock.json',
	'tsconfig.json',
];

/**
 * Builds the site when its sources changed, and compresses its static files.
 * @param {string} root @param {string} node @param {NodeJS.ProcessEnv} env
 */
export async function build(root, node, env) {
	const wanted = fingerprint(root);
	const stamp = join(root, 'dist', '.foyer-stamp');
	if (existsSync(stamp) && readFileSync(stamp, 'utf8') === wanted) return;
	await step('Build the site', async () => {
		for (const args of [
			[join(root, 'node_modules', 'astro', 'bin', 'astro.mjs'), 'build'],
			[join(root, 'site', 'edge', 'precompress.ts'), join(root, 'dist', 'client')],
		]) {
			const { code, said } = await runQuietly(node, args, { cwd: root, env });
			if (code !== 0) die(`the site could not be built:\n${said.slice(-3000)}`);
		}
		writeFileSync(stamp, wanted);
	});
}

/** @param {string} root */
function fingerprint(root) {
	const hash = createHash('sha256');
	for (const source of SOURCES) {
		if (existsSync(join(root, source))) add(hash, root, source);
	}
	return hash.digest('hex');
}

/** @param {import('node:crypto').Hash} hash @param {string} root @param {string} path */
function add(hash, root, path) {
	const full = join(root, path);
	if (statSync(full).isDirectory()) {
		for (const name of readdirSync(full).sort()) add(hash, root, join(path, name));
	} else if (!path.endsWith('.test.ts')) {
		hash.update(path).update(readFileSync(full));
	}
}
