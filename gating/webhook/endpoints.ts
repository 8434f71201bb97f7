import { count, desc, eq } from 'drizzle-orm';

import { recordAudit } from '#kernel/audit.ts';
import { DAY_MS, type Now } from '#kernel/clock.ts';
import type { Database, Handle } from '#kernel/database.ts';
import { DomainError, type FieldError } from '#kernel/errors.ts';
import { newId, type Random } from '#kernel/id.ts';
import type { Keys } from '#kernel/keys.ts';

import { type Reader, whoOf } from '../lead/reader.ts';
import { webhookAttempt, webhookDelivery, webhookEndpoint } from '../schema.ts';
import { type AddressRules, wrongUrl } from './address.ts';
import { isWebhookEvent, isWebhookLevel } from './message.ts';
import { sealSecret, secretsOf } from './secrets.ts';
import { newWebhookSecret } from './sign.ts';

const MOST_ENDPOINTS = 50;
const LONGEST_NAME = 80;
/** How long both secrets sign after a rotation. */
const BOTH_SIGN_MS = DAY_MS;

export interface EndpointInput {
	readonly url: string;
	readonly name: string;
	readonly events: readonly string[];
	readonly level: string;
}

export interface EndpointDeps {
	readonly db: Database;
	readonly keys: Keys;
	readonly now: Now;
	readonly random: Random;
	readonly rules: AddressRules;
}

type Row = typeof webhookEndpoint.$inferSelect;

/** An endpoint as staff sees it: never with its secret. */
export interface EndpointView extends Omit<Row, 'dataKey' | 'secret' | 'oldSecret'> {
	/** Deliveries by state. */
	readonly counts: Readonly<Record<string, number>>;
}

/** @throws DomainError invalid with each field that cannot be used */
function refuseWrong({ url, name, events, level }: EndpointInput, rules: AddressRules): void {
	const fields: FieldError[] = [];
	const code = wrongUrl(url.trim(), rules);
	if (name.trim() === '') fields.push({ field: 'name', code: 'required' });
	else if (name.length > LONGEST_NAME || /\p{C}/u.test(name) || !name.isWellFormed()) fields.push({ field: 'name', code: 'characters' });
	if (code !== null) fields.push({ field: 'url', code });
	if (events.length === 0) fields.push({ field: 'events', code: 'required' });
	else if (!events.every(isWebhookEvent)) fields.push({ field: 'events', code: 'choice' });
	if (!isWebhookLevel(level)) fields.push({ field: 'level', code: 'choice' });
	if (fields.length > 0) throw new DomainError('invalid', 'The endpoint cannot be kept like this.', { fields });
}

const keptOf = ({ url, name, events, level }: EndpointInput) => ({ url: url.trim(), name: name.trim(), events: [...new Set(events)], level });

/** Makes an endpoint, switched on. Returns its id and secret, which nobody can see again. @throws DomainError invalid, conflict (too many) */
export async function createEndpoint({ db, keys, now, random, rules }: EndpointDeps, input: EndpointInput, by: Reader) {
	refuseWrong(input, rules);
	const at = now();
	const id = newId(at, random);
	const secret = newWebhookSecret(random);
	await db.write(async (tx) => {
		if ((await tx.$count(webhookEndpoint)) >= MOST_ENDPOINTS)
			throw new DomainError('conflict', 'There are fifty endpoints already: remove one first.');
		const dataKey = keys.newDataKey();
		const sealed = { dataKey, secret: sealSecret(keys, dataKey, secret), oldSecret: null, oldUntil: null };
		await tx.insert(webhookEndpoint).values({ id, ...keptOf(input), ...sealed, state: 'on', failingSince: null, createdAt: at, createdBy: by.actor });
		await note(tx, by, 'webhook.create', id, detailOf(input), at, random);
	});
	return { id, secret };
}

