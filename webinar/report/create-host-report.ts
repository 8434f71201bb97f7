import { asc, eq } from 'drizzle-orm';

import type { LocalisedText } from '#cms/content.ts';
import type { Handle } from '#kernel/database.ts';

import type { WebinarsDeps } from '../deps.ts';
import type { Answers, KeptPoll } from '../interaction/answers.ts';
import { type Occurrence, occurrenceById, occurrencesOf } from '../programme/occurrence.ts';
import { runOf } from '../programme/status.ts';
import { followUp, interaction, lateQuestion } from '../schema.ts';
import { readAttendees } from './attendees.ts';
import { type Attendee, BUYING_SIGNALS, type CurvePoint, curveOf, listOf, netScore, peakOf, percentOf } from './count.ts';

/** A number of the report, and by which name {@link listOf} gives its people. */
export interface Figure {
	readonly list: string;
	readonly count: number;
}

export interface ChannelFigures {
	readonly channel: string;
	readonly invited: Figure;
	readonly registered: Figure;
	readonly attended: Figure;
	/** In percent; null where nobody registered. */
	readonly showRate: number | null;
}

export interface HostReport {
	readonly occurrence: Pick<Occurrence, 'id' | 'webinarId' | 'slug' | 'title' | 'mode' | 'startsAt' | 'closesAt' | 'timeZone' | 'settledAt'>;
	/** Minutes of what was shown; 0 where nothing was. */
	readonly lengthMinutes: number;
	readonly figures: Readonly<Record<FigureName, Figure>>;
	readonly showRate: number | null;
	/** Of those who attended, in whole minutes; null of nobody. */
	readonly averageMinutes: number | null;
	readonly channels: readonly ChannelFigures[];
	readonly via: readonly { readonly channel: string; readonly attended: Figure }[];
	readonly peak: CurvePoint | null;
	readonly curve: readonly CurvePoint[];
	/** What was said and done in each five minutes. */
	readonly timeline: readonly { readonly minute: number; readonly counts: Readonly<Record<string, number>> }[];
	readonly polls: readonly KeptPoll[];
	readonly questions: { readonly live: number; readonly answered: number; readonly late: number; readonly lateOpen: number };
	readonly signals: readonly { readonly signal: string; readonly figure: Figure }[];
	readonly survey: { readonly figure: Figure; readonly net: number | null; readonly scores: readonly number[] };
	readonly grades: readonly { readonly grade: string; readonly figure: Figure }[];
	readonly followUps: { readonly planned: number; readonly sent: number };
}

const FIGURES = [
	'invited',
	'imported',
	'registered',
	'waiting',
	'cancelled',
	'attended',
	'no-show',
	'left-early',
	'stayed',
	'replay',
	'chatted',
	'asked',
	'voted',
] as const;
export type FigureName = (typeof FIGURES)[number];

/** One start among those of its webinar. */
export interface ProgrammeRow {
	readonly id: string;
	readonly startsAt: Date;
	readonly registered: number;
	readonly attended: number;
	readonly showRate: number | null;
	readonly averageMinutes: number | null;
	readonly peak: number;
	readonly surveyed: number;
	readonly signals: number;
}

export interface HostReports {
	/** Null when there is no such occurrence. */
	of(occurrenceId: string): Promise<HostReport | null>;
	/** The people behind a number of it, by the name of the number. */
	people(occurrenceId: string, list: string): Promise<readonly Attendee[]>;
	/** Every start of the webinar that this is one of, the newest first. */
	programme(occurrenceId: string): Promise<{ readonly title: LocalisedText; readonly rows: readonly ProgrammeRow[] } | null>;
}

const SLICE_MINUTES = 5;
const SPOKEN = ['chat', 'question', 'poll', 'call', 'resource', 'hand', 'draw'] as const;

