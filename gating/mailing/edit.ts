import { and, eq, inArray, ne } from 'drizzle-orm';

import { recordAudit } from '#kernel/audit.ts';
import type { Handle } from '#kernel/database.ts';
import { DomainError } from '#kernel/errors.ts';
import { newId } from '#kernel/id.ts';
import { schedule } from '#kernel/job.ts';

import { ensureTactic } from '../channel/source.ts';
import { type Reader, whoOf } from '../lead/reader.ts';
import { mailing, mailingRecipient, mailingRun, message } from '../schema.ts';
import { conditionsOf, isEverybody, mailingById, type MailingDeps, type MailingRow, originOf, planFor } from './deps.ts';
import { type MailingState, readMailing } from './mailing.ts';
import { countNow, DECIDE_JOB, scheduleRun, whenOf } from './run.ts';
import type { Count } from './recipients.ts';
import { approvalOver } from './rule.ts';
import { nextRun } from './when.ts';

/** The campaign that mailings are tactics of. */
const CAMPAIGN = 'Mailings';

export interface DryRun extends Count {
	readonly isEverybody: boolean;
	/** It takes a second person. */
	readonly needsApproval: boolean;
}

const field = (name: string, code: string, message: string) => new DomainError('invalid', message, { fields: [{ field: name, code }] });
const gone = () => new DomainError('not-found', 'There is no such mailing.');
const late = (message: string) => new DomainError('conflict', message);

async function note(
	{ now, random }: MailingDeps,
	tx: Handle,
	by: Reader,
	action: string,
	id: string,
	detail: Readonly<Record<string, unknown>> = {},
) {
	await recordAudit(tx, { ...whoOf(by), action: `mailing.${action}`, subject: `mailing:${id}`, detail }, now(), random);
}

/** Keeps a draft. What is under way is not changed. @throws DomainError invalid, not-found, conflict */
export async function saveMailing(deps: MailingDeps, id: string | null, given: unknown, by: Reader): Promise<string> {
	const { db, now, random, templates } = deps;
	const input = readMailing(given);
	for (const name of ['template', 'templateB'] as const) {
		if (name === 'templateB' && input.trial !== 'template') continue;
		const template = templates.byKey(input[name]);
		if (!template) throw field(name, 'template-gone', 'There is no such template.');
		if (template.faults.length > 0) throw field(name, 'template-faults', 'The template cannot be sent.');
	}
	if ((await conditionsOf(db.read, input.segmentId)) === null) throw field('segmentId', 'segment-gone', 'There is no such segment.');
	if (Number.isNaN(Date.parse(`${input.firstAt}:00Z`))) throw field('firstAt', 'format', 'This is no time.');
	return db.write(async (tx) => {
		const at = now();
		const mailingId = id ?? newId(at, random);
		const [taken] = await tx
			.select({ id: mailing.id })
			.from(mailing)
			.where(and(eq(mailing.name, input.name), ne(mailing.id, mailingId)));
		if (taken) throw field('name', 'taken', 'Another mailing has this name.');
		if (id === null) {
			const fresh = { state: 'draft' as const, nextAt: null, generation: 0, tacticId: null, winner: '' as const };
			const nobody = { submittedBy: '', submittedFor: 0, approvedBy: '', approvedAt: null };
			await tx.insert(mailing).values({ ...input, ...fresh, ...nobody, id: mailingId, createdBy: by.actor, createdAt: at, changedAt: at });
		} else {
			const changed = await tx
				.update(mailing)
				.set({ ...input, state: 'draft', approvedBy: '', approvedAt: null, submittedBy: '', changedAt: at })
				.where(and(eq(mailing.id, id), inArray(mailing.state, ['draft', 'approval'])))
				.returning({ id: mailing.id });
			if (changed.length === 0) throw (await mailingById(tx, id)) ? late('It is under way and is not changed any more.') : gone();
		}
		await note(deps, tx, by, 'save', mailingId);
		return mailingId;
	});
}