/** @throws DomainError invalid, not-found */
export async function changeEndpoint({ db, now, random, rules }: EndpointDeps, id: string, input: EndpointInput, by: Reader): Promise<void> {
	refuseWrong(input, rules);
	await db.write(async (tx) => {
		await requireEndpoint(tx, id);
		await tx.update(webhookEndpoint).set(keptOf(input)).where(eq(webhookEndpoint.id, id));
		await note(tx, by, 'webhook.change', id, detailOf(input), now(), random);
	});
}

/** Makes a new secret. The old one signs beside it for a day, so that the receiver can change over. Returns the new one. @throws DomainError not-found */
export async function rotateSecret({ db, keys, now, random }: EndpointDeps, id: string, by: Reader): Promise<string> {
	const secret = newWebhookSecret(random);
	await db.write(async (tx) => {
		const at = now();
		const row = await requireEndpoint(tx, id);
		const [current = ''] = secretsOf(keys, row, at);
		const values = { secret: sealSecret(keys, row.dataKey, secret), oldSecret: sealSecret(keys, row.dataKey, current) };
		await tx
			.update(webhookEndpoint)
			.set({ ...values, oldUntil: new Date(at.getTime() + BOTH_SIGN_MS) })
			.where(eq(webhookEndpoint.id, id));
		await note(tx, by, 'webhook.rotate', id, {}, at, random);
	});
	return secret;
}

/** Switches an endpoint on or off. On: what waits goes at once, and it counts as sound until it fails again. @throws DomainError not-found */
export async function switchEndpoint({ db, now, random }: EndpointDeps, id: string, state: 'on' | 'off', by: Reader): Promise<void> {
	await db.write(async (tx) => {
		const at = now();
		await requireEndpoint(tx, id);
		await tx.update(webhookEndpoint).set({ state, failingSince: null }).where(eq(webhookEndpoint.id, id));
		await note(tx, by, `webhook.${state}`, id, {}, at, random);
	});
}

/** Removes an endpoint with all its deliveries. @throws DomainError not-found */
export async function removeEndpoint({ db, now, random }: EndpointDeps, id: string, by: Reader): Promise<void> {
	await db.write(async (tx) => {
		const { name } = await requireEndpoint(tx, id);
		await tx.delete(webhookAttempt).where(eq(webhookAttempt.endpointId, id));
		await tx.delete(webhookDelivery).where(eq(webhookDelivery.endpointId, id));
		await tx.delete(webhookEndpoint).where(eq(webhookEndpoint.id, id));
		await note(tx, by, 'webhook.remove', id, { name }, now(), random);
	});
}

/** Every endpoint, newest first. */
export async function listEndpoints({ db }: Pick<EndpointDeps, 'db'>): Promise<EndpointView[]> {
	const rows = await db.read.select().from(webhookEndpoint).orderBy(desc(webhookEndpoint.createdAt), desc(webhookEndpoint.id));
	const { endpointId, state } = webhookDelivery;
	const counted = await db.read.select({ endpointId, state, n: count() }).from(webhookDelivery).groupBy(endpointId, state);
	return rows.map(({ dataKey: _dataKey, secret: _secret, oldSecret: _oldSecret, ...row }) => ({
		...row,
		counts: Object.fromEntries(counted.filter((one) => one.endpointId === row.id).map((one) => [one.state, one.n])),
	}));
}

/** @throws DomainError not-found */
export async function requireEndpoint(handle: Handle, id: string): Promise<Row> {
	const [row] = await handle.select().from(webhookEndpoint).where(eq(webhookEndpoint.id, id));
	if (!row) throw new DomainError('not-found', 'There is no such endpoint.');
	return row;
}

const detailOf = ({ url, events, level }: EndpointInput) => ({ host: new URL(url.trim()).host, events, level });

async function note(
	tx: Handle,
	by: Reader,
	action: string,
	id: string,
	detail: Readonly<Record<string, unknown>>,
	at: Date,
	random: Random,
): Promise<void> {
	await recordAudit(tx, { ...whoOf(by), action, subject: `webhook:${id}`, detail }, at, random);
}
