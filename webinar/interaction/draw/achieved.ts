import { and, eq } from 'drizzle-orm';

import { MINUTE_MS, SECOND_MS } from '#kernel/clock.ts';
import type { Handle } from '#kernel/database.ts';

import { type Achievements, NOTHING_DONE, sharePercent } from '../../aftermath/eligibility.ts';
import { attendedSeconds } from '../../attendance/fold.ts';
import type { Occurrence } from '../../programme/occurrence.ts';
import { registration, stay, surveyAnswer } from '../../schema.ts';
import { pollVote } from '../schema.ts';

/**
 * What everybody with a seat has done by `at` in a session that may still be running: presence is proved up to this moment, and points of a
 * quiz count at once. Persons who did nothing are there too.
 */
export async function achievedIn(handle: Handle, occurrence: Occurrence, at: Date): Promise<ReadonlyMap<string, Achievements>> {
	const seats = await handle
		.select({ personId: registration.personId })
		.from(registration)
		.where(and(eq(registration.occurrenceId, occurrence.id), eq(registration.state, 'registered')));
	const stays = groupedBy(await handle.select().from(stay).where(eq(stay.occurrenceId, occurrence.id)));
	const votes = groupedBy(
		await handle.select({ personId: pollVote.personId, points: pollVote.points }).from(pollVote).where(eq(pollVote.occurrenceId, occurrence.id)),
	);
	const surveyed = new Set(
		(await handle.select({ personId: surveyAnswer.personId }).from(surveyAnswer).where(eq(surveyAnswer.occurrenceId, occurrence.id))).map(
			({ personId }) => personId,
		),
	);
	const span = { startsAt: occurrence.startsAt, endsAt: at < occurrence.endsAt ? at : occurrence.endsAt };
	const length = (occurrence.endsAt.getTime() - occurrence.startsAt.getTime()) / SECOND_MS;
	return new Map(
		seats.map(({ personId }) => {
			const seconds = attendedSeconds(stays.get(personId) ?? [], span);
			const given = votes.get(personId) ?? [];
			const done: Achievements = {
				...NOTHING_DONE,
				liveMinutes: Math.floor((seconds * SECOND_MS) / MINUTE_MS),
				sharePercent: sharePercent(seconds, length),
				polls: given.length,
				quizPoints: given.reduce((sum, { points }) => sum + points, 0),
				hasSurvey: surveyed.has(personId),
			};
			return [personId, done] as const;
		}),
	);
}

function groupedBy<T extends { readonly personId: string }>(rows: readonly T[]): Map<string, T[]> {
	const groups = new Map<string, T[]>();
	for (const row of rows) groups.set(row.personId, [...(groups.get(row.personId) ?? []), row]);
	return groups;
}
