import { and, asc, count, eq, inArray } from 'drizzle-orm';

import { recordAudit } from '#kernel/audit.ts';
import type { Now } from '#kernel/clock.ts';
import type { Database } from '#kernel/database.ts';
import { DomainError } from '#kernel/errors.ts';
import { newId, type Random } from '#kernel/id.ts';
import { type JobHandler, schedule } from '#kernel/job.ts';
import type { Keys } from '#kernel/keys.ts';

import { type LeadQuery, listedIds } from '../lead/list.ts';
import { cellIds } from '../funnel/create-funnel.ts';
import { narrowed } from '../lead/narrow.ts';
import type { Agent } from '../lifecycle/agent.ts';
import { ruleOf } from '../lifecycle/disposition.ts';
import { bulk, bulkLead } from '../schema.ts';
import type { TagsDeps } from '../tag/context.ts';
import { BULK_KINDS, type BulkAct, type BulkScope, type BulkState } from './act.ts';
import { applyTo, type ApplyParts, undoOf } from './apply.ts';

const BULK_JOB = 'leads.bulk';
/** So many are done before the answer; more become a job. */
const AT_ONCE = 50;
const MOST_CHOSEN = 1_000;
const COLLECTED = 1_000;
const A_BODY = 20;

export interface BulkView {
	readonly id: string;
	readonly act: BulkAct;
	readonly state: BulkState;
	readonly by: string;
	readonly createdAt: Date;
	readonly undoneBy: string | null;
	/** Leads by what became of them: see the table. */
	readonly counts: Readonly<Record<'waiting' | 'done' | 'skipped' | 'undone' | 'kept', number>>;
	readonly total: number;
}

/** One act on many leads, as a job when they are many. */
export interface BulkActs {
	readonly kinds: typeof BULK_KINDS;
	/** Codes of the reasons of a kind; empty where it asks none. */
	reasonsOf(kind: (typeof BULK_KINDS)[number]): readonly string[];
	/** Does it: at once for up to 50 leads, else as a job. Leads where it cannot be done are passed over. Returns its id. @throws DomainError invalid */
	order(act: { readonly kind: string; readonly value: string; readonly reason: string }, scope: BulkScope, agent: Agent): Promise<string>;
	get(id: string): Promise<BulkView | null>;
	/** Stops it where it is; what is done stays. @throws DomainError conflict (it is over) */
	cancel(id: string, agent: Agent): Promise<void>;
	/** Undoes exactly what it did, and nothing that changed since. @throws DomainError not-found, forbidden (somebody else's), conflict (not over, or undone) */
	undo(id: string, agent: Agent): Promise<void>;
	readonly jobs: Readonly<Record<string, JobHandler>>;
}

export interface BulkDeps extends TagsDeps {
	readonly db: Database;
	readonly keys: Keys;
	readonly now: Now;
	readonly random: Random;
	readonly parts: ApplyParts;
}

