import { and, asc, eq, lte, ne } from 'drizzle-orm';

import { MINUTE_MS } from '#kernel/clock.ts';
import type { Handle } from '#kernel/database.ts';
import { isDomainError } from '#kernel/errors.ts';
import type { Log } from '#kernel/log.ts';

import { domainOf } from '../cleaning/mail.ts';
import { type LivingPerson, openProfile } from '../identity/person.ts';
import { message } from '../schema.ts';
import { mayGo, type MessageRow } from './may-go.ts';
import type { DeliverDeps } from './deliver.ts';
import type { Composers, OutgoingMessage } from './message.ts';
import type { PostDeps } from './post.ts';
import { dayOf, nextSlot, warmUpAllowance } from './rate.ts';
import { CLAIM_MS, decide, type Decision, rateOf, setRate } from './settle.ts';
import { liveSettings, type MessageSettings } from './settings.ts';

/** Messages that are judged in one body and then handed over side by side: so many at most may go twice when the process is killed. */
export const LANES = 20;
/** A place among the mails to a domain is kept so long. */
const SLOT_MS = 2 * MINUTE_MS;
/** Minutes before the tries after the first; after the last one it has failed. */
const BACK_OFF_MINUTES = [1, 5, 15, 60, 240, 720];

/** Sends one message that was judged. Returns why there was nothing to send. */
export type Send = (outgoing: OutgoingMessage) => Promise<void | { readonly dropped: string }>;

export interface QueueDeps extends PostDeps, Pick<DeliverDeps, 'db' | 'keys'> {
	readonly log: Log;
	/** The company's IANA zone. */
	readonly timeZone: () => string;
	readonly composers: () => Composers;
	readonly send: Send;
}

/** Judges and sends what is due, `most` at most. Returns how many were judged. */
export async function runQueue(deps: QueueDeps, most: number): Promise<number> {
	const { body: settings } = await liveSettings(deps.db.read);
	let judged = 0;
	while (judged < most) {
		const { taken, seen } = await take(deps, settings, Math.min(LANES, most - judged));
		const decided = await Promise.all(taken.map(async (row) => ({ id: row.id, decision: await handOver(deps, row) })));
		// One commit for all of them: none of them may be taken up again before it, killed or not.
		if (decided.length > 0)
			await deps.db.write(async (tx) => {
				for (const { id, decision } of decided) await decide(tx, deps, { id, state: 'sending' }, decision);
			});
		judged += seen;
		if (seen === 0) break;
	}
	return judged;
}

/** Judges what is due in one body, alone among all workers, so that no cap is ever passed. Returns what is to be sent now. */
function take(deps: QueueDeps, settings: MessageSettings, most: number): Promise<{ readonly taken: MessageRow[]; readonly seen: number }> {
	return deps.db.write(
		async (tx) => {
			const rows = await due(tx, deps.now(), most);
			const taken: MessageRow[] = [];
			for (const row of rows) if (await judgeOne(tx, deps, settings, row)) taken.push(row);
			return { taken, seen: rows.length };
		},
		{ locks: 'messages' },
	);
}

/** What is due, longest first; then what a worker that died had in hand. */
async function due(tx: Handle, now: Date, most: number): Promise<MessageRow[]> {
	const own = ne(message.composer, '');
	const rows: MessageRow[] = [];
	for (const state of ['deferred', 'waiting'] as const) {
		const open = and(eq(message.state, state), lte(message.dueAt, now), own);
		rows.push(
			...(await tx
				.select()
				.from(message)
				.where(open)
				.orderBy(asc(message.dueAt))
				.limit(most - rows.length)),
		);
		if (rows.length === most) return rows;
	}
	const dead = and(eq(message.state, 'sending'), lte(message.claimedUntil, now), own);
	return [
		...rows,
		...(await tx
			.select()
			.from(message)
			.where(dead)
			.limit(most - rows.length)),
	];
}

async function judgeOne(tx: Handle, deps: QueueDeps, settings: MessageSettings, row: MessageRow): Promise<boolean> {
	const now = deps.now();
	const zone = deps.timeZone();
	const isResumed = row.state === 'sending';
	const permission = await mayGo(tx, row, { settings, now, zone });
	if (permission.verdict === 'drop') {
		// Who took it up before may have sent it: nobody knows.
		await decide(tx, deps, row, isResumed ? { state: 'failed', reason: 'unknown' } : { state: 'dropped', reason: permission.reason });
		return false;
	}
	if (permission.verdict === 'defer') {
		await decide(tx, deps, row, { state: 'deferred', reason: permission.reason, until: permission.until });
		return false;
	}
	const held = await heldByRate(tx, deps, settings, row, permission.person);
	const decision: Decision = held ?? {
		state: 'sending',
		reason: isResumed ? 'resumed' : 'allowed',
		claimedUntil: new Date(now.getTime() + CLAIM_MS),
	};
	if (decision.until !== undefined && row.latestAt !== null && decision.until > row.latestAt) {
		await decide(tx, deps, row, { state: 'dropped', reason: decision.reason });
		return false;
	}
	return (await decide(tx, deps, row, decision)) && held === null;
}

/** What holds up a mail to many beside its person: the rate of the receiving domain, and a sender that is not known yet. */
async function heldByRate(
	tx: Handle,
	{ keys, now, timeZone }: QueueDeps,
	{ sending }: MessageSettings,
	row: MessageRow,
	to: LivingPerson,
): Promise<Decision | null> {
	if (row.channel !== 'mail' || row.class === 'transactional' || row.class === 'reminder') return null;
	const at = now();
	const { day, next } = dayOf(at, timeZone());
	const allowed = warmUpAllowance(day, sending);
	const went = allowed === null ? 0 : await rateOf(tx, `day:${day}`);
	if (allowed !== null && went >= allowed) return { state: 'deferred', reason: 'warm-up', until: next };
	const email = openProfile(keys, to).email ?? '';
	const waited = row.reservedAt === null ? -1 : at.getTime() - row.reservedAt.getTime();
	if (waited < 0 || waited > SLOT_MS) {
		const key = `domain:${domainOf(email)}`;
		const slot = nextSlot(await rateOf(tx, key), at, sending);
		await setRate(tx, key, slot.free);
		if (slot.at > at) return { state: 'deferred', reason: 'domain-rate', until: slot.at, reservedAt: slot.at };
	}
	if (allowed !== null) await setRate(tx, `day:${day}`, went + 1);
	return null;
}

/** Sends one, and says what became of it. */
async function handOver({ send, log, now }: QueueDeps, row: MessageRow): Promise<Decision> {
	try {
		const outcome = await send(row);
		return outcome ? { state: 'dropped', reason: outcome.dropped } : { state: 'sent', reason: 'sent' };
	} catch (error) {
		log.warn({ err: error, message: row.id, attempts: row.attempts + 1 }, 'a message could not be handed over');
		return afterFailure(row, error, now());
	}
}

/** Refused for good, or tried again later while it is of use. */
function afterFailure({ attempts, latestAt }: MessageRow, error: unknown, now: Date): Decision {
	if (isDomainError(error) && error.code === 'invalid') return { state: 'failed', reason: 'refused' };
	const wait = BACK_OFF_MINUTES[attempts];
	if (wait === undefined) return { state: 'failed', reason: 'no-answer' };
	const until = new Date(now.getTime() + wait * MINUTE_MS);
	return latestAt !== null && until > latestAt ? { state: 'failed', reason: 'no-answer' } : { state: 'deferred', reason: 'server-busy', until };
}
