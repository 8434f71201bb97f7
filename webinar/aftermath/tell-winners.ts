import { and, eq, gt, isNotNull, isNull, ne } from 'drizzle-orm';

import { DAY_MS } from '#kernel/clock.ts';
import { enqueue } from '#kernel/outbox.ts';

import type { WebinarsDeps } from '../deps.ts';
import { draw, drawEntry } from '../schema.ts';
import { AFTER_MAIL, type AfterOrder } from './after-mail.ts';

/** Nobody is told of a draw that was longer ago, such as after a hub was down for long. */
const STILL_NEWS_MS = 7 * DAY_MS;

/** Orders the mail to everybody who won and has not claimed their prize, once each. Called every minute. Returns how many. */
export function createTellWinners({ db, now, random }: Pick<WebinarsDeps, 'db' | 'now' | 'random'>) {
	return async (): Promise<number> => {
		const at = now();
		const winners = await db.read
			.select({ drawId: drawEntry.drawId, entry: drawEntry.entry, personId: drawEntry.personId })
			.from(drawEntry)
			.innerJoin(draw, eq(draw.id, drawEntry.drawId))
			.where(
				and(
					eq(draw.state, 'drawn'),
					gt(draw.drawnAt, new Date(at.getTime() - STILL_NEWS_MS)),
					isNotNull(drawEntry.prize),
					isNull(drawEntry.claimedAt),
					ne(drawEntry.personId, ''),
				),
			);
		if (winners.length === 0) return 0;
		return db.write(async (tx) => {
			let told = 0;
			for (const { drawId, entry, personId } of winners) {
				const payload: AfterOrder = { template: 'prize', drawId, entry };
				if (await enqueue(tx, { kind: AFTER_MAIL, key: `prize:${drawId}:${entry}`, payload: { ...payload }, personId, dueAt: at }, at, random))
					told++;
			}
			return told;
		});
	};
}