export function createBulk(deps: BulkDeps): BulkActs {
	const { db, now, random } = deps;
	const read = async (id: string) => (await db.read.select().from(bulk).where(eq(bulk.id, id)))[0];
	const setState = (id: string, state: BulkState, more: Partial<typeof bulk.$inferInsert> = {}) =>
		db.write(async (tx) => void (await tx.update(bulk).set({ state, ...more }).where(eq(bulk.id, id)))); // prettier-ignore

	/** Runs until it is over, cancelled or out of breath: `wait` is told how far it is and says whether to go on. */
	const run = async (id: string, agent: Agent, wait: (done: number, total: number) => Promise<boolean>): Promise<void> => {
		const row = await read(id);
		if (!row) return;
		if (row.state === 'collecting') await collect(deps, id, row.scope, agent);
		const isUndoing = row.state === 'undoing';
		const from = isUndoing ? 'done' : 'waiting';
		const total = await db.read.$count(bulkLead, eq(bulkLead.bulkId, id));
		for (;;) {
			if (!['running', 'undoing'].includes((await read(id))?.state ?? '')) return;
			const next = await db.read
				.select()
				.from(bulkLead)
				.where(and(eq(bulkLead.bulkId, id), eq(bulkLead.state, from)))
				.orderBy(asc(bulkLead.leadId))
				.limit(A_BODY);
			for (const { leadId, change } of next) {
				const set = isUndoing ? { state: await undoOf(deps.parts, leadId, change, agent) } : await applyTo(deps.parts, leadId, row.act, agent);
				await db.write(async (tx) => void (await tx.update(bulkLead).set(set).where(and(eq(bulkLead.bulkId, id), eq(bulkLead.leadId, leadId))))); // prettier-ignore
			}
			if (next.length < A_BODY) break;
			const left = await db.read.$count(bulkLead, and(eq(bulkLead.bulkId, id), eq(bulkLead.state, from)));
			if (!(await wait(total - left, total))) return;
		}
		await setState(id, isUndoing ? 'undone' : 'done', { settledAt: now() });
	};

	/** At once where they are few, else by a job. */
	const start = async (id: string, agent: Agent, size: number, step: 'do' | 'undo'): Promise<void> => {
		if (size <= AT_ONCE) return run(id, agent, () => Promise.resolve(true));
		const params = { id, agent: { ...agent } };
		await db.write((tx) => schedule(tx, { key: `${BULK_JOB}:${step}:${id}`, kind: BULK_JOB, params, dueAt: now() }, now()));
	};

	return Object.freeze<BulkActs>({
		kinds: BULK_KINDS,
		reasonsOf: (kind) => (kind === 'disqualified' ? (ruleOf(kind).reasons ?? []) : []),
		order: async (asked, scope, agent) => {
			const act = requireAct(asked);
			if (scope.kind === 'chosen' && (scope.ids.length === 0 || scope.ids.length > MOST_CHOSEN))
				throw wrong('leads', scope.ids.length === 0 ? 'required' : 'too-many');
			await deps.parts.check(act);
			const id = newId(now(), random);
			const kept = { id, act, scope, by: agent.actor, createdAt: now(), settledAt: null, undoneBy: null };
			await db.write(async (tx) => {
				await tx.insert(bulk).values({ ...kept, state: 'collecting' });
				const detail = { kind: act.kind, scope: scope.kind, ...(scope.kind === 'chosen' && { leads: scope.ids }) };
				await recordAudit(tx, { actor: agent.actor, action: 'leads.bulk', subject: `bulk:${id}`, origin: agent.origin, detail }, now(), random);
			});
			await start(id, agent, scope.kind === 'chosen' ? scope.ids.length : Number.MAX_SAFE_INTEGER, 'do');
			return id;
		},
		get: async (id) => {
			const row = await read(id);
			if (!row) return null;
			const counts = { waiting: 0, done: 0, skipped: 0, undone: 0, kept: 0 };
			const groups = await db.read
				.select({ state: bulkLead.state, size: count() })
				.from(bulkLead)
				.where(eq(bulkLead.bulkId, id))
				.groupBy(bulkLead.state);
			for (const { state, size } of groups) counts[state as keyof typeof counts] = size;
			const { act, by, createdAt, undoneBy } = row;
			return { id, act, by, createdAt, undoneBy, state: row.state as BulkState, counts, total: groups.reduce((sum, { size }) => sum + size, 0) };
		},
		cancel: async (id, { actor, origin }) => {
			await db.write(async (tx) => {
				const stopped = await tx
					.update(bulk)
					.set({ state: 'cancelled', settledAt: now() })
					.where(and(eq(bulk.id, id), inArray(bulk.state, ['collecting', 'running'])))
					.returning({ id: bulk.id });
				if (stopped.length === 0) throw new DomainError('conflict', 'It is over already.');
				await recordAudit(tx, { actor, action: 'leads.bulk-cancel', subject: `bulk:${id}`, origin, detail: {} }, now(), random);
			});
		},
		undo: async (id, agent) => {
			const row = await read(id);
			if (!row) throw new DomainError('not-found', 'There is no such act.');
			if (agent.ownOnly && row.by !== agent.actor) throw new DomainError('forbidden', 'Somebody else did this.');
			const size = await db.write(async (tx) => {
				const begun = await tx
					.update(bulk)
					.set({ state: 'undoing', undoneBy: agent.actor })
					.where(and(eq(bulk.id, id), inArray(bulk.state, ['done', 'cancelled'])))
					.returning({ id: bulk.id });
				if (begun.length === 0) throw new DomainError('conflict', 'It goes on, or was undone already.');
				await recordAudit(
					tx,
					{ actor: agent.actor, action: 'leads.bulk-undo', subject: `bulk:${id}`, origin: agent.origin, detail: {} },
					now(),
					random,
				);
				return tx.$count(bulkLead, and(eq(bulkLead.bulkId, id), eq(bulkLead.state, 'done')));
			});
			await start(id, agent, size, 'undo');
		},
		jobs: {
			[BULK_JOB]: async ({ params, progress }) => {
				await run(String(params['id']), params['agent'] as Agent, async (done, total) => {
					await new Promise((resolve) => setImmediate(resolve));
					return progress(done, total);
				});
			},
		},
	});
}

