import { and, eq, inArray } from 'drizzle-orm';

import { MINUTE_MS, SECOND_MS } from '#kernel/clock.ts';
import type { Handle } from '#kernel/database.ts';

import type { Occurrence } from '../programme/occurrence.ts';
import { runOf, type Times } from '../programme/status.ts';
import { attendance, pollVote, registration, replayPass, surveyAnswer } from '../schema.ts';
import { type Achievements, NOTHING_DONE, sharePercent } from './eligibility.ts';

/** Persons of one statement. */
const PAGE = 500;

/** How long there was something to see, in seconds; 0 for a live one that never began. */
export function lengthOf(times: Times): number {
	const run = runOf(times);
	return run ? Math.max(0, Math.round((run.endsAt.getTime() - run.startsAt.getTime()) / SECOND_MS)) : 0;
}

/** What these persons did in an occurrence, by person; whoever did nothing is in it too. */
export async function achievementsOf(
	handle: Handle,
	occurrence: Pick<Occurrence, 'id'> & Times,
	personIds: readonly string[],
): Promise<ReadonlyMap<string, Achievements>> {
	const all = new Map(personIds.map((id) => [id, NOTHING_DONE]));
	for (let at = 0; at < personIds.length; at += PAGE) await readPage(handle, occurrence, personIds.slice(at, at + PAGE), all);
	return all;
}

async function readPage(
	handle: Handle,
	occurrence: Pick<Occurrence, 'id'> & Times,
	personIds: readonly string[],
	into: Map<string, Achievements>,
): Promise<void> {
	const add = (personId: string, more: (known: Achievements) => Partial<Achievements>): void => {
		const known = into.get(personId) ?? NOTHING_DONE;
		into.set(personId, { ...known, ...more(known) });
	};
	const { id, mode } = occurrence;
	const length = lengthOf(occurrence);
	const present = await handle
		.select()
		.from(attendance)
		.where(and(eq(attendance.occurrenceId, id), inArray(attendance.personId, [...personIds])));
	for (const { personId, seconds } of present) {
		const minutes = Math.floor((seconds * SECOND_MS) / MINUTE_MS);
		add(personId, () => (mode === 'on-demand' ? { replayMinutes: minutes } : { liveMinutes: minutes, sharePercent: sharePercent(seconds, length) }));
	}
	const replays = await handle
		.select({ personId: replayPass.personId, seconds: replayPass.uniqueSeconds })
		.from(replayPass)
		.where(and(eq(replayPass.occurrenceId, id), inArray(replayPass.personId, [...personIds])));
	for (const { personId, seconds } of replays) {
		const minutes = Math.floor((seconds * SECOND_MS) / MINUTE_MS);
		add(personId, (known) => ({ replayMinutes: Math.max(known.replayMinutes, minutes) }));
	}
	const votes = await handle
		.select({ personId: pollVote.personId, points: pollVote.points })
		.from(pollVote)
		.where(and(eq(pollVote.occurrenceId, id), inArray(pollVote.personId, [...personIds])));
	for (const { personId, points } of votes) add(personId, (known) => ({ polls: known.polls + 1, quizPoints: known.quizPoints + points }));
	const surveys = await handle
		.select({ personId: surveyAnswer.personId })
		.from(surveyAnswer)
		.where(and(eq(surveyAnswer.occurrenceId, id), inArray(surveyAnswer.personId, [...personIds])));
	for (const { personId } of surveys) add(personId, () => ({ hasSurvey: true }));
	const doors = await handle
		.select({ personId: registration.personId, joinedAt: registration.joinedAt })
		.from(registration)
		.where(and(eq(registration.occurrenceId, id), inArray(registration.personId, [...personIds])));
	for (const { personId, joinedAt } of doors) if (joinedAt) add(personId, () => ({ isCheckedIn: true }));
}
