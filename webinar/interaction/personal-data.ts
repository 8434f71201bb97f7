import { eq } from 'drizzle-orm';

import type { Handle } from '#kernel/database.ts';

import type { RoomDeps } from './here.ts';
import { CHAT_CONTEXT } from './message.ts';
import { CLAIM_CONTEXT } from './draw/create-draws.ts';
import { ANSWER_CONTEXT } from './poll/results.ts';
import { drawEntry, interaction, pollVote, question, questionVote, roomBan } from './schema.ts';

/** What rooms keep of a person: their words, answers, questions, votes, draws and whether they may talk. */
export async function exportRoom({ gating }: Pick<RoomDeps, 'gating'>, tx: Handle, personId: string): Promise<Readonly<Record<string, unknown>>> {
	const open = async (context: string, sealed: Buffer | null): Promise<string | null> =>
		sealed && gating.people.unseal(personId, context, sealed, tx);
	const answers = [];
	for (const { occurrenceId, poll, choices, points, at, sealed } of await tx.select().from(pollVote).where(eq(pollVote.personId, personId)))
		answers.push({ occurrenceId, poll, choices, points, at, words: await open(ANSWER_CONTEXT, sealed) });
	const words: unknown[] = [];
	for (const { occurrenceId, kind, at, sealed } of await tx.select().from(interaction).where(eq(interaction.personId, personId))) {
		const said = await open(CHAT_CONTEXT, sealed);
		words.push({ occurrenceId, kind, at, ...(said === null ? {} : (JSON.parse(said) as object)) });
	}
	const asked = await tx
		.select({
			id: question.id,
			state: question.state,
			isPrivate: question.isPrivate,
			votes: question.votes,
			answer: question.answer,
			askedAt: question.askedAt,
		})
		.from(question)
		.where(eq(question.personId, personId));
	const draws = [];
	for (const { drawId, entry, prize, claimedAt, sealed } of await tx.select().from(drawEntry).where(eq(drawEntry.personId, personId)))
		draws.push({ drawId, entry, prize, claimedAt, address: await open(CLAIM_CONTEXT, sealed) });
	return {
		votes: answers,
		words,
		questions: asked,
		questionVotes: await tx
			.select({ questionId: questionVote.questionId, at: questionVote.at })
			.from(questionVote)
			.where(eq(questionVote.personId, personId)),
		draws,
		bans: await tx.select({ webinarId: roomBan.webinarId, at: roomBan.at }).from(roomBan).where(eq(roomBan.personId, personId)),
	};
}

/** Counts, points and entries stay, so that results and proofs hold; words, addresses and whose they were go. */
export async function eraseRoom(tx: Handle, personId: string): Promise<void> {
	await tx.update(interaction).set({ sealed: null }).where(eq(interaction.personId, personId));
	await tx.update(pollVote).set({ sealed: null }).where(eq(pollVote.personId, personId));
	await tx.update(drawEntry).set({ sealed: null, personId: '' }).where(eq(drawEntry.personId, personId));
	await tx.delete(roomBan).where(eq(roomBan.personId, personId));
}
