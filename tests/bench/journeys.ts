import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { createGating, type JourneyDefinition } from '#gating';
import { openSqlite } from '#kernel/database-sqlite.ts';
import { folderFileStore } from '#kernel/files.ts';
import { systemRandom } from '#kernel/id.ts';
import { createKeptFiles } from '#kernel/kept-files.ts';
import { silentLog as log } from '#kernel/log.ts';
import { keys, NOW, seedAudience } from '#tests/support/audience.ts';
import { aJourney, MARKETER, siteWithTemplates, step } from '#tests/support/journeys.ts';

import { journeyEnrolment } from '../../gating/schema.ts';
import { allOf, condition } from '../../gating/tag/condition.ts';
import { line } from './children.ts';

/** People under way, in so many journeys, of whom so many are due at once. */
const PEOPLE = Number(process.env['BENCH_PEOPLE'] ?? 200_000);
const JOURNEYS = 20;
const DUE = Math.min(10_000, PEOPLE / 2);
/** People behind them: each is in several journeys. */
const PERSONS = Math.min(20_000, PEOPLE / 10);
/** Milliseconds for 10,000 due steps. */
const LIMIT = 1_000;
const LATER = new Date(NOW.getTime() + 30 * 86_400_000);

/** How long a tick takes that finds many due: waits that end, branches over what the lead's row tells, splits, mails. */
export async function benchJourneys(): Promise<void> {
	const folder = mkdtempSync(join(tmpdir(), 'foyer-journeys-'));
	const db = openSqlite(join(folder, 'foyer.db'));
	const now = () => NOW;
	const files = createKeptFiles({ db, now, random: systemRandom, store: folderFileStore(join(folder, 'files')), limitBytes: 1e9 });
	const directory = { signIn: async () => ({ status: 'refused' as const }), check: async () => ({ status: 'gone' as const }) };
	const mailer = { send: async () => undefined, check: async () => 'ok' as const, close: async () => undefined };
	const gating = createGating({
		...{ db, keys, now, random: systemRandom, log, origin: 'https://hub.example', timeZone: () => 'Europe/Zurich', content: siteWithTemplates },
		...{ mailer, directory, personalData: [], files },
	});
	try {
		await seedAudience(db, PERSONS);
		const ids: string[] = [];
		for (let at = 0; at < JOURNEYS; at++) {
			const id = await gating.journeys.save(null, definitionOf(at), MARKETER);
			await gating.journeys.publish(id, MARKETER);
			ids.push(id);
		}
		for (let from = 0; from < PEOPLE; from += 200) {
			const rows = Array.from({ length: Math.min(200, PEOPLE - from) }, (_none, n) => enrolmentOf(from + n, ids));
			await db.write((tx) => tx.insert(journeyEnrolment).values(rows));
		}
		await gating.journeys.runDue();
		for (const kind of ['the first', 'the second']) {
			const rows = Array.from({ length: DUE }, (_none, n) => ({ ...enrolmentOf(n, ids), id: `${kind}-${n}`, occasion: `${kind}-${n}`, dueAt: NOW }));
			for (let from = 0; from < DUE; from += 200) await db.write((tx) => tx.insert(journeyEnrolment).values(rows.slice(from, from + 200)));
			const start = performance.now();
			const moved = await gating.journeys.runDue();
			const took = ((performance.now() - start) * 10_000) / moved;
			line(`journeys: ${kind} tick, ${DUE} due of ${PEOPLE}`, `${took.toFixed(0)} ms`, `< ${LIMIT} ms a 10,000`, took < LIMIT, `${moved} people`);
		}
	} finally {
		await gating.stop();
		await db.close();
		rmSync(folder, { recursive: true, force: true });
	}
}

/** Every fourth asks the lead's row, every fourth splits; all end in a mail. */
function definitionOf(at: number): JourneyDefinition {
	const middle =
		at % 4 === 1
			? [step.branch('b1', allOf(condition('score', { least: 50 })), { yes: 'm2', next: 'm1' })]
			: at % 4 === 2
				? [step.split('x1', [{ weight: 1, to: 'm1' }, { weight: 1, to: 'm2' }])] // prettier-ignore
				: [];
	return aJourney({
		...{ name: `Journey ${at}`, trigger: { kind: 'form', forms: [] } },
		steps: [step.wait('w1', 3), ...middle, step.message('m1', 'a', { next: 'w2' }), step.message('m2', 'b'), step.wait('w2', 3), step.end()].filter(
			({ id }) => id !== 'm2' || middle.length > 0,
		),
	});
}

function enrolmentOf(n: number, journeys: readonly string[]): typeof journeyEnrolment.$inferInsert {
	const since = new Date(NOW.getTime() - 4 * 86_400_000);
	return {
		...{ id: `e-${n}`, journeyId: journeys[n % journeys.length] ?? '', version: 1, personId: `person-${n % PERSONS}`, occasion: `o-${n}`, data: {} },
		...{ state: 'active', reason: '', step: 'w1', since, until: since, dueAt: LATER, isWatched: false, place: 1, enteredAt: since, endedAt: null },
	};
}

if (import.meta.main) await benchJourneys();
