import { and, asc, eq, inArray } from 'drizzle-orm';

import type { LocalisedText, Webinar } from '#cms/content.ts';
import { SECOND_MS } from '#kernel/clock.ts';

import type { WebinarsDeps } from '../deps.ts';
import type { MessageBody, RoomKind, RoomMessage } from '../interaction/kinds.ts';
import type { Messages } from '../interaction/message.ts';
import { bodyOf } from '../interaction/moments.ts';
import type { Occurrence } from '../programme/occurrence.ts';
import { runOf } from '../programme/status.ts';
import { interaction } from '../schema.ts';

/** A line of the original room, at its second of the recording. */
export interface ReplayLine {
	readonly second: number;
	readonly message: RoomMessage;
}

/** A poll of the original with what was voted then. */
export interface ReplayPoll {
	readonly poll: string;
	readonly second: number;
	readonly question: LocalisedText;
	readonly options: readonly LocalisedText[];
	/** Votes given live, by option. */
	readonly votes: readonly number[];
}

/** What is worth seeing again; hands, layouts and reactions are not. */
const KINDS = ['chat', 'resource', 'poll', 'poll-results', 'question', 'question-state'] as const satisfies readonly RoomKind[];
const MOST = 5_000;

export function createLines({ db, content, messages }: Pick<WebinarsDeps, 'db' | 'content'> & { readonly messages: Messages }) {
	/** Planned moments of a recording that nobody ever watched together. */
	const planned = (webinar: Webinar): readonly ReplayLine[] =>
		webinar.moments
			.flatMap((moment): { readonly second: number; readonly body: MessageBody }[] => {
				const body = bodyOf(moment, content().speakers);
				return body ? [{ second: moment.atSeconds, body }] : [];
			})
			.sort((a, b) => a.second - b.second)
			.map(({ second, body }, index) => ({ second, message: { seq: index + 1, at: '', ...body } }));

	/** What everybody saw, at the second of the recording at which it came. */
	return async (webinar: Webinar, occurrence: Occurrence, offsetSeconds: number): Promise<readonly ReplayLine[]> => {
		if (occurrence.mode === 'on-demand') return planned(webinar);
		const start = runOf(occurrence)?.startsAt ?? occurrence.startsAt;
		const rows = await db.read
			.select()
			.from(interaction)
			.where(
				and(
					eq(interaction.occurrenceId, occurrence.id),
					eq(interaction.audience, 'all'),
					eq(interaction.showing, 'shown'),
					inArray(interaction.kind, [...KINDS]),
				),
			)
			.orderBy(asc(interaction.seq))
			.limit(MOST);
		const told = await Promise.all(rows.map(messages.of));
		const lines = told.map((message) => ({
			second: Math.max(0, Math.round((new Date(message.at).getTime() - start.getTime()) / SECOND_MS) + offsetSeconds),
			message,
		}));
		return lines.sort((a, b) => a.second - b.second || a.message.seq - b.message.seq);
	};
}

/** Polls with one answer and the last results of each, in order of time. */
export function pollsOf(lines: readonly ReplayLine[]): readonly ReplayPoll[] {
	const results = new Map<string, readonly number[]>();
	for (const { message } of lines) if (message.kind === 'poll-results') results.set(message.poll, message.votes);
	return lines.flatMap(({ second, message }) =>
		message.kind === 'poll' && message.options.length > 0 && (message.form ?? 'single') === 'single'
			? [{ poll: message.poll, second, question: message.question, options: message.options, votes: results.get(message.poll) ?? [] }]
			: [],
	);
}
