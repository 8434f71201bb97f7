import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { openSqlite } from '#kernel/database-sqlite.ts';
import { systemRandom } from '#kernel/id.ts';
import { keys, NOW, seedAudience } from '#tests/support/audience.ts';
import { aSite } from '#tests/support/gate.ts';

import { createSegments } from '../../gating/tag/create-segments.ts';
import { allOf, condition, EVERYBODY } from '../../gating/tag/condition.ts';
import { DEFAULT_TAGS } from '../../gating/tag/defaults.ts';
import { line, median } from './children.ts';

/** How long a segment is counted over 20,000 leads; nothing else should run. */
const LEADS = Number(process.env['BENCH_LEADS'] ?? 20_000);
const ROUNDS = 7;
/** Milliseconds that a count may take. */
const LIMIT = 200;

/** Counts segments over many leads. */
export async function benchSegments(): Promise<void> {
	const folder = mkdtempSync(join(tmpdir(), 'foyer-segments-'));
	const db = openSqlite(join(folder, 'foyer.db'));
	try {
		await seedAudience(db, LEADS);
		const segments = createSegments({ db, keys, now: () => NOW, random: systemRandom, content: () => aSite() });
		const cases = [
			['everybody', EVERYBODY] as const,
			[
				'stage, score and consent',
				allOf(
					condition('stage', { values: ['mql', 'prospect'] }),
					condition('score', { least: 50 }),
					condition('consent', { values: ['marketing.email'] }),
				),
			] as const,
			[
				'industry, country and account',
				allOf(
					condition('industry', { values: ['packaging'] }),
					condition('country', { values: ['CH', 'CN'] }),
					condition('account-status', { values: ['customer'] }),
				),
			] as const,
			[
				'touched twice, not seen in a webinar',
				allOf(condition('did', { about: 'white_papers', least: 2, days: 90 }), condition('webinar', { values: ['missed'] })),
			] as const,
			[
				'channel, import and a mark',
				allOf(
					condition('channel', { values: ['fair'] }),
					condition('import', { values: ['list'], isNot: true }),
					condition('tag', { values: ['key-account'] }),
				),
			] as const,
			...DEFAULT_TAGS.flatMap(({ code, rule }) => (rule === null ? [] : [[`tag ${code}`, rule] as const])),
		];
		for (const [name, conditions] of cases) {
			const times: number[] = [];
			let count = 0;
			for (let round = 0; round < ROUNDS; round++) {
				const start = performance.now();
				count = await segments.count(conditions);
				times.push(performance.now() - start);
			}
			const took = median(times);
			line(`segment: ${name}`, `${took.toFixed(0)} ms`, `< ${LIMIT} ms`, took < LIMIT, `${count} leads`);
		}
	} finally {
		await db.close();
		rmSync(folder, { recursive: true, force: true });
	}
}

if (import.meta.main) await benchSegments();
