import type { Keys } from '#kernel/keys.ts';

import type { webhookEndpoint } from '../schema.ts';

const SECRET = 'webhook_endpoint.secret';
const ANSWER = 'webhook_attempt.answer';

type Endpoint = typeof webhookEndpoint.$inferSelect;

/** The secrets that sign at `now`, the newest first. */
export function secretsOf(keys: Keys, { dataKey, secret, oldSecret, oldUntil }: Endpoint, now: Date): string[] {
	const all = oldSecret !== null && oldUntil !== null && oldUntil > now ? [secret, oldSecret] : [secret];
	return all.map((sealed) => keys.unseal(dataKey, SECRET, sealed));
}

export const sealSecret = (keys: Keys, dataKey: string, secret: string): Buffer => keys.seal(dataKey, SECRET, secret);
export const sealAnswer = (keys: Keys, dataKey: string, answer: string): Buffer | null => (answer === '' ? null : keys.seal(dataKey, ANSWER, answer));
export const openAnswer = (keys: Keys, dataKey: string, sealed: Buffer | null): string =>
	sealed === null ? '' : keys.unseal(dataKey, ANSWER, sealed);
