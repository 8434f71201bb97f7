import { createHmac } from 'node:crypto';

import type { Random } from '#kernel/id.ts';

const PREFIX = 'whsec_';
const SECRET_BYTES = 32;

/** A new secret as receivers' libraries take it. */
export function newWebhookSecret(random: Random): string {
	return PREFIX + random(SECRET_BYTES).toString('base64');
}

/**
 * The headers of a signed message: one signature for each secret, so that a receiver may change over at leisure.
 *
 * Source: https://github.com/standard-webhooks/standard-webhooks/blob/main/spec/standard-webhooks.md
 */
export function signedHeaders(secrets: readonly string[], id: string, at: Date, body: string): Readonly<Record<string, string>> {
	const seconds = String(Math.floor(at.getTime() / 1_000));
	const signatures = secrets.map((secret) => {
		const key = Buffer.from(secret.slice(PREFIX.length), 'base64');
		return `v1,${createHmac('sha256', key).update(`${id}.${seconds}.${body}`).digest('base64')}`;
	});
	return { 'webhook-id': id, 'webhook-timestamp': seconds, 'webhook-signature': signatures.join(' ') };
}
