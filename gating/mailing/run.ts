import { and, eq, inArray } from 'drizzle-orm';

import { recordAudit } from '#kernel/audit.ts';
import { DAY_MS, HOUR_MS } from '#kernel/clock.ts';
import type { Handle } from '#kernel/database.ts';
import { type JobHandler, schedule } from '#kernel/job.ts';

import { assign } from '../experiment/assign.ts';
import type { NewMessage } from '../message/message.ts';
import { mailing, mailingRecipient, mailingRun, message, person } from '../schema.ts';
import type { Plan } from '../tag/plan.ts';
import { conditionsOf, isEverybody, mailingById, type MailingDeps, type MailingRow, originOf, planFor } from './deps.ts';
import { NO_SKIPS, type Skip, type Variant } from './mailing.ts';
import { choosePeople, type Count, leadsAfter } from './recipients.ts';
import { approvalOver } from './rule.ts';
import { chooseWinner } from './trial.ts';
import { dueFor, nextRun } from './when.ts';

/** Kinds of jobs: a run begins or goes on; the better variant is chosen for the rest. */
export const RUN_JOB = 'mailing.run';
export const DECIDE_JOB = 'mailing.decide';
/** Name of the composer that writes mailings. */
export const MAILING_COMPOSER = 'mailing';
/** A mailing that could not go within this is dropped. */
const LATEST_MS = 7 * DAY_MS;
const PRIORITY = 10;
const COUNTER = new URL('./recipients.ts', import.meta.url);

type RunRow = typeof mailingRun.$inferSelect;

/** Puts a mailing's next run in. */
export async function scheduleRun(
	tx: Handle,
	{ id, generation }: Pick<MailingRow, 'id' | 'generation'>,
	planned: { readonly reading: string; readonly at: Date },
	now: Date,
): Promise<void> {
	const key = `mailing:${id}:${planned.reading}:${generation}`;
	await schedule(tx, { key, kind: RUN_JOB, params: { mailingId: id, reading: planned.reading, generation }, dueAt: planned.at }, now);
}

export const countNow = (deps: MailingDeps, plan: Plan): Promise<Count> =>
	deps.db.analyse<Plan, Count>({ module: COUNTER, name: 'countRecipients', params: plan });

/**
 * One run: who is in the segment at this moment gets a message, in batches that are each written whole with the place reached, so that a run
 * goes on after a crash where it was, and nobody is written to twice.
 */
export function runHandler(deps: MailingDeps): JobHandler {
	const { db, now } = deps;
	return async ({ params, progress }) => {
		const [mailingId, reading, generation] = [String(params['mailingId']), String(params['reading']), Number(params['generation'])];
		const row = await mailingById(db.read, mailingId);
		if (row?.state !== 'scheduled' || row.generation !== generation) return;
		const conditions = await conditionsOf(db.read, row.segmentId);
		if (!conditions) return hold(deps, row, 'no-segment');
		const plan = await planFor(deps, conditions);
		const { recipients } = await countNow(deps, plan);
		const isMany = isEverybody(conditions) || recipients > (await approvalOver(db.read));
		if (isMany && row.approvedAt === null) return hold(deps, row, 'grown');
		const run = await openRun(deps, row, reading);
		if (!run) return;
		await repost(deps, row, run);
		let { cursor } = run;
		if (run.state === 'posting') {
			for (;;) {
				const ids = await leadsAfter(db.read, plan, cursor);
				if (ids.length > 0 && !(await postBatch(deps, { row, run, reading, ids }))) return;
				cursor = ids.at(-1) ?? cursor;
				if (ids.length === 0) break;
				const [reached] = await db.read.select({ posted: mailingRun.posted }).from(mailingRun).where(eq(mailingRun.id, run.id));
				if (!(await progress(reached?.posted ?? 0, recipients))) return;
			}
		}
		await db.write((tx) => endPosting(tx, row, run.id, now()));
	};
}

/** Stops before anybody is written to, until somebody has looked. */
async function hold({ db, now, random }: MailingDeps, row: MailingRow, why: 'no-segment' | 'grown'): Promise<void> {
	await db.write(async (tx) => {
		const state = why === 'grown' ? 'approval' : 'paused';
		await tx
			.update(mailing)
			.set({ state, changedAt: now() })
			.where(and(eq(mailing.id, row.id), eq(mailing.state, 'scheduled')));
		await recordAudit(tx, { actor: 'system', origin: '', action: 'mailing.hold', subject: `mailing:${row.id}`, detail: { why } }, now(), random);
	});
}

