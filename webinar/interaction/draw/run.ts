import { and, asc, eq, isNotNull } from 'drizzle-orm';

import { SECOND_MS } from '#kernel/clock.ts';
import type { Handle } from '#kernel/database.ts';
import { newId, newSecret, stableId } from '#kernel/id.ts';

import { judgeEligibility } from '../../aftermath/eligibility.ts';
import type { Occurrence } from '../../programme/occurrence.ts';
import type { RoomDeps } from '../here.ts';
import type { DrawNews } from '../kinds.ts';
import { append, roomLock } from '../log.ts';
import { draw, drawEntry } from '../schema.ts';
import { achievedIn } from './achieved.ts';
import type { DrawPlan, DrawState, Winner } from './draw.ts';
import { commitmentOf, winnersOf } from './fair.ts';

export type Draw = typeof draw.$inferSelect;
type Deps = Pick<RoomDeps, 'keys' | 'now' | 'random'>;

const SEED_BYTES = 32;
/** A draw that runs by itself is committed so long before. */
const COMMITTED_BEFORE_MS = 10 * SECOND_MS;
/** Entries of one statement. */
const BATCH = 200;

export function drawsOf(handle: Handle, occurrenceId: string): Promise<Draw[]> {
	return handle.select().from(draw).where(eq(draw.occurrenceId, occurrenceId)).orderBy(asc(draw.createdAt), asc(draw.id));
}

export async function drawById(handle: Handle, id: string): Promise<Draw | null> {
	const [row] = await handle.select().from(draw).where(eq(draw.id, id));
	return row ?? null;
}

/** Every entry of a draw in rising order. */
export async function entriesOf(handle: Handle, drawId: string): Promise<string[]> {
	const rows = await handle.select({ entry: drawEntry.entry }).from(drawEntry).where(eq(drawEntry.drawId, drawId));
	return rows.map(({ entry }) => entry).sort();
}

export async function winnersKept(handle: Handle, drawId: string): Promise<Winner[]> {
	const rows = await handle
		.select({ entry: drawEntry.entry, prize: drawEntry.prize })
		.from(drawEntry)
		.where(and(eq(drawEntry.drawId, drawId), isNotNull(drawEntry.prize)));
	return rows.map(({ entry, prize }) => ({ entry, prize: prize ?? 0 })).sort((a, b) => a.prize - b.prize || (a.entry < b.entry ? -1 : 1));
}

/** The name of a person in a draw, which says nothing of them to anybody else. */
const entryName = ({ keys }: Pick<Deps, 'keys'>, drawId: string, personId: string): string =>
	Buffer.from(keys.mac('draw-entry', `${drawId}:${personId}`), 'base64url')
		.subarray(0, 8)
		.toString('hex');

/** Announces a draw with its rule and prizes. Inside a body that holds the room's lock; null when there is one by this key. */
export async function announceDraw(
	tx: Handle,
	{ random }: Pick<Deps, 'random'>,
	occurrenceId: string,
	plan: DrawPlan,
	at: Date,
): Promise<string | null> {
	const [known] = await tx
		.select({ id: draw.id })
		.from(draw)
		.where(and(eq(draw.occurrenceId, occurrenceId), eq(draw.key, plan.key)));
	if (known) return null;
	const id = newSecret(random);
	const row: Draw = {
		...{ id, occurrenceId, ...plan, state: 'planned' as const, commitment: '', createdAt: at, committedAt: null, drawnAt: null },
		seed: random(SEED_BYTES).toString('hex'),
	};
	await tx.insert(draw).values(row);
	await tell(tx, stableId(`moment:${occurrenceId}:${plan.key}`), row, { entries: 0, winners: [] }, at);
	return id;
}

/** `conflict`: it is not in the state that this follows on. */
export type Turn = DrawState | 'unknown' | 'conflict';

/**
 * Fixes who takes part: everybody who meets the rule by now. The hash of the seed and of them is published, and neither can be changed from
 * here on. With nobody eligible the draw is void. Inside a body that holds the room's lock.
 */
export async function commitDraw(tx: Handle, deps: Deps, occurrence: Occurrence, drawId: string): Promise<Turn> {
	const row = await drawById(tx, drawId);
	if (row?.occurrenceId !== occurrence.id) return 'unknown';
	if (row.state !== 'planned') return 'conflict';
	const at = deps.now();
	const achieved = await achievedIn(tx, occurrence, at);
	const persons = [...achieved].filter(([, done]) => judgeEligibility(row.rule, done).isEligible).map(([personId]) => personId);
	const named = persons.map((personId) => ({ personId, entry: entryName(deps, drawId, personId) }));
	for (let from = 0; from < named.length; from += BATCH) {
		const part = named.slice(from, from + BATCH);
		await tx.insert(drawEntry).values(part.map((one) => ({ drawId, ...one, prize: null, claimedAt: null, sealed: null, consentHash: '' })));
	}
	const entries = named.map(({ entry }) => entry);
	const state = entries.length > 0 ? 'committed' : 'void';
	const changed = { state, commitment: commitmentOf(row.seed, entries), committedAt: at } as const;
	await tx.update(draw).set(changed).where(eq(draw.id, drawId));
	await tell(tx, newId(at, deps.random), { ...row, ...changed }, { entries: entries.length, winners: [] }, at);
	return state;
}

/** Draws: the seed is revealed, and the winners follow from it. Inside a body that holds the room's lock. */
export async function runDraw(tx: Handle, deps: Deps, occurrenceId: string, drawId: string): Promise<Turn> {
	const row = await drawById(tx, drawId);
	if (row?.occurrenceId !== occurrenceId) return 'unknown';
	if (row.state !== 'committed') return 'conflict';
	const at = deps.now();
	const entries = await entriesOf(tx, drawId);
	const winners = winnersOf(row.seed, entries, row.prizes);
	for (const { entry, prize } of winners) {
		await tx
			.update(drawEntry)
			.set({ prize })
			.where(and(eq(drawEntry.drawId, drawId), eq(drawEntry.entry, entry)));
	}
	const changed = { state: 'drawn', drawnAt: at } as const;
	await tx.update(draw).set(changed).where(eq(draw.id, drawId));
	await tell(tx, newId(at, deps.random), { ...row, ...changed }, { entries: entries.length, winners }, at);
	return 'drawn';
}

async function tell(
	tx: Handle,
	lineId: string,
	{ id, occurrenceId, title, rule, prizes, state, commitment }: Draw,
	now: Pick<DrawNews, 'entries' | 'winners'>,
	at: Date,
): Promise<void> {
	const data: DrawNews = { draw: id, title, rule, prizes, state, commitment, ...now };
	await append(tx, { id: lineId, occurrenceId, kind: 'draw', subject: id, data, at });
}

/** Draws that are drawn by themselves: first what is fixed is published, and a while later the seed. */
export async function runDraws(deps: Deps & Pick<RoomDeps, 'db'>, occurrence: Occurrence): Promise<void> {
	const { db, now } = deps;
	for (const { id, state, dueAt } of await drawsOf(db.read, occurrence.id)) {
		if (dueAt === null || (state !== 'planned' && state !== 'committed')) continue;
		const isDue = (): boolean => now().getTime() >= dueAt.getTime() - (state === 'planned' ? COMMITTED_BEFORE_MS : 0);
		if (!isDue()) continue;
		const body = (tx: Handle) => (state === 'planned' ? commitDraw(tx, deps, occurrence, id) : runDraw(tx, deps, occurrence.id, id));
		await db.write(body, { locks: roomLock(occurrence.id) });
	}
}