/** What came of a session, for its host. */
export function createHostReport(
	{ db, gating }: Pick<WebinarsDeps, 'db' | 'gating'>,
	answers: Pick<Answers, 'pollResults' | 'questionsOf'>,
): HostReports {
	const figure = (attendees: readonly Attendee[], list: string): Figure => ({ list, count: listOf(attendees, list).length });
	const attendeesOf = (one: Occurrence): Promise<readonly Attendee[]> => readAttendees(db.read, gating, one);

	return Object.freeze<HostReports>({
		of: async (occurrenceId) => {
			const occurrence = await occurrenceById(db.read, occurrenceId);
			if (!occurrence) return null;
			const attendees = await attendeesOf(occurrence);
			const run = occurrence.mode === 'on-demand' ? null : runOf(occurrence);
			const curve = curveOf(attendees, run);
			const attended = listOf(attendees, 'attended');
			const registered = listOf(attendees, 'registered');
			const distinct = (values: readonly string[]): string[] => [...new Set(values)].sort();
			const surveyed = listOf(attendees, 'surveyed');
			const scores = surveyed.flatMap(({ surveyScore }) => (surveyScore === null ? [] : [surveyScore]));
			const kept = await answers.questionsOf(occurrenceId);
			const late = await db.read.select({ at: lateQuestion.answeredAt }).from(lateQuestion).where(eq(lateQuestion.occurrenceId, occurrenceId));
			const mails = await db.read.select({ sentAt: followUp.sentAt }).from(followUp).where(eq(followUp.occurrenceId, occurrenceId));
			return {
				occurrence,
				lengthMinutes: run ? Math.round((run.endsAt.getTime() - run.startsAt.getTime()) / 60_000) : 0,
				figures: Object.fromEntries(FIGURES.map((name) => [name, figure(attendees, name)])) as Record<FigureName, Figure>,
				showRate: percentOf(attended.length, registered.length),
				averageMinutes: averageOf(attended),
				channels: distinct([...registered.map(({ channel }) => channel), ...(listOf(attendees, 'invited').length > 0 ? ['mail'] : [])]).map(
					(channel) => {
						const all = figure(attendees, `channel:${channel}`);
						const came = figure(attendees, `channel-attended:${channel}`);
						return {
							channel,
							invited: figure(attendees, `channel-invited:${channel}`),
							registered: all,
							attended: came,
							showRate: percentOf(came.count, all.count),
						};
					},
				),
				via: distinct(attended.map(({ attendedVia }) => attendedVia)).map((channel) => ({ channel, attended: figure(attendees, `via:${channel}`) })),
				peak: peakOf(curve),
				curve,
				timeline: await timelineOf(db.read, occurrence),
				polls: await answers.pollResults(occurrenceId),
				questions: {
					live: kept.length,
					answered: kept.filter(({ state }) => state === 'answered').length,
					late: late.length,
					lateOpen: late.filter(({ at }) => at === null).length,
				},
				signals: BUYING_SIGNALS.map((signal) => ({ signal, figure: figure(attendees, `signal:${signal}`) })),
				survey: { figure: figure(attendees, 'surveyed'), net: netScore(scores), scores },
				grades: distinct(registered.map(({ grade }) => grade)).map((grade) => ({ grade, figure: figure(attendees, `grade:${grade}`) })),
				followUps: { planned: mails.length, sent: mails.filter(({ sentAt }) => sentAt !== null).length },
			};
		},
		people: async (occurrenceId, list) => {
			const occurrence = await occurrenceById(db.read, occurrenceId);
			return occurrence ? listOf(await attendeesOf(occurrence), list) : [];
		},
		programme: async (occurrenceId) => {
			const occurrence = await occurrenceById(db.read, occurrenceId);
			if (!occurrence) return null;
			const all = (await occurrencesOf(db.read, occurrence.webinarId)).filter(({ cancelledAt }) => cancelledAt === null).slice(-50);
			const rows: ProgrammeRow[] = [];
			for (const one of all.toReversed()) {
				const attendees = await attendeesOf(one);
				const registered = listOf(attendees, 'registered').length;
				const attended = listOf(attendees, 'attended');
				rows.push({
					...{ id: one.id, startsAt: one.startsAt, registered, attended: attended.length },
					showRate: percentOf(attended.length, registered),
					averageMinutes: averageOf(attended),
					peak: one.mode === 'on-demand' ? 0 : (peakOf(curveOf(attendees, runOf(one)))?.present ?? 0),
					surveyed: listOf(attendees, 'surveyed').length,
					signals: attendees.filter(({ signals }) => signals.length > 0).length,
				});
			}
			return { title: occurrence.title, rows };
		},
	});
}

function averageOf(attended: readonly Attendee[]): number | null {
	if (attended.length === 0) return null;
	return Math.round(attended.reduce((sum, { liveSeconds, replaySeconds }) => sum + liveSeconds + replaySeconds, 0) / attended.length / 60);
}

async function timelineOf(handle: Handle, occurrence: Occurrence): Promise<HostReport['timeline']> {
	const run = runOf(occurrence);
	if (!run || occurrence.mode === 'on-demand') return [];
	const rows = await handle
		.select({ kind: interaction.kind, at: interaction.at })
		.from(interaction)
		.where(eq(interaction.occurrenceId, occurrence.id))
		.orderBy(asc(interaction.seq));
	const slices = new Map<number, Record<string, number>>();
	for (const { kind, at } of rows) {
		if (!(SPOKEN as readonly string[]).includes(kind)) continue;
		const minute = Math.floor((at.getTime() - run.startsAt.getTime()) / 60_000 / SLICE_MINUTES) * SLICE_MINUTES;
		const counts = slices.get(minute) ?? {};
		counts[kind] = (counts[kind] ?? 0) + 1;
		slices.set(minute, counts);
	}
	return [...slices].sort(([a], [b]) => a - b).map(([minute, counts]) => ({ minute, counts }));
}