/** The run of a reading, new or begun before; and of a recurring mailing the next one is put in. Null when it was stopped meanwhile. */
async function openRun({ db, now, timeZone }: MailingDeps, row: MailingRow, reading: string): Promise<RunRow | null> {
	const id = `${row.id}:${reading}`;
	return db.write(async (tx) => {
		const live = await mailingById(tx, row.id);
		if (live?.state !== 'scheduled') return null;
		const at = now();
		const fresh = { id, mailingId: row.id, plannedAt: at, startedAt: at, state: 'posting' as const, cursor: '', posted: 0, skipped: NO_SKIPS };
		await tx
			.insert(mailingRun)
			.values({ ...fresh, winner: row.winner, decideAt: null })
			.onConflictDoNothing();
		const next = live.rhythm === 'once' ? null : nextRun(whenOf(live), at, timeZone());
		if (next) await scheduleRun(tx, live, next, at);
		await tx
			.update(mailing)
			.set({ nextAt: next?.at ?? null })
			.where(eq(mailing.id, row.id));
		const [run] = await tx.select().from(mailingRun).where(eq(mailingRun.id, id));
		return run ?? null;
	});
}

export const whenOf = ({ rhythm, firstAt, isLocal }: MailingRow) => ({ rhythm: rhythm as 'once', firstAt, isLocal });

interface Batch {
	readonly row: MailingRow;
	readonly run: RunRow;
	readonly reading: string;
	readonly ids: readonly string[];
}

/** Returns false when the mailing was paused or stopped. */
async function postBatch(deps: MailingDeps, { row, run, reading, ids }: Batch): Promise<boolean> {
	const { db, now, messages } = deps;
	return db.write(async (tx) => {
		const live = await mailingById(tx, row.id);
		if (live?.state !== 'scheduled' || live.generation !== row.generation) return false;
		const [current] = await tx.select().from(mailingRun).where(eq(mailingRun.id, run.id));
		if (!current) return false;
		const skipped: Record<Skip, number> = { ...current.skipped };
		const recipients: { personId: string; timeZone: string; variant: Variant }[] = [];
		for (const one of await choosePeople(tx, ids, run.id)) {
			if ('skip' in one) skipped[one.skip]++;
			else recipients.push({ personId: one.personId, timeZone: one.timeZone, variant: variantOf(row, run, one.personId) });
		}
		const at = now();
		const rows = recipients.map(({ personId, variant }) => ({
			...{ runId: run.id, personId, mailingId: row.id, variant },
			messageKey: variant === '' ? '' : keyOf(run.id, personId, row.generation),
		}));
		if (rows.length > 0) await tx.insert(mailingRecipient).values(rows).onConflictDoNothing();
		const due = new Map(recipients.map(({ personId, timeZone }) => [personId, row.isLocal ? dueFor(reading, timeZone, at) : at]));
		const posted = rows.flatMap((one) => (one.variant === '' ? [] : [messageOf(row, one, due.get(one.personId) ?? at)]));
		await messages().postMany(tx, posted);
		await tx
			.update(mailingRun)
			.set({ cursor: ids.at(-1) ?? current.cursor, posted: current.posted + rows.length, skipped })
			.where(eq(mailingRun.id, run.id));
		return true;
	});
}

/** `''`: waits for the better variant. Without a trial all get the first. */
function variantOf({ id, trial, trialShare, winner }: MailingRow, run: Pick<RunRow, 'id'>, personId: string): Variant {
	if (trial === 'none') return 'a';
	if (winner !== '') return winner;
	const variants = [
		{ key: 'a', weight: 1 },
		{ key: 'b', weight: 1 },
	];
	const range = { from: 0, to: trialShare * 100 };
	return (assign({ salt: `mailing:${run.id}`, layerSalt: `mailing-share:${id}:${run.id}`, range, variants }, personId) ?? '') as Variant;
}

const keyOf = (runId: string, personId: string, generation: number): string =>
	`mailing:${runId}:${personId}${generation === 0 ? '' : `:${generation}`}`;

function messageOf(
	row: MailingRow,
	{
		runId,
		personId,
		variant,
		messageKey,
	}: { readonly runId: string; readonly personId: string; readonly variant: Variant; readonly messageKey: string },
	dueAt: Date,
): NewMessage {
	return {
		...{ key: messageKey, personId, class: 'mailing', channel: 'mail', origin: originOf(row.id), composer: MAILING_COMPOSER },
		params: { mailing: row.id, run: runId, variant },
		dueAt,
		latestAt: new Date(dueAt.getTime() + LATEST_MS),
		priority: PRIORITY,
	};
}

