import { and, asc, eq, isNotNull } from 'drizzle-orm';

import type { Handle } from '#kernel/database.ts';

import { turnoutOf } from '../attendance/turnout.ts';
import { subjectOf, type WebinarsDeps } from '../deps.ts';
import type { Occurrence } from '../programme/occurrence.ts';
import { runOf } from '../programme/status.ts';
import { attendance, interaction, invitation, lateQuestion, pollVote, registration, replayPass, stay, surveyAnswer } from '../schema.ts';
import { type Attendee, BUYING_SIGNALS } from './count.ts';

/** Everybody who ever registered for an occurrence, with what they did in it, in the order of registering; then who was invited and did not. */
export async function readAttendees(handle: Handle, gating: WebinarsDeps['gating'], occurrence: Occurrence): Promise<readonly Attendee[]> {
	const { id, mode } = occurrence;
	const rows = await handle
		.select({ registration, attendance })
		.from(registration)
		.leftJoin(attendance, and(eq(attendance.occurrenceId, registration.occurrenceId), eq(attendance.personId, registration.personId)))
		.where(eq(registration.occurrenceId, id))
		.orderBy(asc(registration.registeredAt), asc(registration.id));
	const stays = grouped(await handle.select().from(stay).where(eq(stay.occurrenceId, id)));
	const votes = grouped(
		await handle.select({ personId: pollVote.personId, points: pollVote.points }).from(pollVote).where(eq(pollVote.occurrenceId, id)),
	);
	const said = grouped(
		(
			await handle
				.select({ personId: interaction.personId, kind: interaction.kind })
				.from(interaction)
				.where(and(eq(interaction.occurrenceId, id), isNotNull(interaction.personId)))
		).map(({ personId, kind }) => ({ personId: personId ?? '', kind })),
	);
	const late = grouped(await handle.select({ personId: lateQuestion.personId }).from(lateQuestion).where(eq(lateQuestion.occurrenceId, id)));
	const surveys = new Map((await handle.select().from(surveyAnswer).where(eq(surveyAnswer.occurrenceId, id))).map((row) => [row.personId, row]));
	const replays = new Map(
		(await handle.select().from(replayPass).where(eq(replayPass.occurrenceId, id))).map((row) => [row.personId, row.uniqueSeconds]),
	);
	const subject = subjectOf(occurrence.webinarId);
	const signals = grouped(await gating.events.ofSession({ subject, occurrenceId: id, types: BUYING_SIGNALS }));
	const grades = await gating.leads.grades(rows.map((row) => row.registration.personId));
	const run = runOf(occurrence);
	const sent = and(eq(invitation.occurrenceId, id), isNotNull(invitation.sentAt));
	const invited = new Set((await handle.select({ personId: invitation.personId }).from(invitation).where(sent)).map(({ personId }) => personId));
	const known = new Set(rows.map((row) => row.registration.personId));
	const unanswered = [...invited].filter((personId) => !known.has(personId)).map(onlyInvited);
	const registrants = rows.map(({ registration: { id: registrationId, ...seat }, attendance: present }): Attendee => {
		const { personId, importId } = seat;
		const seconds = present?.seconds ?? 0;
		const own = stays.get(personId) ?? [];
		const spoken = said.get(personId) ?? [];
		const isReplay = mode === 'on-demand';
		return {
			...{ personId, registrationId, state: seat.state, channel: seat.channel, attendedVia: seat.attendedVia },
			registeredAt: seat.registeredAt,
			liveSeconds: isReplay ? 0 : seconds,
			replaySeconds: Math.max(replays.get(personId) ?? 0, isReplay ? seconds : 0),
			firstJoinedAt: present?.firstJoinedAt ?? null,
			lastLeftAt: present?.lastLeftAt ?? null,
			turnout: isReplay ? (seconds >= 60 ? 'stayed' : 'no-show') : run ? turnoutOf(present, run) : 'no-show',
			stays: own.map(({ startedAt, lastSeenAt, endedAt }) => ({ startsAt: startedAt, endsAt: endedAt ?? lastSeenAt })),
			chats: spoken.filter(({ kind }) => kind === 'chat').length,
			questions: spoken.filter(({ kind }) => kind === 'question').length + (late.get(personId)?.length ?? 0),
			polls: votes.get(personId)?.length ?? 0,
			quizPoints: (votes.get(personId) ?? []).reduce((sum, { points }) => sum + points, 0),
			signals: (signals.get(personId) ?? []).map(({ type }) => type),
			isInvited: invited.has(personId),
			isImported: importId !== null || own.some(({ source }) => source === 'import'),
			hasSurvey: surveys.has(personId),
			surveyScore: surveys.get(personId)?.score ?? null,
			grade: grades.get(personId) ?? '',
		};
	});
	return [...registrants, ...unanswered];
}

/** Somebody whose invitation went out and who has not registered. */
const onlyInvited = (personId: string): Attendee => ({
	...{ personId, registrationId: '', state: 'invited', channel: '', attendedVia: '', registeredAt: null, isInvited: true, isImported: false },
	...{ liveSeconds: 0, replaySeconds: 0, firstJoinedAt: null, lastLeftAt: null, turnout: 'no-show', stays: [], chats: 0, questions: 0, polls: 0 },
	...{ quizPoints: 0, signals: [], hasSurvey: false, surveyScore: null, grade: '' },
});

function grouped<T extends { readonly personId: string }>(rows: readonly T[]): ReadonlyMap<string, readonly T[]> {
	const groups = new Map<string, T[]>();
	for (const row of rows) {
		const known = groups.get(row.personId);
		if (known) known.push(row);
		else groups.set(row.personId, [row]);
	}
	return groups;
}
