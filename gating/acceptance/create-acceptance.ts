import { and, asc, desc, eq, gt, inArray, isNotNull, isNull, max } from 'drizzle-orm';

import { DAY_MS, HOUR_MS, localDay, startOfDay } from '#kernel/clock.ts';
import { newId } from '#kernel/id.ts';
import { type JobHandler, schedule } from '#kernel/job.ts';

import { acceptanceModel, lead, person, tagMark } from '../schema.ts';
import { putMarks } from '../tag/create-tags.ts';
import { LIKELY_TAG } from '../tag/defaults.ts';
import { type AcceptanceModel, chanceOf, isUseful, learn, type Missing, missingOf } from './chance.ts';
import { type AcceptanceDeps, createHistory, factsNow, factsOf, MOST_HAND_OVERS } from './history.ts';
import { type HandedOver, isAbout, type Picked } from './outcome.ts';
import { type Precision, precisionOf } from './precision.ts';

const LEARN = 'acceptance.learn';
const LEADS_AT_ONCE = 200;
/** The night's work begins so long after midnight of the company's zone, when scores have faded. */
const AFTER_MIDNIGHT_MS = HOUR_MS;

/** A version of the model that says how likely sales accepts a lead. */
export interface LearntModel extends AcceptanceModel {
	readonly version: number;
	readonly trainedAt: Date;
	/** True when it says more than the share of all does; else nothing is said of any lead. */
	readonly isUseful: boolean;
}

export interface Chance {
	/** From 0 to 1. */
	readonly chance: number;
	/** Share of all. */
	readonly base: number;
	readonly version: number;
	readonly trainedAt: Date;
}

/** Which rules and leads sales accepts: learnt from decisions, told to people, never asked by score or stage. */
export interface Acceptance {
	/** The newest ones, that everything here is learnt from. */
	readonly mostHandOvers: number;
	/** How rules fared at hand-over, and why leads came back. */
	precision(): Promise<Precision>;
	/** Hand-overs behind a count of it, newest first. */
	handOvers(picked: Picked): Promise<readonly HandedOver[]>;
	/** The newest version; null before there was one. */
	model(): Promise<LearntModel | null>;
	/** How many decisions are missing before anything can be learnt. */
	missing(): Promise<Missing>;
	/** Chance that sales accepts a lead as it is now; null when nothing useful was learnt, or there is no such lead. */
	chanceOf(leadId: string): Promise<Chance | null>;
	/** Learns from everything decided by now, and puts the tag on leads that are likely. Returns the version; null with too little history. */
	learn(): Promise<number | null>;
	/** Plans the next night. */
	start(): Promise<void>;
	readonly jobs: Readonly<Record<string, JobHandler>>;
}

export function createAcceptance(deps: AcceptanceDeps): Acceptance {
	const { db, now, random, timeZone } = deps;
	const history = createHistory(deps);

	const model: Acceptance['model'] = async () => {
		const [row] = await db.read.select().from(acceptanceModel).orderBy(desc(acceptanceModel.version)).limit(1);
		return row ? { ...row.model, version: row.version, trainedAt: row.trainedAt, isUseful: isUseful(row.model) } : null;
	};
	const learnNow: Acceptance['learn'] = async () => {
		const learnt = learn(await history.handOvers());
		if (!learnt) return null;
		const version = await db.write(async (tx) => {
			const [newest] = await tx.select({ version: max(acceptanceModel.version) }).from(acceptanceModel);
			const next = (newest?.version ?? 0) + 1;
			await tx.insert(acceptanceModel).values({ version: next, trainedAt: now(), model: learnt });
			return next;
		});
		await markLikely(version, isUseful(learnt) ? learnt : null);
		return version;
	};
	const night: JobHandler = async () => {
		await planNight();
		await learnNow();
	};

	return Object.freeze<Acceptance>({
		mostHandOvers: MOST_HAND_OVERS,
		precision: async () => precisionOf(await history.handOvers()),
		handOvers: async (picked) => (await history.handOvers()).filter((one) => isAbout(one, picked)),
		model,
		missing: async () => missingOf(await history.handOvers()),
		chanceOf: async (leadId) => {
			const newest = await model();
			if (!newest?.isUseful) return null;
			const facts = await factsNow(deps, leadId);
			const { version, trainedAt, accepted, cases } = newest;
			return facts ? { chance: chanceOf(newest, facts), base: accepted / cases, version, trainedAt } : null;
		},
		learn: learnNow,
		start: planNight,
		jobs: Object.freeze({ [LEARN]: night }),
	});

	async function planNight(): Promise<void> {
		const [at, zone] = [now(), timeZone()];
		const day = localDay(new Date(startOfDay(localDay(at, zone), zone).getTime() + 1.5 * DAY_MS), zone);
		const dueAt = new Date(startOfDay(day, zone).getTime() + AFTER_MIDNIGHT_MS);
		await db.write((tx) => schedule(tx, { key: `${LEARN}:${day}`, kind: LEARN, params: {}, dueAt }, at));
	}

	/** Puts the tag on everybody of MQLs that are likely by this version, and takes off what earlier versions put on; null: takes all off. */
	async function markLikely(version: number, learnt: AcceptanceModel | null): Promise<void> {
		const source = `model:${version}`;
		for (let after: string | null = learnt ? '' : null; after !== null && learnt;) {
			const rows: { id: string }[] = await db.read
				.select({ id: lead.id })
				.from(lead)
				.where(and(eq(lead.stage, 'mql'), isNull(lead.mergedInto), gt(lead.id, after)))
				.orderBy(asc(lead.id))
				.limit(LEADS_AT_ONCE);
			const at = now();
			const facts = await factsOf(deps, rows.map(({ id }) => ({ id, leadId: id, at }))); // prettier-ignore
			const likely = facts.filter((one) => chanceOf(learnt, one) >= learnt.likelyFrom).map(({ id }) => id);
			await db.write(async (tx) => {
				const people = await tx.select({ id: person.id }).from(person).where(and(inArray(person.leadId, likely), isNotNull(person.dataKey))); // prettier-ignore
				const owners = people.map(({ id }) => ({ personId: id }));
				await putMarks(tx, { code: LIKELY_TAG, expiryDays: 0 }, owners, source, at, (when) => newId(when, random));
			});
			after = rows.length < LEADS_AT_ONCE ? null : (rows.at(-1)?.id ?? null);
		}
		await db.write(async (tx) => {
			const marks = await tx
				.select({ id: tagMark.id, source: tagMark.source })
				.from(tagMark)
				.where(and(eq(tagMark.tag, LIKELY_TAG), isNull(tagMark.removedAt)));
			const old = marks.filter((one) => one.source.startsWith('model:') && one.source !== source).map(({ id }) => id);
			await tx.update(tagMark).set({ removedAt: now(), removedBy: source }).where(inArray(tagMark.id, old));
		});
	}
}
