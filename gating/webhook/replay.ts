import { and, desc, eq, gte, inArray, lt } from 'drizzle-orm';

import { recordAudit } from '#kernel/audit.ts';
import { DomainError } from '#kernel/errors.ts';

import { readCursor, writeCursor } from '../lead/cursor.ts';
import { type Reader, whoOf } from '../lead/reader.ts';
import { webhookAttempt, webhookDelivery, webhookMessage } from '../schema.ts';
import { bodyOf } from './body.ts';
import { type EndpointDeps, requireEndpoint } from './endpoints.ts';
import { type DeliveryState, TEST_EVENT } from './message.ts';
import { putOut } from './announce.ts';
import { openAnswer } from './secrets.ts';

const PAGE = 50;
/** Deliveries sent again in one body. */
const AT_ONCE = 200;
/** States from which a delivery is sent again. */
const AGAIN: readonly DeliveryState[] = ['dead', 'missed', 'done'];

export interface DeliveryView {
	readonly id: string;
	readonly messageId: string;
	readonly type: string;
	readonly state: string;
	readonly attempts: number;
	readonly dueAt: Date;
	readonly lastStatus: number;
	readonly lastError: string;
	readonly createdAt: Date;
	readonly settledAt: Date | null;
}

export interface AttemptView {
	readonly at: Date;
	readonly tookMs: number;
	readonly status: number;
	readonly error: string;
	readonly answer: string;
}

/** A delivery with its tries, and the body as it would be sent now at level `thin`: names are nobody's to read here. */
export interface DeliveryDetail extends DeliveryView {
	readonly endpointId: string;
	readonly body: string;
	readonly tries: readonly AttemptView[];
}

/** Deliveries of an endpoint, newest first; `state` keeps one kind. @throws DomainError invalid for a foreign cursor */
export async function listDeliveries(
	{ db }: Pick<EndpointDeps, 'db'>,
	endpointId: string,
	{ state, cursor }: { readonly state?: DeliveryState | undefined; readonly cursor?: string | undefined },
): Promise<{ readonly items: readonly DeliveryView[]; readonly nextCursor: string | null }> {
	const list = `webhook:${endpointId}`;
	const after = cursor === undefined ? undefined : lt(webhookDelivery.id, readCursor(list, 'number', cursor).id);
	const rows = await views(db)
		.where(and(eq(webhookDelivery.endpointId, endpointId), state === undefined ? undefined : eq(webhookDelivery.state, state), after))
		.orderBy(desc(webhookDelivery.id))
		.limit(PAGE + 1);
	const items = rows.slice(0, PAGE);
	const last = items.at(-1);
	return { items, nextCursor: rows.length > PAGE && last ? writeCursor(list, { value: last.createdAt.getTime(), id: last.id }) : null };
}

/** One delivery; null when there is none. */
export async function oneDelivery({ db, keys }: EndpointDeps, id: string): Promise<DeliveryDetail | null> {
	const [view] = await views(db).where(eq(webhookDelivery.id, id));
	const [row] = await db.read.select().from(webhookDelivery).where(eq(webhookDelivery.id, id));
	const [message] = row ? await db.read.select().from(webhookMessage).where(eq(webhookMessage.id, row.messageId)) : [];
	if (!view || !row || !message) return null;
	const { dataKey } = await requireEndpoint(db.read, row.endpointId);
	const tries = await db.read.select().from(webhookAttempt).where(eq(webhookAttempt.deliveryId, id)).orderBy(desc(webhookAttempt.at)).limit(20);
	return {
		...view,
		endpointId: row.endpointId,
		body: await bodyOf(db.read, keys, message, 'thin'),
		tries: tries.map(({ at, tookMs, status, error, answer }) => ({ at, tookMs, status, error, answer: openAnswer(keys, dataKey, answer) })),
	};
}

/** Sends one delivery again, with all its attempts and under its old id. @throws DomainError not-found, conflict (it waits, or its person was erased) */
export async function replayOne({ db, now, random }: EndpointDeps, id: string, by: Reader): Promise<void> {
	await db.write(async (tx) => {
		const at = now();
		const [row] = await tx
			.select({ state: webhookDelivery.state, endpointId: webhookDelivery.endpointId })
			.from(webhookDelivery)
			.where(eq(webhookDelivery.id, id));
		if (!row) throw new DomainError('not-found', 'There is no such delivery.');
		if (!(AGAIN as readonly string[]).includes(row.state))
			throw new DomainError('conflict', 'It waits to be sent, or was taken back with its person.');
		await tx.update(webhookDelivery).set(afresh(at)).where(eq(webhookDelivery.id, id));
		const entry = { ...whoOf(by), action: 'webhook.replay', subject: `webhook:${row.endpointId}`, detail: { delivery: id } };
		await recordAudit(tx, entry, at, random);
	});
}

/** Sends everything again that failed or was missed since then. Returns how many. @throws DomainError not-found */
export async function replaySince({ db, now, random }: EndpointDeps, endpointId: string, since: Date, by: Reader): Promise<number> {
	const at = now();
	let sent = 0;
	for (let some = AT_ONCE; some === AT_ONCE; sent += some) {
		some = await db.write(async (tx) => {
			await requireEndpoint(tx, endpointId);
			const failed = tx
				.select({ id: webhookDelivery.id })
				.from(webhookDelivery)
				.where(
					and(eq(webhookDelivery.endpointId, endpointId), inArray(webhookDelivery.state, ['dead', 'missed']), gte(webhookDelivery.createdAt, since)),
				)
				.limit(AT_ONCE);
			const rows = await tx.update(webhookDelivery).set(afresh(at)).where(inArray(webhookDelivery.id, failed)).returning({ id: webhookDelivery.id });
			return rows.length;
		});
	}
	await db.write((tx) => {
		const detail = { since: since.toISOString(), count: sent };
		return recordAudit(tx, { ...whoOf(by), action: 'webhook.replay-since', subject: `webhook:${endpointId}`, detail }, at, random);
	});
	return sent;
}

/** Puts out a message that tells of nothing, for trying. @throws DomainError not-found, conflict (switched off) */
export async function sendTest({ db, now, random }: EndpointDeps, endpointId: string, by: Reader): Promise<void> {
	await db.write(async (tx) => {
		const at = now();
		const { state } = await requireEndpoint(tx, endpointId);
		if (state !== 'on') throw new DomainError('conflict', 'The endpoint is switched off.');
		await putOut(tx, { type: TEST_EVENT, data: { note: 'A test from Foyer.' } }, [{ id: endpointId, state }], at, random);
		await recordAudit(tx, { ...whoOf(by), action: 'webhook.test', subject: `webhook:${endpointId}`, detail: {} }, at, random);
	});
}

const afresh = (at: Date) => ({ state: 'waiting' as const, attempts: 0, dueAt: at, claimedUntil: new Date(0), settledAt: null });

function views({ read }: EndpointDeps['db']) {
	const { id, messageId, state, attempts, dueAt, lastStatus, lastError, createdAt, settledAt } = webhookDelivery;
	return read
		.select({ id, messageId, type: webhookMessage.type, state, attempts, dueAt, lastStatus, lastError, createdAt, settledAt })
		.from(webhookDelivery)
		.innerJoin(webhookMessage, eq(webhookMessage.id, messageId))
		.$dynamic();
}
