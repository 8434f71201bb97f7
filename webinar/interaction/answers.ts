import { and, asc, desc, eq, isNotNull } from 'drizzle-orm';

import type { LocalisedText } from '#cms/content.ts';

import type { RoomDeps } from './here.ts';
import type { PollResults } from './kinds.ts';
import { rowsAbout } from './log.ts';
import { draw, drawEntry, interaction, question } from './schema.ts';
import type { PollForm, PollState, Standing } from './poll/poll.ts';
import { rankingOf } from './poll/poll.ts';
import { quizAnswers } from './poll/results.ts';
import { pollsOf } from './poll/run.ts';
import type { QuestionState } from './question/question.ts';

export interface KeptQuestion {
	readonly id: string;
	readonly personId: string;
	/** Null once the person was erased. */
	readonly text: string | null;
	readonly state: QuestionState;
	readonly isPrivate: boolean;
	/** A moderator took it away, or nobody let it through. */
	readonly isShown: boolean;
	readonly votes: number;
	readonly speaker: string;
	/** In text; '' for none. */
	readonly answer: string;
	readonly askedAt: Date;
	readonly answeredAt: Date | null;
}

export interface KeptPoll {
	readonly poll: string;
	readonly form: PollForm;
	readonly question: LocalisedText;
	readonly options: readonly LocalisedText[];
	readonly state: PollState;
	readonly answers: number;
	/** By option; empty where people answered in words. */
	readonly votes: readonly number[];
	readonly words: readonly { readonly text: string; readonly count: number }[];
}

export interface DrawWinner {
	readonly drawId: string;
	readonly draw: LocalisedText;
	readonly drawnAt: Date;
	/** Null once the person was erased. */
	readonly personId: string | null;
	readonly entry: string;
	readonly prize: LocalisedText;
	readonly claimedAt: Date | null;
}

/** What was answered, asked and won in a room, for what comes after. */
export interface Answers {
	/** The ranking of the quiz, the best first. */
	quizResults(occurrenceId: string): Promise<readonly Standing[]>;
	/** Winners of every draw that was drawn, by prize. */
	drawWinners(occurrenceId: string): Promise<readonly DrawWinner[]>;
	/** Every question, those with the most votes first. */
	questionsOf(occurrenceId: string): Promise<readonly KeptQuestion[]>;
	/** Every poll that was opened, in their order. */
	pollResults(occurrenceId: string): Promise<readonly KeptPoll[]>;
}

export function createAnswers({ db, messages }: Pick<RoomDeps, 'db' | 'messages'>): Answers {
	const { read } = db;
	return {
		quizResults: async (occurrenceId) => rankingOf(await quizAnswers(read, occurrenceId)),
		drawWinners: async (occurrenceId) => {
			const rows = await read
				.select({ draw, entry: drawEntry })
				.from(drawEntry)
				.innerJoin(draw, eq(draw.id, drawEntry.drawId))
				.where(and(eq(draw.occurrenceId, occurrenceId), isNotNull(drawEntry.prize)))
				.orderBy(asc(draw.createdAt), asc(drawEntry.prize), asc(drawEntry.entry));
			return rows.flatMap(({ draw: { id, title, prizes, drawnAt }, entry: { personId, entry, prize, claimedAt } }): DrawWinner[] => {
				const won = prizes[prize ?? 0];
				const winner = { drawId: id, draw: title, personId: personId === '' ? null : personId, entry, claimedAt };
				return won && drawnAt ? [{ ...winner, drawnAt, prize: won.name }] : [];
			});
		},
		questionsOf: async (occurrenceId) => {
			const rows = await read
				.select({ question, line: interaction })
				.from(question)
				.innerJoin(interaction, eq(interaction.id, question.id))
				.where(eq(question.occurrenceId, occurrenceId))
				.orderBy(desc(question.votes), asc(interaction.seq));
			return Promise.all(
				rows.map(async ({ question: { occurrenceId: _, ...kept }, line }): Promise<KeptQuestion> => {
					const said = await messages.said(line);
					return { ...kept, text: said?.text ?? null, isShown: line.showing === 'shown' };
				}),
			);
		},
		pollResults: async (occurrenceId) => {
			const polls = (await pollsOf(read, occurrenceId)).filter(({ state }) => state !== 'planned');
			return Promise.all(
				polls.map(async ({ key, form, question: asked, options, state }): Promise<KeptPoll> => {
					const [newest] = await rowsAbout(read, occurrenceId, 'poll-results', key);
					const results = newest ? ((await messages.of(newest)) as unknown as PollResults) : null;
					const { votes = options.map(() => 0), answers = 0, words = [] } = results ?? {};
					return { poll: key, form, question: asked, options, state, answers, votes, words };
				}),
			);
		},
	};
}
