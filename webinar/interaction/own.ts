import { and, asc, eq } from 'drizzle-orm';

import type { Handle } from '#kernel/database.ts';

import type { RoomMessage } from './kinds.ts';
import { rowsAbout } from './log.ts';
import { isPublic, type Messages } from './message.ts';
import { interaction, pollVote, question, questionVote } from './schema.ts';

/** What somebody did in a room that its stream does not tell, for their page when it is loaded again. */
export interface Own {
	/** Poll → chosen options; empty for own words. */
	readonly votes: Readonly<Record<string, readonly number[]>>;
	/** Questions they voted for. */
	readonly upvotes: readonly string[];
	/** Ids of their own questions. */
	readonly questions: readonly string[];
	/** Their lines that wait for a moderator, or that only the host sees. */
	readonly unseen: readonly RoomMessage[];
	readonly isHandUp: boolean;
}

export async function ownIn(read: Handle, messages: Messages, occurrenceId: string, personId: string, registrationId: string): Promise<Own> {
	const votes = await read
		.select({ poll: pollVote.poll, choices: pollVote.choices })
		.from(pollVote)
		.where(and(eq(pollVote.occurrenceId, occurrenceId), eq(pollVote.personId, personId)));
	const upvotes = await read
		.select({ id: questionVote.questionId })
		.from(questionVote)
		.innerJoin(question, and(eq(question.id, questionVote.questionId), eq(question.occurrenceId, occurrenceId)))
		.where(eq(questionVote.personId, personId));
	const rows = await read
		.select()
		.from(interaction)
		.where(and(eq(interaction.occurrenceId, occurrenceId), eq(interaction.personId, personId)))
		.orderBy(asc(interaction.seq));
	const said = rows.filter(({ kind }) => kind === 'chat' || kind === 'question');
	const unseen = said.filter((row) => !isPublic(row) && row.showing !== 'hidden');
	const [hand] = await rowsAbout(read, occurrenceId, 'hand', registrationId);
	return {
		votes: Object.fromEntries(votes.map(({ poll, choices }) => [poll, choices])),
		upvotes: upvotes.map(({ id }) => id),
		questions: said.filter(({ kind }) => kind === 'question').map(({ subject }) => subject),
		unseen: await Promise.all(unseen.map(messages.of)),
		isHandUp: hand?.data['isUp'] === true,
	};
}
