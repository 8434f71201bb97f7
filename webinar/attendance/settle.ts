import { and, asc, eq, gt, isNull, lt, lte, ne, or } from 'drizzle-orm';

import { MINUTE_MS, SECOND_MS } from '#kernel/clock.ts';
import type { Handle } from '#kernel/database.ts';

import type { WebinarsDeps } from '../deps.ts';
import type { Occurrence } from '../programme/occurrence.ts';
import { attendance, occurrence, stay } from '../schema.ts';
import type { createSessions } from './sessions.ts';
import { createSettlePerson } from './settle-person.ts';

/** Beats and leave beacons on their way at the end are waited for. */
const AFTER_END_MS = 30 * SECOND_MS;
/** Who has not been seen for so long has stopped watching a recording. */
const IDLE_MS = 10 * MINUTE_MS;
/** People of one transaction. */
const PAGE = 50;
const AT_ONCE = 20;

/** Settles attendance: what ended, and recordings that were watched. Returns how many occurrences and viewers were settled. */
export function createSettle({
	db,
	now,
	gating,
	sessions,
}: Pick<WebinarsDeps, 'db' | 'now' | 'gating'> & { readonly sessions: Pick<ReturnType<typeof createSessions>, 'take'> }) {
	const settlePerson = createSettlePerson({ now, gating });

	const people = (handle: Handle, occurrenceId: string, after: string): Promise<{ personId: string }[]> =>
		handle
			.selectDistinct({ personId: stay.personId })
			.from(stay)
			.where(and(eq(stay.occurrenceId, occurrenceId), gt(stay.personId, after)))
			.orderBy(asc(stay.personId))
			.limit(PAGE);

	const settleOccurrence = async (one: Occurrence): Promise<void> => {
		const at = now();
		for (let after = ''; ;) {
			const page = await people(db.read, one.id, after);
			await db.write(async (tx) => {
				for (const { personId } of page) await settlePerson(tx, one, personId);
			});
			after = page.at(-1)?.personId ?? '';
			if (page.length < PAGE) break;
		}
		await db.write(async (tx) => {
			await tx.update(occurrence).set({ settledAt: at }).where(eq(occurrence.id, one.id));
		});
	};

	/** Viewers of recordings who have stopped and were seen after they were last settled. */
	const settleViewers = async (): Promise<number> => {
		const idle = await db.read
			.selectDistinct({ occurrence, personId: stay.personId })
			.from(stay)
			.innerJoin(occurrence, and(eq(occurrence.id, stay.occurrenceId), eq(occurrence.mode, 'on-demand')))
			.leftJoin(attendance, and(eq(attendance.occurrenceId, stay.occurrenceId), eq(attendance.personId, stay.personId)))
			.where(
				and(lt(stay.lastSeenAt, new Date(now().getTime() - IDLE_MS)), or(isNull(attendance.settledAt), lt(attendance.settledAt, stay.lastSeenAt))),
			)
			.limit(PAGE);
		if (idle.length === 0) return 0;
		await db.write(async (tx) => {
			for (const { occurrence: one, personId } of idle) await settlePerson(tx, one, personId);
		});
		return idle.length;
	};

	return async (): Promise<number> => {
		await sessions.take();
		const due = await db.read
			.select()
			.from(occurrence)
			.where(
				and(
					ne(occurrence.mode, 'on-demand'),
					isNull(occurrence.settledAt),
					isNull(occurrence.cancelledAt),
					lte(occurrence.closesAt, new Date(now().getTime() - AFTER_END_MS)),
				),
			)
			.limit(AT_ONCE);
		for (const one of due) await settleOccurrence(one);
		return due.length + (await settleViewers());
	};
}