/** Notes which leads it is about before any is changed, so that changes do not move leads in or out. */
async function collect(deps: BulkDeps, id: string, scope: BulkScope, agent: Agent): Promise<void> {
	const { db, keys } = deps;
	const keep = (ids: readonly string[]) =>
		db.write(async (tx) => {
			if (ids.length === 0) return;
			const rows = [...new Set(ids)].map((leadId) => ({ bulkId: id, leadId, state: 'waiting', change: null }));
			await tx.insert(bulkLead).values(rows).onConflictDoNothing();
		});
	if (scope.kind === 'chosen') await keep(scope.ids);
	else {
		const query = revived(scope.query);
		const within = await narrowed(deps, query);
		const ofCell = query.funnel === undefined ? [] : await cellIds(deps, query.funnel, query, agent.seesPeople);
		for (let from = 0; from < ofCell.length; from += COLLECTED) await keep(ofCell.slice(from, from + COLLECTED));
		for (let after = ''; query.funnel === undefined;) {
			const ids = await listedIds(db.read, keys, query, agent.seesPeople, { after, limit: COLLECTED }, within);
			await keep(ids);
			const last = ids.at(-1);
			if (last === undefined || ids.length < COLLECTED) break;
			after = last;
			await new Promise((resolve) => setImmediate(resolve));
		}
	}
	// Who was looked for is not kept once they are found.
	const set = { state: 'running', ...(scope.kind === 'all' && { scope: { kind: 'all', query: {} } as const }) };
	await db.write(async (tx) => void (await tx.update(bulk).set(set).where(and(eq(bulk.id, id), eq(bulk.state, 'collecting'))))); // prettier-ignore
}

/** A query as it was before it lay in the database as JSON. */
function revived(query: Omit<LeadQuery, 'cursor' | 'limit'>): LeadQuery {
	const { activeSince, createdSince, overdueAt, ...rest } = query;
	const date = (value: Date | undefined) => (value === undefined ? undefined : new Date(value));
	return { ...rest, activeSince: date(activeSince), createdSince: date(createdSince), overdueAt: date(overdueAt) };
}

function requireAct({ kind: asked, value, reason }: { readonly kind: string; readonly value: string; readonly reason: string }): BulkAct {
	const kind = BULK_KINDS.find((one) => one === asked);
	if (!kind) throw wrong('kind', 'choice');
	if ((kind === 'tag' || kind === 'target-list') && value === '') throw wrong('value', 'required');
	const reasons = kind === 'disqualified' ? (ruleOf(kind).reasons ?? []) : [];
	if (reasons.length > 0 && !reasons.includes(reason)) throw wrong('reason', 'required');
	return { kind, value: kind === 'nurture' || kind === 'disqualified' ? '' : value, reason: reasons.length > 0 ? reason : '' };
}

const wrong = (field: string, code: string) => new DomainError('invalid', 'This cannot be done to many leads.', { fields: [{ field, code }] });
