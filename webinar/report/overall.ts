import { and, asc, count, eq, gt, gte, inArray, isNull, lt, sum } from 'drizzle-orm';

import type { LocalisedText } from '#cms/content.ts';
import type { Handle } from '#kernel/database.ts';

import { attendance, interaction, lateQuestion, occurrence, registration, replayPass, surveyAnswer } from '../schema.ts';

/** Instants as epoch milliseconds; `end` is not part of it. */
export interface OverallParams {
	readonly start: number;
	readonly end: number;
}

/** What came of one session. */
export interface SessionFigures {
	readonly id: string;
	readonly title: LocalisedText;
	readonly startsAt: Date;
	readonly registered: number;
	/** With proved presence of a minute or more. */
	readonly attended: number;
	/** Of those who attended, in the mean; null without any. */
	readonly minutes: number | null;
	/** Watched the recording afterwards. */
	readonly replay: number;
	/** Questions in the room and after it. */
	readonly asked: number;
	readonly surveys: number;
}

const PRESENT_SECONDS = 60;

/** Sessions that began in a period and were not cancelled, the newest last; for a thread. */
export async function readOverall(handle: Handle, { start, end }: OverallParams): Promise<readonly SessionFigures[]> {
	const sessions = await handle
		.select({ id: occurrence.id, title: occurrence.title, startsAt: occurrence.startsAt })
		.from(occurrence)
		.where(and(gte(occurrence.startsAt, new Date(start)), lt(occurrence.startsAt, new Date(end)), isNull(occurrence.cancelledAt)))
		.orderBy(asc(occurrence.startsAt), asc(occurrence.id));
	const ids = sessions.map(({ id }) => id);
	const by = async (rows: PromiseLike<readonly { readonly id: string; readonly count: number }[]>) =>
		new Map((await rows).map((row) => [row.id, row.count]));
	const registered = await by(
		handle
			.select({ id: registration.occurrenceId, count: count() })
			.from(registration)
			.where(and(inArray(registration.occurrenceId, ids), eq(registration.state, 'registered')))
			.groupBy(registration.occurrenceId),
	);
	const present = await handle
		.select({ id: attendance.occurrenceId, count: count(), seconds: sum(attendance.seconds).mapWith(Number) })
		.from(attendance)
		.innerJoin(registration, and(eq(registration.occurrenceId, attendance.occurrenceId), eq(registration.personId, attendance.personId)))
		.where(and(inArray(attendance.occurrenceId, ids), gte(attendance.seconds, PRESENT_SECONDS), eq(registration.state, 'registered')))
		.groupBy(attendance.occurrenceId);
	const counted = async (table: typeof replayPass | typeof lateQuestion | typeof surveyAnswer, where?: Parameters<typeof and>[0]) =>
		by(
			handle
				.select({ id: table.occurrenceId, count: count() })
				.from(table)
				.where(and(inArray(table.occurrenceId, ids), where))
				.groupBy(table.occurrenceId),
		);
	const [replays, late, surveys] = [
		await counted(replayPass, gt(replayPass.uniqueSeconds, 0)),
		await counted(lateQuestion),
		await counted(surveyAnswer),
	];
	const questions = await by(
		handle
			.select({ id: interaction.occurrenceId, count: count() })
			.from(interaction)
			.where(and(inArray(interaction.occurrenceId, ids), eq(interaction.kind, 'question')))
			.groupBy(interaction.occurrenceId),
	);
	return sessions.map(({ id, title, startsAt }) => {
		const own = present.find((row) => row.id === id);
		return {
			...{ id, title, startsAt, registered: registered.get(id) ?? 0, attended: own?.count ?? 0 },
			minutes: own && own.count > 0 ? Math.round((own.seconds ?? 0) / own.count / 60) : null,
			...{ replay: replays.get(id) ?? 0, asked: (questions.get(id) ?? 0) + (late.get(id) ?? 0), surveys: surveys.get(id) ?? 0 },
		};
	});
}
