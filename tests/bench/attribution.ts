import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import Sqlite from 'better-sqlite3';

import { DAY_MS } from '#kernel/clock.ts';
import { openSqlite } from '#kernel/database-sqlite.ts';
import { systemRandom } from '#kernel/id.ts';
import { createKeys } from '#kernel/keys.ts';

import { createAttribution } from '../../gating/attribution/create-attribution.ts';
import { GROUPINGS } from '../../gating/attribution/read-touches.ts';
import { line, median } from './children.ts';

/** How long attribution takes over a million contacts of 100,000 leads, half of them made in the period; nothing else should run. */
const TOUCHES = Number(process.env['BENCH_TOUCHES'] ?? 1_000_000);
const LEADS = TOUCHES / 10;
const ROUNDS = 5;
/** Milliseconds. */
const LIMIT = 5_000;
const NOW = new Date('2026-11-23T12:00:00Z');
const CHANNELS = ['direct', 'search', 'mail', 'paid-search', 'fair', 'social', 'wechat', 'referral', 'media', 'sales'];

/** Reads attribution by each grouping. */
export async function benchAttribution(): Promise<void> {
	const folder = mkdtempSync(join(tmpdir(), 'foyer-attribution-'));
	const file = join(folder, 'foyer.db');
	const db = openSqlite(file);
	try {
		fill(file);
		const keys = createKeys([{ id: 'k1', key: Buffer.alloc(32, 5) }], systemRandom);
		const attribution = createAttribution({ db, keys, now: () => NOW, timeZone: () => 'Europe/Zurich' });
		for (const grouping of GROUPINGS) {
			const times: number[] = [];
			let told = '';
			for (let round = 0; round < ROUNDS; round++) {
				const start = performance.now();
				const { rows, totals } = await attribution.read({ ...attribution.usual(), grouping, model: 'w', window: 'all' });
				times.push(performance.now() - start);
				told = `${Object.values(totals).reduce((sum, count) => sum + count, 0)} conversions to ${rows.length} groups`;
			}
			const took = median(times);
			line(`attribution by ${grouping}`, `${(took / 1_000).toFixed(1)} s`, `< ${LIMIT / 1_000} s`, took < LIMIT, `${TOUCHES} contacts, ${told}`);
		}
	} finally {
		await db.close();
		rmSync(folder, { recursive: true, force: true });
	}
}

/** Leads with ten contacts each, over two years; half were made in the last ninety days, and some of those moved on. */
function fill(file: string): void {
	const database = new Sqlite(file);
	const insert = (table: string, columns: string) => database.prepare(`INSERT INTO ${table} (${columns}) VALUES (${columns.replace(/[^,]+/g, '?')})`);
	const lead = insert(
		'lead',
		'id,stage,working_state,company,mail_domain,fit,engagement,total,grade,model_version,scored_day,has_decay,last_activity_at,created_at',
	);
	const person = insert('person', 'id,lead_id,first_lead_id,locale,time_zone,created_at');
	const touch = insert('touchpoint', 'id,at,local_day,person_id,kind,channel,tactic_id,subject,detail');
	const move = insert('move', 'id,lead_id,from_stage,to_stage,cause,evidence,at');
	database.transaction(() => {
		for (let index = 0; index < LEADS; index++) {
			const [id, who] = [`lead-${String(index).padStart(12, '0')}-0000-000000000000`, `person-${String(index).padStart(10, '0')}-0000-000000000000`];
			const made = NOW.getTime() - (index % 2 === 0 ? (index * 7_919) % (85 * DAY_MS) : 100 * DAY_MS + ((index * 104_729) % (500 * DAY_MS)));
			lead.run(id, 'prospect', 'open', 'Firm', '', 0, 0, 0, 'D4', 0, '', 0, made, made);
			person.run(who, id, id, 'en', 'UTC', made);
			if (index % 20 === 0) move.run(`move-${index}`, id, 'prospect', 'mql', 'rule:score', '{}', Math.min(made + DAY_MS, NOW.getTime() - 1));
			for (let at = 0; at < TOUCHES / LEADS; at++) {
				const when = made - ((at * 15_485_863 + index * 31) % (200 * DAY_MS));
				const channel = CHANNELS[(index + at * 3) % CHANNELS.length] ?? 'direct';
				const [tactic, subject] = [
					`tactic-${(index + at) % 40}-0000-0000-000000000000`,
					`white_papers:${(index * 3 + at) % 60}-0000-0000-000000000000`,
				];
				touch.run(`touch-${index}-${at}`, when, '', who, 'visit', channel, tactic, subject, '{}');
			}
		}
	})();
	database.close();
}

if (import.meta.main) await benchAttribution();
