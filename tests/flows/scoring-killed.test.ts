import { eq } from 'drizzle-orm';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';

import type { Database } from '#kernel/database.ts';
import { createJobs } from '#kernel/job.ts';
import { silentLog } from '#kernel/log.ts';
import { createScoredHub, engineer, type ScoredHub } from '#tests/support/scored.ts';

import { lead, leadScore, scoringModel } from '../../gating/schema.ts';

const mara = { actor: 'staff:m', origin: '', name: 'Mara Vogel' };
const sven = { actor: 'staff:s', origin: '', name: 'Sven Holt' };
const LEADS = 12;
/** More store calls than a publication has. */
const MOST_CALLS = 80;
let hub: ScoredHub;

beforeEach(async () => {
	hub = await createScoredHub();
	for (let at = 0; at < LEADS; at++) {
		await hub.aPerson(`p${at}`, { ...engineer, email: `p${at}@bottling.example` });
		await hub.did(`d${at}`, `p${at}`);
	}
	await hub.scoring.runDue();
});
afterEach(() => hub.close());

/** Begins to publish a version in which a paper counts so many hundredths. */
async function publish(points: number): Promise<number> {
	const { models } = hub.scoring;
	const { revision, model } = await models.begin(mara);
	const rule = { ...model.engagement.find(({ name }) => name === 'paper-downloaded'), points };
	const { draft } = await models.edit(revision, { kind: 'rule', part: 'engagement', was: 'paper-downloaded', rule }, mara);
	await models.sign(draft.revision, 'marketing', 'm', mara);
	await models.sign(draft.revision, 'sales', 's', sven);
	return models.publish(draft.revision, mara);
}

/** A store whose process ends, or whose thread is gone for a moment, at its nth call. */
function dying(db: Database, nth: number, what: 'process' | 'thread'): Database & { readonly hasDied: () => boolean } {
	let calls = 0;
	const call = <T>(go: () => Promise<T>, isThread: boolean): Promise<T> => {
		calls++;
		const dies = what === 'process' ? calls >= nth : isThread && calls >= nth && calls < nth + 2;
		return dies ? Promise.reject(new Error('gone')) : go();
	};
	return {
		...db,
		write: (body, options) => call(() => db.write(body, options), false),
		analyse: (query) => call(() => db.analyse(query), true),
		hasDied: () => calls >= nth,
	};
}

const run = (db: Database) =>
	createJobs({ db, now: () => hub.clock.at, log: silentLog, handlers: hub.scoringOn(db).jobs })
		.runDue()
		.catch(() => 0);

async function scores() {
	const rows = await hub.db.read.select({ total: lead.total, version: lead.modelVersion }).from(lead);
	const [live] = await hub.db.read.select({ version: scoringModel.version }).from(scoringModel).where(eq(scoringModel.isLive, true));
	return { held: [...new Set(rows.map(({ total, version }) => `${version}:${total}`))], live: live?.version };
}

describe.each(['process', 'thread'] as const)('a publication whose %s ends', (what) => {
	test(
		'golden: at whatever call it ends, everybody has the old or the new version, and it is finished afterwards',
		{ timeout: 120_000 },
		async () => {
			let before = { version: 1, total: 6_000 };
			let isOver = false;
			for (let nth = 2; nth < MOST_CALLS && !isOver; nth++) {
				const points = before.total === 6_000 ? 3_000 : 1_000;
				const next = { version: await publish(points), total: 5_000 + points };
				const store = dying(hub.db, nth, what);
				await run(store);
				isOver = !store.hasDied();
				const { held, live } = await scores();
				const holds = [before, next].find(({ version }) => version === live);
				expect(held).toEqual([`${holds?.version}:${holds?.total}`]);

				hub.clock.at = new Date(hub.clock.at.getTime() + 2 * 60_000);
				await run(hub.db);
				expect(await scores()).toEqual({ held: [`${next.version}:${next.total}`], live: next.version });
				expect(await hub.db.read.$count(leadScore)).toBe(0);
				before = next;
			}
			expect(isOver).toBe(true);
		},
	);
});

describe('a preview', () => {
	test('is cancelled, and can be asked for again', async () => {
		await hub.scoring.models.begin(mara);
		await hub.scoring.models.preview();
		await hub.scoring.models.cancelPreview(mara);
		expect(await hub.scoring.models.previewProgress()).toBeNull();
		await run(hub.db);
		expect((await hub.scoring.models.draft())?.preview).toBeNull();
		await expect(hub.scoring.models.cancelPreview(mara)).rejects.toMatchObject({ code: 'conflict', fields: [{ code: 'over' }] });
		await hub.scoring.models.preview();
		await run(hub.db);
		expect((await hub.scoring.models.draft())?.preview).toMatchObject({ leads: LEADS });
	});
});
