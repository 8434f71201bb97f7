// The one entry behind every npm script: `node scripts/run.mjs <task> [arguments]`. Plain JavaScript that Node 18 can run.
import { basename, delimiter, dirname, extname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';

import { build } from './build.mjs';
import { run, runQuietly } from './child.mjs';
import { install } from './install.mjs';
import { HUB_ENV, HUB_FLAGS } from './memory.mjs';
import { findNode } from './node.mjs';
import { die, step } from './say.mjs';

const root = resolve(dirname(fileURLToPath(import.meta.url)), '..');
const bin = (/** @type {string} */ name) => join(root, 'node_modules', ...name.split('/'));

/** @typedef {readonly (readonly string[])[]} Commands */
/** @typedef {{ builds?: boolean, env?: Record<string, string>, lanes?: readonly Commands[], commands: Commands }} Task */
/**
 * Each command is run by the chosen Node; the caller's arguments go to the last one. Lanes go first, side by side: all of them are run, and
 * what they find ends the task. @type {Record<string, Task>}
 */
const TASKS = {
	start: { builds: true, env: HUB_ENV, commands: [[...HUB_FLAGS, 'server.ts']] },
	dev: { commands: [['scripts/dev.ts']] },
	build: { builds: true, commands: [] },
	worker: { commands: [['worker.ts']] },
	migrate: { commands: [['scripts/migrate.ts']] },
	backup: { commands: [['scripts/backup.ts']] },
	keys: { commands: [['scripts/keys.ts']] },
	'demo-data': { commands: [['scripts/demo-data.ts']] },
	restore: { commands: [['scripts/restore.ts']] },
	test: { builds: true, commands: [['scripts/test.ts']] },
	'test:postgres': { builds: true, commands: [['scripts/test.ts', '--postgres']] },
	bench: { builds: true, commands: [['tests/bench/bench.ts']] },
	format: { commands: [[bin('prettier/bin/prettier.cjs'), '--write', '--log-level', 'warn', '.']] },
	generate: {
		commands: ['sqlite', 'postgres'].map((dialect) => [bin('drizzle-kit/bin.cjs'), 'generate', '--config', `scripts/drizzle-${dialect}.config.ts`]),
	},
	check: {
		builds: true,
		lanes: [
			[[bin('eslint/bin/eslint.js'), '.', '--max-warnings', '0']],
			[
				[bin('prettier/bin/prettier.cjs'), '--check', '--log-level', 'warn', '.'],
				[bin('oxlint/bin/oxlint'), '--import-plugin', '-A', 'all', '-D', 'import/no-cycle', '--deny-warnings'],
				[bin('knip/bin/knip.js')],
				[bin('astro/bin/astro.mjs'), 'check', '--minimumSeverity', 'warning'],
			],
		],
		commands: [['scripts/test.ts']],
	},
};

const [name = '', ...rest] = process.argv.slice(2);
const task = TASKS[name];
if (!task) die(`there is no task "${name}": use one of ${Object.keys(TASKS).join(', ')}.`);

const node = await findNode(root);
await install(root, node);
const env = {
	...process.env,
	PATH: [dirname(node), join(root, 'node_modules', '.bin'), process.env.PATH].join(delimiter),
	...task.env,
	ASTRO_TELEMETRY_DISABLED: '1',
	NODE_COMPILE_CACHE: join(root, '.cache', 'compile'),
};
if (task.builds) await build(root, node, env);
const found = (await Promise.all((task.lanes ?? []).map(lane))).flat().filter(({ code }) => code !== 0);
if (found.length > 0) die(`${found.map(({ program }) => program).join(', ')}: see above.`);
for (const [index, command] of task.commands.entries()) {
	const args = index === task.commands.length - 1 ? [...command, ...rest] : command;
	const code = await run(node, [...args], { cwd: root, env });
	if (code !== 0) process.exit(code);
}

/** @param {Commands} commands */
async function lane(commands) {
	const results = [];
	for (const [program = '', ...args] of commands) {
		const { code, said } = await step(basename(program, extname(program)), () => runQuietly(node, [program, ...args], { cwd: root, env }));
		process.stdout.write(code === 0 ? '' : said);
		results.push({ program: basename(program, extname(program)), code });
	}
	return results;
}
