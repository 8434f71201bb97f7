import { and, asc, eq, inArray, isNull, lt, lte, sql } from 'drizzle-orm';

import { recordAudit } from '#kernel/audit.ts';
import { MINUTE_MS, type Now } from '#kernel/clock.ts';
import type { Database, Handle } from '#kernel/database.ts';
import { newId, type Random } from '#kernel/id.ts';
import type { Keys } from '#kernel/keys.ts';
import type { Log } from '#kernel/log.ts';

import { webhookAttempt, webhookDelivery, webhookEndpoint, webhookMessage } from '../schema.ts';
import { bodyOf } from './body.ts';
import type { EndpointState } from './message.ts';
import { orderNotice } from './notice.ts';
import { isGivenUp, type Verdict, verdictOf } from './retry.ts';
import { sealAnswer, secretsOf } from './secrets.ts';
import { type SendDeps, send, type Sent } from './send.ts';
import { signedHeaders } from './sign.ts';

/** Deliveries to one endpoint at the same time. Order is therefore best effort: receivers go by the message's timestamp. */
const LANES = 4;
/** Longer than an attempt can take. */
const CLAIM_MS = 2 * MINUTE_MS;

export interface DeliverDeps extends SendDeps {
	readonly db: Database;
	readonly keys: Keys;
	readonly now: Now;
	readonly random: Random;
	readonly log: Log;
}

type Endpoint = typeof webhookEndpoint.$inferSelect;
type Delivery = typeof webhookDelivery.$inferSelect;

/** Sends what is due, each endpoint in lanes of its own, so that one that hangs holds up nobody but itself. */
export function createDeliveries(deps: DeliverDeps) {
	const { db, now, log } = deps;
	const lanes = new Map<string, Set<Promise<void>>>();
	const stopping = new AbortController();

	const lane = async (endpointId: string): Promise<void> => {
		while (!stopping.signal.aborted) {
			const claimed = await claim(deps, endpointId);
			if (!claimed) return;
			await attempt(deps, claimed, stopping.signal);
		}
	};

	const begin = (endpointId: string, due: number): void => {
		const running = lanes.get(endpointId) ?? new Set();
		lanes.set(endpointId, running);
		for (let free = Math.min(due, LANES - running.size); free > 0; free--) {
			const one = lane(endpointId)
				.catch((error: unknown) => log.error({ err: error, endpoint: endpointId }, 'a webhook could not be worked on'))
				.finally(() => running.delete(one));
			running.add(one);
		}
	};

	return Object.freeze({
		/** Begins what is due and waits for none of it. */
		async runDue(): Promise<void> {
			const endpoints = await db.read.select({ id: webhookEndpoint.id }).from(webhookEndpoint).where(eq(webhookEndpoint.state, 'on'));
			for (const { id } of endpoints) {
				const due = await db.read.select({ id: webhookDelivery.id }).from(webhookDelivery).where(dueFor(id, now())).limit(LANES);
				begin(id, due.length);
			}
		},
		/** Resolves when nothing is in hand. */
		async settled(): Promise<void> {
			for (let all = [...lanes.values()].flatMap((some) => [...some]); all.length > 0; all = [...lanes.values()].flatMap((some) => [...some]))
				await Promise.all(all);
		},
		/** Breaks off what is in hand; it is tried again when its claim ends. */
		async stop(): Promise<void> {
			stopping.abort();
			await this.settled();
		},
	});
}

const dueFor = (endpointId: string, at: Date) =>
	and(
		eq(webhookDelivery.endpointId, endpointId),
		eq(webhookDelivery.state, 'waiting'),
		lte(webhookDelivery.dueAt, at),
		lt(webhookDelivery.claimedUntil, at),
	);

/** The delivery of this endpoint that has been due longest, for this worker alone; null when there is none or the endpoint is off. */
function claim({ db, now }: DeliverDeps, endpointId: string): Promise<{ readonly endpoint: Endpoint; readonly delivery: Delivery } | null> {
	return db.write(
		async (tx) => {
			const at = now();
			const [endpoint] = await tx
				.select()
				.from(webhookEndpoint)
				.where(and(eq(webhookEndpoint.id, endpointId), eq(webhookEndpoint.state, 'on')));
			if (!endpoint) return null;
			const next = tx
				.select({ id: webhookDelivery.id })
				.from(webhookDelivery)
				.where(dueFor(endpointId, at))
				.orderBy(asc(webhookDelivery.dueAt))
				.limit(1);
			const [delivery] = await tx
				.update(webhookDelivery)
				.set({ claimedUntil: new Date(at.getTime() + CLAIM_MS), attempts: sql`${webhookDelivery.attempts} + 1` })
				.where(and(dueFor(endpointId, at), inArray(webhookDelivery.id, next)))
				.returning();
			return delivery ? { endpoint, delivery } : null;
		},
		{ locks: `webhook:${endpointId}` },
	);
}

