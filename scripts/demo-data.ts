import { join } from 'node:path';
import { parseArgs } from 'node:util';

import { loadConfig } from '#config';
import { readKept } from '#cms/kept.ts';
import { NO_ROWS, type Rows as ContentRows } from '#cms/rows.ts';
import { project } from '#cms/read/project.ts';
import { seedRows } from '#cms/seed/rows.ts';
import { readSource } from '#cms/seed/source.ts';
import { openPostgres } from '#kernel/database-postgres.ts';
import { openSqlite } from '#kernel/database-sqlite.ts';
import { systemRandom } from '#kernel/id.ts';
import { createKeys, parseKeyRing } from '#kernel/keys.ts';
import { keepSecret } from '#kernel/secrets.ts';
import { person } from '#gating/schema.ts';

import { fillWithDemo } from './demo/fill.ts';

/**
 * `demo-data --leads 200000`: fills the hub's database with invented companies and people who came, read, asked, attended and were worked by
 * invented staff; about 25 events a lead. The hub may run meanwhile; on SQLite it is quicker without.
 */
const { values } = parseArgs({
	options: {
		leads: { type: 'string', default: '2000' },
		events: { type: 'string' },
		seed: { type: 'string', default: '1' },
		until: { type: 'string' },
		'beside-people': { type: 'boolean', default: false },
	},
});
const leads = wholeNumber('--leads', values.leads);
const events = values.events === undefined ? leads * 25 : wholeNumber('--events', values.events);
const seed = wholeNumber('--seed', values.seed);
const until = values.until === undefined ? new Date() : new Date(values.until);
if (Number.isNaN(until.getTime())) stop('--until is no moment: write it as 2026-11-30T12:00:00Z.');

const config = loadConfig(process.env);
const db =
	config.database.dialect === 'postgres' ? await openPostgres(config.database.url, 2) : openSqlite(config.database.file, { isFilling: true });
try {
	const held = await db.read.$count(person);
	if (held > 0 && !values['beside-people'])
		stop(
			`the database holds ${held} people already: use an empty one, or say --beside-people to add invented ones to it, which nothing takes out again.`,
		);
	const ring = config.keys ?? keepSecret(join(config.dataFolder, 'foyer.keys'), () => `k1:${systemRandom(32).toString('base64')}`).text;
	const begun = performance.now();
	let told = 0;
	const done = await fillWithDemo({
		...{
			db,
			keys: createKeys(parseKeyRing(ring), systemRandom),
			leads,
			events,
			seed,
			now: until,
			content: await contentOf(config.dataFolder, until),
		},
		progress: (written) => {
			if (written - told < leads / 20 && written < leads) return;
			told = written;
			const seconds = (performance.now() - begun) / 1_000;
			console.log(`  ${written.toLocaleString('en')} of ${leads.toLocaleString('en')} leads, ${seconds.toFixed(0)} s`);
		},
	});
	console.log(
		`${done.leads.toLocaleString('en')} invented leads of ${done.accounts.toLocaleString('en')} companies, ${done.events.toLocaleString('en')} events, in ${((performance.now() - begun) / 1_000).toFixed(0)} s.`,
	);
} finally {
	await db.close();
}

/** What the hub has published; before its first start, the sample company. */
async function contentOf(folder: string, now: Date) {
	const kept = await readKept(join(folder, 'snapshot.json'));
	if (kept) return project(kept.rows, now, kept.revision).snapshot;
	const source = await readSource();
	const collections = { ...NO_ROWS.collections, ...Object.fromEntries(seedRows(source, new Set(), now)) } as ContentRows['collections'];
	return project({ ...NO_ROWS, collections, site: source.site }, now, 1).snapshot;
}

function wholeNumber(name: string, text: string): number {
	const number = Number(text);
	if (!Number.isSafeInteger(number) || number < 1 || number > 5e8) stop(`${name} is no whole number from 1 on.`);
	return number;
}

function stop(why: string): never {
	console.error(`foyer: ${why}`);
	process.exit(1);
}