/** What it would come to now. @throws DomainError not-found, invalid (the segment is gone) */
export async function dryRun(deps: MailingDeps, id: string): Promise<DryRun> {
	const row = await mailingById(deps.db.read, id);
	if (!row) throw gone();
	const conditions = await conditionsOf(deps.db.read, row.segmentId);
	if (!conditions) throw field('segmentId', 'segment-gone', 'There is no such segment.');
	const count = await countNow(deps, await planFor(deps, conditions));
	const all = isEverybody(conditions);
	return { ...count, isEverybody: all, needsApproval: all || count.recipients > (await approvalOver(deps.db.read)) };
}

/**
 * Asks for it to be sent: at once in the plan, or after a second person's word. `typed` is the mailing's name, which everybody's takes.
 *
 * @throws DomainError not-found, conflict, invalid (nobody would get it, its time is over, the name was not typed, the template has faults)
 */
export async function submitMailing(deps: MailingDeps, id: string, typed: string, by: Reader): Promise<MailingState> {
	const row = await mailingById(deps.db.read, id);
	if (!row) throw gone();
	if (row.state !== 'draft') throw late('It was handed in before.');
	requireTemplates(deps, row);
	const dry = await dryRun(deps, id);
	if (dry.recipients === 0) throw field('segmentId', 'nobody', 'Nobody would get it.');
	if (dry.isEverybody && typed.trim() !== row.name) throw field('typed', 'typed', 'Type the name of the mailing.');
	requireTime(deps, row);
	return deps.db.write(async (tx) => {
		const state = dry.needsApproval ? 'approval' : 'scheduled';
		await move(tx, id, ['draft'], { state, submittedBy: by.actor, submittedFor: dry.recipients, changedAt: deps.now() });
		if (state === 'scheduled') await plan(deps, tx, id);
		await note(deps, tx, by, 'submit', id, { recipients: dry.recipients, state });
		return state;
	});
}

/** The second person's word. @throws DomainError not-found, conflict, forbidden (it is their own), invalid (its time is over) */
export async function approveMailing(deps: MailingDeps, id: string, by: Reader): Promise<void> {
	await deps.db.write(async (tx) => {
		const row = await mailingById(tx, id);
		if (!row) throw gone();
		if (row.state !== 'approval') throw late('It does not wait for approval.');
		if (row.submittedBy === by.actor || row.createdBy === by.actor) throw new DomainError('forbidden', 'Somebody else has to approve it.');
		requireTemplates(deps, row);
		requireTime(deps, row);
		await move(tx, id, ['approval'], { state: 'scheduled', approvedBy: by.actor, approvedAt: deps.now(), changedAt: deps.now() });
		await plan(deps, tx, id);
		await note(deps, tx, by, 'approve', id, { recipients: row.submittedFor });
	});
}

/** Back to its writer, or out of the plan before its first run. @throws DomainError conflict */
export async function withdrawMailing(deps: MailingDeps, id: string, by: Reader): Promise<void> {
	await deps.db.write(async (tx) => {
		const row = await mailingById(tx, id);
		const hasRun = (await tx.$count(mailingRun, eq(mailingRun.mailingId, id))) > 0;
		if (!row || hasRun) throw late('It has begun: stop it instead.');
		const generation = row.generation + 1;
		await move(tx, id, ['approval', 'scheduled'], {
			state: 'draft',
			nextAt: null,
			generation,
			approvedBy: '',
			approvedAt: null,
			changedAt: deps.now(),
		});
		await note(deps, tx, by, 'withdraw', id);
	});
}

/** Holds it where it is: what is queued is taken back until it goes on. @throws DomainError conflict */
export async function pauseMailing(deps: MailingDeps, id: string, by: Reader): Promise<number> {
	return deps.db.write(async (tx) => {
		await move(tx, id, ['scheduled', 'done'], { state: 'paused', nextAt: null, changedAt: deps.now() });
		const taken = await deps.messages().withdraw(tx, { origin: originOf(id) });
		await note(deps, tx, by, 'pause', id, { taken });
		return taken;
	});
}