async function attempt(
	deps: DeliverDeps,
	{ endpoint, delivery }: { readonly endpoint: Endpoint; readonly delivery: Delivery },
	signal: AbortSignal,
): Promise<void> {
	const { db, keys, now, random } = deps;
	const [message] = await db.read.select().from(webhookMessage).where(eq(webhookMessage.id, delivery.messageId));
	if (!message) return;
	const body = await bodyOf(db.read, keys, message, endpoint.level);
	const at = now();
	const headers = signedHeaders(secretsOf(keys, endpoint, at), message.id, at, body);
	const startedMs = performance.now();
	const sent = await send(deps, { url: endpoint.url, headers, body, signal });
	if (signal.aborted) return;
	const verdict = verdictOf(sent, delivery.attempts, (random(1)[0] ?? 0) / 255);
	await db.write((tx) => settle(tx, deps, { endpoint, delivery, sent, verdict, at, tookMs: Math.round(performance.now() - startedMs) }));
}

interface Settling {
	readonly endpoint: Endpoint;
	readonly delivery: Delivery;
	readonly sent: Sent;
	readonly verdict: Verdict;
	readonly at: Date;
	readonly tookMs: number;
}

async function settle(tx: Handle, { keys, now, random }: DeliverDeps, { endpoint, delivery, sent, verdict, at, tookMs }: Settling): Promise<void> {
	const done = now();
	const error = verdict.next === 'done' ? '' : verdict.error;
	await tx.insert(webhookAttempt).values({
		...{ id: newId(at, random), deliveryId: delivery.id, endpointId: endpoint.id, at, tookMs, status: sent.status, error },
		answer: sealAnswer(keys, endpoint.dataKey, sent.answer),
	});
	const over =
		verdict.next === 'retry'
			? { dueAt: new Date(done.getTime() + verdict.waitMs) }
			: { settledAt: done, state: verdict.next === 'done' ? 'done' : 'dead' };
	await tx
		.update(webhookDelivery)
		.set({ ...over, claimedUntil: new Date(0), lastStatus: sent.status, lastError: error })
		// Whoever was erased meanwhile has taken it back.
		.where(and(eq(webhookDelivery.id, delivery.id), eq(webhookDelivery.state, 'waiting')));
	if (verdict.next === 'done') {
		if (endpoint.failingSince !== null) await tx.update(webhookEndpoint).set({ failingSince: null }).where(eq(webhookEndpoint.id, endpoint.id));
		return;
	}
	await tx
		.update(webhookEndpoint)
		.set({ failingSince: at })
		.where(and(eq(webhookEndpoint.id, endpoint.id), isNull(webhookEndpoint.failingSince)));
	if (verdict.next === 'gone') await switchOff(tx, endpoint, 'gone', done, random);
	const [row] = await tx.select({ since: webhookEndpoint.failingSince }).from(webhookEndpoint).where(eq(webhookEndpoint.id, endpoint.id));
	if (verdict.next === 'dead' && isGivenUp(row?.since ?? null, done)) await switchOff(tx, endpoint, 'failing', done, random);
}

/** Sends nothing more to an endpoint until somebody has looked, and tells the company by mail. What waits goes on waiting. */
async function switchOff(
	tx: Handle,
	{ id, url }: Endpoint,
	state: Extract<EndpointState, 'failing' | 'gone'>,
	at: Date,
	random: Random,
): Promise<void> {
	const off = await tx
		.update(webhookEndpoint)
		.set({ state })
		.where(and(eq(webhookEndpoint.id, id), eq(webhookEndpoint.state, 'on')))
		.returning({ id: webhookEndpoint.id });
	if (off.length === 0) return;
	await recordAudit(
		tx,
		{ actor: 'system', action: `webhook.${state}`, subject: `webhook:${id}`, origin: '', detail: { host: new URL(url).host } },
		at,
		random,
	);
	await orderNotice(tx, id, state, at, random);
}
