import { eq } from 'drizzle-orm';

import { recordAudit } from '#kernel/audit.ts';
import { DAY_MS, HOUR_MS, localDay, type Now, startOfDay } from '#kernel/clock.ts';
import type { Database, Handle } from '#kernel/database.ts';
import { DomainError } from '#kernel/errors.ts';
import type { Random } from '#kernel/id.ts';
import { type JobHandler, schedule } from '#kernel/job.ts';

import { type Reader, whoOf } from '../lead/reader.ts';
import type { DueParams } from './due.ts';
import { removeRows } from './remove.ts';
import { FEWEST_DAYS, isRule, MOST_DAYS, type RetentionRule, RULES, type RuleName } from './rules.ts';
import { retention } from './schema.ts';

export const RETENTION = 'gating.retention';
/** Rows of one body. */
const AT_ONCE = 200;
/** What is looked for in one long read. */
const FOUND_AT_ONCE = 2_000;
/** Counts on screens end here. */
const MOST_COUNTED = 10_000;
/** The night's work begins so long after midnight of the company's zone. */
const NIGHT_MS = 3 * HOUR_MS;

export interface RetentionDeps {
	readonly db: Database;
	readonly now: Now;
	readonly random: Random;
	readonly timeZone: () => string;
	/** Erases a person whole. */
	readonly erase: (personId: string) => Promise<void>;
	/** What else a night does. */
	readonly afterwards: () => Promise<void>;
	/** True while something of the person lies ahead, such as a webinar. */
	readonly isNeeded: (personId: string) => Promise<boolean>;
}

/** One rule as the console shows it. */
export interface RetentionLine extends RetentionRule {
	/** What it was shipped with. */
	readonly shippedDays: number;
	readonly lastRunAt: Date | null;
	readonly lastRemoved: number;
	/** How much is due at this moment; counted up to {@link MOST_COUNTED}. */
	readonly due: number;
}

export async function retentionLines({ db, now }: RetentionDeps): Promise<RetentionLine[]> {
	const kept = new Map((await db.read.select().from(retention)).map((row) => [row.rule, row]));
	const lines: RetentionLine[] = [];
	for (const rule of RULES) {
		const row = kept.get(rule.name);
		const days = row?.days ?? rule.days;
		const due = await db.analyse<DueParams, number>({ ...DUE, name: 'dueCount', params: dueParams(rule.name, days, now(), MOST_COUNTED) });
		lines.push({ ...rule, days, shippedDays: rule.days, lastRunAt: row?.lastRunAt ?? null, lastRemoved: row?.lastRemoved ?? 0, due });
	}
	return lines;
}

/** Changes how long something is kept. @throws DomainError invalid for another rule, or days out of range */
export async function setRetention(
	{ db, now, random }: RetentionDeps,
	name: string,
	days: number,
	by: Pick<Reader, 'actor' | 'origin'>,
): Promise<void> {
	if (!isRule(name) || !Number.isInteger(days) || days < FEWEST_DAYS || days > MOST_DAYS)
		throw new DomainError('invalid', `Give whole days from ${FEWEST_DAYS} to ${MOST_DAYS}.`);
	await db.write(async (tx) => {
		await tx
			.insert(retention)
			.values({ rule: name, days, lastRunAt: null, lastRemoved: 0 })
			.onConflictDoUpdate({ target: retention.rule, set: { days } });
		const detail = { days };
		await recordAudit(tx, { ...whoOf(by), action: 'retention.change', subject: `retention:${name}`, detail }, now(), random);
	});
}

/** Orders the coming night's run, once for all processes. */
export async function planNight({ db, now, timeZone }: RetentionDeps): Promise<void> {
	const [at, zone] = [now(), timeZone()];
	const today = localDay(at, zone);
	const isOver = at.getTime() >= startOfDay(today, zone).getTime() + NIGHT_MS;
	const day = isOver ? localDay(new Date(startOfDay(today, zone).getTime() + 1.5 * DAY_MS), zone) : today;
	const dueAt = new Date(startOfDay(day, zone).getTime() + NIGHT_MS);
	await db.write((tx) => schedule(tx, { key: `${RETENTION}:${day}`, kind: RETENTION, params: {}, dueAt }, at));
}

/** Orders a run at once. */
export async function runNow({ db, now, random }: RetentionDeps, by: Pick<Reader, 'actor' | 'origin'>): Promise<void> {
	await db.write(async (tx) => {
		const at = now();
		await schedule(tx, { key: `${RETENTION}:now:${at.getTime()}`, kind: RETENTION, params: {}, dueAt: at }, at);
		await recordAudit(tx, { ...whoOf(by), action: 'retention.run', subject: 'retention:all', detail: {} }, at, random);
	});
}

/** Goes through the rules, in small bodies; a crashed run goes on with the rule it was at. */
export function retentionHandler(deps: RetentionDeps): JobHandler {
	return async ({ cursor, progress }) => {
		const from = Math.max(
			0,
			RULES.findIndex(({ name }) => name === cursor),
		);
		let total = 0;
		for (const rule of RULES.slice(from)) {
			const removed = await apply(deps, rule, (soFar) => progress(total + soFar, total + soFar, rule.name));
			if (removed === null) return;
			total += removed;
			await deps.db.write((tx) => noteRun(tx, rule.name, removed, deps.now()));
		}
		await deps.db.scrub();
		await deps.afterwards();
	};
}

/** Returns how many it removed; null when the job was cancelled. */
async function apply(deps: RetentionDeps, { name, days, how }: RetentionRule, progress: (done: number) => Promise<boolean>): Promise<number | null> {
	const { db, now } = deps;
	const [row] = await db.read.select({ days: retention.days }).from(retention).where(eq(retention.rule, name));
	let removed = 0;
	for (;;) {
		const found = await db.analyse<DueParams, string[]>({ ...DUE, name: 'dueIds', params: dueParams(name, row?.days ?? days, now(), FOUND_AT_ONCE) });
		let gone = 0;
		for (let at = 0; at < found.length; at += AT_ONCE) {
			const ids = found.slice(at, at + AT_ONCE);
			gone += how === 'erase' ? await eraseAll(deps, ids) : await removeAll(deps, name, ids);
			if (!(await progress(removed + gone))) return null;
		}
		removed += gone;
		if (found.length < FOUND_AT_ONCE || gone === 0) return removed;
	}
}

async function eraseAll({ erase, isNeeded }: RetentionDeps, ids: readonly string[]): Promise<number> {
	let erased = 0;
	for (const id of ids) {
		if (await isNeeded(id)) continue;
		await erase(id);
		erased++;
	}
	return erased;
}

async function removeAll({ db }: RetentionDeps, name: RuleName, ids: readonly string[]): Promise<number> {
	await db.write((tx) => removeRows(tx, name as Parameters<typeof removeRows>[1], ids));
	return ids.length;
}

async function noteRun(tx: Handle, rule: RuleName, lastRemoved: number, lastRunAt: Date): Promise<void> {
	await tx
		.insert(retention)
		.values({ rule, days: null, lastRunAt, lastRemoved })
		.onConflictDoUpdate({ target: retention.rule, set: { lastRunAt, lastRemoved } });
}

const DUE = { module: new URL('./due.ts', import.meta.url) };

const dueParams = (rule: RuleName, days: number, now: Date, limit: number): DueParams => ({ rule, before: now.getTime() - days * DAY_MS, limit });
