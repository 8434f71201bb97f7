import { SECOND_MS } from '#kernel/clock.ts';
import type { Handle } from '#kernel/database.ts';
import { enqueue, type OutboxHandler } from '#kernel/outbox.ts';

import type { WebinarsDeps } from '../deps.ts';

export const END_KIND = 'stage-end';
/** Browsers leave by themselves within ten seconds of the end; who is still there then is put out with the room. */
const LEAVE_MS = 15 * SECOND_MS;

/** Orders the room to be closed, some seconds after everybody heard of the end. */
export async function orderEnd(tx: Handle, occurrenceId: string, at: Date, { random }: Pick<WebinarsDeps, 'random'>): Promise<void> {
	await enqueue(
		tx,
		{ kind: END_KIND, key: `${END_KIND}:${occurrenceId}`, payload: { occurrenceId }, dueAt: new Date(at.getTime() + LEAVE_MS) },
		at,
		random,
	);
}

/** Closes the media room. By then its viewers have gone one by one, so that no burst of webhooks is lost. */
export function createEnd({ rooms }: Pick<WebinarsDeps, 'rooms'>): OutboxHandler {
	return async ({ payload }) => {
		if (rooms.isAvailable) await rooms.end(String(payload['occurrenceId']));
	};
}
