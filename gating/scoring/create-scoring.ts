import { desc, eq } from 'drizzle-orm';

import { DAY_MS, localDay, startOfDay } from '#kernel/clock.ts';
import { type JobHandler, schedule } from '#kernel/job.ts';

import { scoringModel } from '../schema.ts';
import { DEFAULT_MODEL } from './default-model.ts';
import { evidenceOfLead } from './evidence.ts';
import { type LiveModel, scoringModelInput } from './model.ts';
import type { Receipt } from './receipt.ts';
import { fadedLeads, receiptOf, recompute, type RescoreDeps, staleLeads } from './rescore.ts';

const LEADS_A_RUN = 200;
const MIDNIGHT = 'scoring.midnight';

export type ScoringDeps = Omit<RescoreDeps, 'live'>;

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
	/** Handlers of this folder's jobs, by kind. */
	readonly jobs: Readonly<Record<string, JobHandler>>;
}

export function createScoring(deps: ScoringDeps): Scoring {
	const { db, now, timeZone, keys } = deps;
	let current: LiveModel = { version: 0, model: DEFAULT_MODEL };
	const rescore: RescoreDeps = { ...deps, live: () => current };

	/** Fading leads count anew once a day, right after midnight of the company's zone. */
	const midnight: JobHandler = async ({ cursor, progress }) => {
		await planMidnight(deps);
		const today = localDay(now(), timeZone());
		let done = 0;
		for (let after = cursor ?? ''; ;) {
			const ids = await fadedLeads(db.read, { today, cursor: after, limit: LEADS_A_RUN });
			const last = ids.at(-1);
			if (last === undefined) return;
			await recompute(rescore, ids);
			done += ids.length;
			after = last;
			if (!(await progress(done, done, after))) return;
		}
	};

	return Object.freeze<Scoring>({
		start: async () => {
			current = await loadModel(deps);
			await planMidnight(deps);
		},
		model: () => current,
		recompute: (leadIds) => recompute(rescore, leadIds),
		runDue: async () => {
			const ids = await staleLeads(db.read, LEADS_A_RUN);
			await recompute(rescore, ids);
			return ids.length;
		},
		receipt: async (leadId, at) => {
			const evidence = await evidenceOfLead(db.read, leadId, keys);
			if (!evidence) return null;
			const until = <T extends { readonly at: Date }>(all: readonly T[]) => (at === undefined ? all : all.filter((one) => one.at <= at));
			const known = { ...evidence, events: until(evidence.events), ledger: until(evidence.ledger) };
			return receiptOf(known, current, at ?? now(), timeZone());
		},
		jobs: Object.freeze({ [MIDNIGHT]: midnight }),
	});
}

async function loadModel({ db, now }: ScoringDeps): Promise<LiveModel> {
	const row = await db.write(async (tx) => {
		const first = { version: 1, model: DEFAULT_MODEL, author: 'system', publishedAt: now(), isLive: true };
		await tx.insert(scoringModel).values(first).onConflictDoNothing();
		const [live] = await tx.select().from(scoringModel).where(eq(scoringModel.isLive, true)).orderBy(desc(scoringModel.version)).limit(1);
		return live ?? first;
	});
	return { version: row.version, model: scoringModelInput.parse(row.model) };
}

async function planMidnight({ db, now, timeZone }: ScoringDeps): Promise<void> {
	const at = now();
	const zone = timeZone();
	const day = localDay(new Date(startOfDay(localDay(at, zone), zone).getTime() + 1.5 * DAY_MS), zone);
	await db.write((tx) => schedule(tx, { key: `${MIDNIGHT}:${day}`, kind: MIDNIGHT, params: {}, dueAt: startOfDay(day, zone) }, at));
}