/** After a pause: what was taken back then goes out anew, and nothing that had gone. */
async function repost({ db, now, messages }: MailingDeps, row: MailingRow, run: RunRow): Promise<void> {
	for (;;) {
		const taken = await db.read
			.select({ personId: mailingRecipient.personId, variant: mailingRecipient.variant, timeZone: person.timeZone })
			.from(mailingRecipient)
			.innerJoin(message, eq(message.key, mailingRecipient.messageKey))
			.innerJoin(person, eq(person.id, mailingRecipient.personId))
			.where(and(eq(mailingRecipient.runId, run.id), eq(message.state, 'withdrawn')))
			.limit(200);
		if (taken.length === 0) return;
		const isOn = await db.write(async (tx) => {
			const live = await mailingById(tx, row.id);
			if (live?.state !== 'scheduled' || live.generation !== row.generation) return false;
			await giveMessages(tx, { row, runId: run.id, messages }, taken, now());
			return true;
		});
		if (!isOn) return;
	}
}

/** Gives recipients messages of their own, in place of what they had. */
export async function giveMessages(
	tx: Handle,
	{ row, runId, messages }: { readonly row: MailingRow; readonly runId: string; readonly messages: MailingDeps['messages'] },
	people: readonly { readonly personId: string; readonly variant: Variant; readonly timeZone: string }[],
	at: Date,
): Promise<void> {
	const posted = people.map(({ personId, variant, timeZone }) => {
		const reading = runId.slice(row.id.length + 1);
		const messageKey = keyOf(runId, personId, row.generation);
		return messageOf(row, { runId, personId, variant, messageKey }, row.isLocal ? dueFor(reading, timeZone, at) : at);
	});
	await messages().postMany(tx, posted);
	for (const { key, personId, params } of posted)
		await tx
			.update(mailingRecipient)
			.set({ messageKey: key, variant: params['variant'] as Variant })
			.where(and(eq(mailingRecipient.runId, runId), eq(mailingRecipient.personId, personId)));
}

/** A run whose people are all in: done, or waiting for its trial. */
async function endPosting(tx: Handle, row: MailingRow, runId: string, at: Date): Promise<void> {
	const live = await mailingById(tx, row.id);
	if (live?.state !== 'scheduled' || live.generation !== row.generation) return;
	const held = await tx.$count(mailingRecipient, and(eq(mailingRecipient.runId, runId), eq(mailingRecipient.variant, '')));
	if (held > 0) {
		const [run] = await tx.select().from(mailingRun).where(eq(mailingRun.id, runId));
		const decideAt = run?.decideAt ?? new Date(at.getTime() + row.trialHours * HOUR_MS);
		await tx.update(mailingRun).set({ state: 'trial', decideAt }).where(eq(mailingRun.id, runId));
		const key = `mailing-decide:${runId}:${row.generation}`;
		await schedule(tx, { key, kind: DECIDE_JOB, params: { runId, mailingId: row.id, generation: row.generation }, dueAt: decideAt }, at);
		return;
	}
	await finishRun(tx, row, runId, at);
}

async function finishRun(tx: Handle, row: MailingRow, runId: string, at: Date): Promise<void> {
	await tx.update(mailingRun).set({ state: 'done' }).where(eq(mailingRun.id, runId));
	if (row.rhythm === 'once') await tx.update(mailing).set({ state: 'done', nextAt: null, changedAt: at }).where(eq(mailing.id, row.id));
}

/** The end of a trial: those who waited get what did better, the first where that cannot be told. */
export function decideHandler(deps: MailingDeps): JobHandler {
	const { db, now, messages } = deps;
	return async ({ params }) => {
		const [runId, generation] = [String(params['runId']), Number(params['generation'])];
		const row = await mailingById(db.read, String(params['mailingId']));
		if (row?.state !== 'scheduled' || row.generation !== generation) return;
		const [run] = await db.read.select().from(mailingRun).where(eq(mailingRun.id, runId));
		if (run?.state !== 'trial') return;
		const winner = run.winner === '' ? await chooseWinner(db.read, runId) : run.winner;
		await db.write(async (tx) => void (await tx.update(mailingRun).set({ winner }).where(eq(mailingRun.id, runId))));
		for (;;) {
			const held = await db.read
				.select({ personId: mailingRecipient.personId, timeZone: person.timeZone })
				.from(mailingRecipient)
				.innerJoin(person, eq(person.id, mailingRecipient.personId))
				.where(and(eq(mailingRecipient.runId, runId), inArray(mailingRecipient.variant, [''])))
				.limit(200);
			if (held.length === 0) break;
			const isOn = await db.write(async (tx) => {
				const live = await mailingById(tx, row.id);
				if (live?.state !== 'scheduled' || live.generation !== row.generation) return false;
				await giveMessages(
					tx,
					{ row, runId, messages },
					held.map((one) => ({ ...one, variant: winner })),
					now(),
				);
				return true;
			});
			if (!isOn) return;
		}
		await db.write((tx) => finishRun(tx, row, runId, now()));
	};
}
