import { DAY_MS, localDay, startOfDay } from '#kernel/clock.ts';
import { type JobHandler, schedule } from '#kernel/job.ts';

import { createModels, type Models } from './create-models.ts';
import { gather, surgeDaysOf } from './evidence.ts';
import { receiptOf } from './judge.ts';
import type { LiveModel } from './model.ts';
import { PUBLISH, publishing } from './publish.ts';
import type { Receipt } from './receipt.ts';
import { fadedLeads, recompute, type RescoreDeps, staleLeads, todayOf } from './rescore.ts';
import { surroundingsOf } from './surroundings.ts';
import { createVersions } from './versions.ts';

const LEADS_A_RUN = 200;
const MIDNIGHT = 'scoring.midnight';

export type ScoringDeps = Omit<RescoreDeps, 'versions'>;

export interface Scoring {
	/** Reads the live model, publishes the shipped one on the first start, and plans the next midnight. Call before anything else. */
	start(): Promise<void>;
	/** The model that scores now, with its version. */
	model(): LiveModel;
	/** Scores these leads anew at once. */
	recompute(leadIds: readonly string[]): Promise<void>;
	/** Scores leads to which something happened. The worker loop calls it several times a second; returns how many there were. */
	runDue(): Promise<number>;
	/** What a lead's score is made of, now or as of an earlier moment; null when there is no such lead. */
	receipt(leadId: string, at?: Date): Promise<Receipt | null>;
	/** Versions of the model, and the way to a new one. */
	readonly models: Models;
	/** Handlers of this folder's jobs, by kind. */
	readonly jobs: Readonly<Record<string, JobHandler>>;
}

export function createScoring(given: ScoringDeps): Scoring {
	const { db, now, timeZone, keys, content } = given;
	const deps: RescoreDeps = { ...given, versions: createVersions(given) };
	const { versions } = deps;
	const models = createModels(deps);

	/** Fading leads count anew once a day, right after midnight of the company's zone. */
	const midnight: JobHandler = async ({ cursor, progress }) => {
		await planMidnight(deps);
		const today = todayOf(deps);
		let done = 0;
		for (let after = cursor ?? ''; ;) {
			const ids = await fadedLeads(db.read, { today, cursor: after, limit: LEADS_A_RUN });
			const last = ids.at(-1);
			if (last === undefined) return;
			await recompute(deps, ids);
			done += ids.length;
			after = last;
			if (!(await progress(done, done, after))) return;
		}
	};

	return Object.freeze<Scoring>({
		start: async () => {
			await versions.start();
			await planMidnight(deps);
		},
		model: versions.current,
		recompute: (leadIds) => recompute(deps, leadIds),
		runDue: async () => {
			await versions.inUse(db.read);
			const ids = await staleLeads(db.read, LEADS_A_RUN);
			await recompute(deps, ids);
			return ids.length;
		},
		receipt: async (leadId, at = now()) => {
			const { live } = await versions.inUse(db.read);
			const surroundings = surroundingsOf(content());
			const { competitorDomains } = surroundings;
			const [evidence] = await gather(db.read, keys, [leadId], { at, competitorDomains, surgeDays: surgeDaysOf([live.model]) });
			return evidence ? receiptOf(evidence, { live, at, timeZone: timeZone(), surroundings }) : null;
		},
		models,
		jobs: Object.freeze({ [MIDNIGHT]: midnight, [PUBLISH]: publishing(deps), ...models.jobs }),
	});
}

async function planMidnight({ db, now, timeZone }: ScoringDeps): Promise<void> {
	const at = now();
	const zone = timeZone();
	const day = localDay(new Date(startOfDay(localDay(at, zone), zone).getTime() + 1.5 * DAY_MS), zone);
	await db.write((tx) => schedule(tx, { key: `${MIDNIGHT}:${day}`, kind: MIDNIGHT, params: {}, dueAt: startOfDay(day, zone) }, at));
}