/** Goes on: those whose message was taken back get it, each once. @throws DomainError conflict */
export async function resumeMailing(deps: MailingDeps, id: string, by: Reader): Promise<void> {
	const { db, now } = deps;
	await db.write(async (tx) => {
		const at = now();
		const row = await mailingById(tx, id);
		if (!row) throw gone();
		const generation = row.generation + 1;
		await move(tx, id, ['paused'], { state: 'scheduled', generation, changedAt: at });
		const taken = await takenBack(tx, id);
		const runs = await tx.select().from(mailingRun).where(eq(mailingRun.mailingId, id));
		const open = runs.filter((run) => run.state !== 'done' || taken.has(run.id));
		for (const run of open) {
			const reading = run.id.slice(id.length + 1);
			await scheduleRun(tx, { id, generation }, { reading, at }, at);
			const params = { runId: run.id, mailingId: id, generation };
			if (run.state === 'trial' && run.decideAt)
				await schedule(tx, { key: `mailing-decide:${run.id}:${generation}`, kind: DECIDE_JOB, params, dueAt: later(run.decideAt, at) }, at);
		}
		if (open.length === 0) await plan(deps, tx, id, runs.length === 0);
		await note(deps, tx, by, 'resume', id);
	});
}

/** Ends it for good, and takes back all that has not gone. Returns how many messages. @throws DomainError conflict */
export async function stopMailing(deps: MailingDeps, id: string, by: Reader): Promise<number> {
	return deps.db.write(async (tx) => {
		await move(tx, id, ['approval', 'scheduled', 'paused', 'done'], { state: 'stopped', nextAt: null, changedAt: deps.now() });
		const taken = await deps.messages().withdraw(tx, { origin: originOf(id) });
		await note(deps, tx, by, 'stop', id, { taken });
		return taken;
	});
}

/** From the next run on everybody gets this variant; '' tries both again. @throws DomainError not-found */
export async function keepWinner(deps: MailingDeps, id: string, winner: '' | 'a' | 'b', by: Reader): Promise<void> {
	await deps.db.write(async (tx) => {
		const changed = await tx.update(mailing).set({ winner, changedAt: deps.now() }).where(eq(mailing.id, id)).returning({ id: mailing.id });
		if (changed.length === 0) throw gone();
		await note(deps, tx, by, 'winner', id, { winner });
	});
}

/** Runs of which messages were taken back. */
async function takenBack(tx: Handle, id: string): Promise<ReadonlySet<string>> {
	const rows = await tx
		.selectDistinct({ runId: mailingRecipient.runId })
		.from(mailingRecipient)
		.innerJoin(message, eq(message.key, mailingRecipient.messageKey))
		.where(and(eq(mailingRecipient.mailingId, id), eq(message.state, 'withdrawn')));
	return new Set(rows.map(({ runId }) => runId));
}

const later = (a: Date, b: Date): Date => (a > b ? a : b);

async function move(tx: Handle, id: string, from: readonly MailingState[], values: Partial<typeof mailing.$inferInsert>): Promise<void> {
	const moved = await tx
		.update(mailing)
		.set(values)
		.where(and(eq(mailing.id, id), inArray(mailing.state, [...from])))
		.returning({ id: mailing.id });
	if (moved.length === 0) throw (await mailingById(tx, id)) ? late('It stands elsewhere meanwhile.') : gone();
}

function requireTemplates({ templates }: MailingDeps, row: MailingRow): void {
	for (const key of row.trial === 'template' ? [row.template, row.templateB] : [row.template]) {
		const template = templates.byKey(key);
		if (!template || template.faults.length > 0)
			throw field('template', template ? 'template-faults' : 'template-gone', 'The template cannot be sent.');
	}
}

function requireTime({ now, timeZone }: MailingDeps, row: MailingRow): void {
	if (!nextRun(whenOf(row), now(), timeZone())) throw field('firstAt', 'past', 'The time is over.');
}

/** Puts its next run in. `isAnyTime`: a single one whose time went by meanwhile goes now. */
async function plan({ now, timeZone, random }: MailingDeps, tx: Handle, id: string, isAnyTime = false): Promise<void> {
	const row = await mailingById(tx, id);
	if (!row) throw gone();
	const next = nextRun(whenOf(row), now(), timeZone()) ?? (isAnyTime ? { reading: row.firstAt, at: now() } : null);
	if (!next) throw field('firstAt', 'past', 'The time is over.');
	const tacticId = row.tacticId ?? (await ensureTactic(tx, { campaign: CAMPAIGN, tactic: row.name }, now(), random));
	await tx.update(mailing).set({ nextAt: next.at, tacticId }).where(eq(mailing.id, id));
	await scheduleRun(tx, row, next, now());
}
