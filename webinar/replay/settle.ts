import { and, eq, isNotNull, isNull, lt, or } from 'drizzle-orm';

import { MINUTE_MS } from '#kernel/clock.ts';
import { stableId } from '#kernel/id.ts';

import { subjectOf, type WebinarsDeps } from '../deps.ts';
import { attendance, occurrence, replayPass, replayView } from '../schema.ts';
import { watchedOf } from './watch.ts';

/** Who has not been seen for so long has stopped watching. */
const IDLE_MS = 10 * MINUTE_MS;
const PAGE = 50;

/** Settles what was watched by those who have stopped: minutes as behaviour, restated when they come back. Returns how many. */
export function createSettleReplays({ db, now, gating }: Pick<WebinarsDeps, 'db' | 'now' | 'gating'>) {
	return async (): Promise<number> => {
		const at = now();
		const due = await db.read
			.select({ pass: replayPass, occurrence })
			.from(replayPass)
			.innerJoin(occurrence, eq(occurrence.id, replayPass.occurrenceId))
			.where(
				and(
					isNotNull(replayPass.lastWatchedAt),
					lt(replayPass.lastWatchedAt, new Date(at.getTime() - IDLE_MS)),
					or(isNull(replayPass.settledAt), lt(replayPass.settledAt, replayPass.lastWatchedAt)),
				),
			)
			.limit(PAGE);
		if (due.length === 0) return 0;
		await db.write(async (tx) => {
			for (const { pass, occurrence: one } of due) {
				const { id, personId, lastWatchedAt } = pass;
				const views = await tx.select().from(replayView).where(eq(replayView.passId, id));
				const watched = watchedOf(views);
				await tx
					.update(replayPass)
					.set({ ...watched, settledAt: at })
					.where(eq(replayPass.id, id));
				if (one.mode === 'on-demand') {
					const row = {
						...{ seconds: watched.watchedSeconds, firstJoinedAt: pass.firstPlayedAt, lastLeftAt: lastWatchedAt },
						...{ stays: views.length, devices: 1, settledAt: at },
					};
					await tx
						.insert(attendance)
						.values({ occurrenceId: one.id, personId, ...row })
						.onConflictDoUpdate({ target: [attendance.occurrenceId, attendance.personId], set: row });
				}
				const minutes = Math.min(1_440, Math.floor(watched.uniqueSeconds / 60));
				if (minutes < 1) continue;
				await gating.events.restate(tx, {
					id: stableId(`replayed:${one.id}:${personId}`),
					type: 'webinar.replay',
					at: lastWatchedAt ?? at,
					personId,
					visitorId: null,
					subject: subjectOf(one.webinarId),
					props: { occurrenceId: one.id, minutes },
				});
			}
		});
		return due.length;
	};
}
