import { and, count, eq } from 'drizzle-orm';

import { newId, stableId } from '#kernel/id.ts';

import type { Spoken } from '../chat.ts';
import { eventOf, type Here, type Refusal, type RoomDeps, sealSaid, wrongWith } from '../here.ts';
import { append, roomLock } from '../log.ts';
import { CHAT_CONTEXT, type Said } from '../message.ts';
import { judgeWords } from '../moderation.ts';
import { interaction, question, questionVote } from '../schema.ts';

export const QUESTION_LENGTH = 500;

export interface Asked {
	readonly text: string;
	/** For the host's side only. */
	readonly isPrivate: boolean;
	/** Made by the browser: a repeated post is written once. */
	readonly clientId: string | undefined;
}

/** Takes a question. Its words are a row of the log; where it stands is a row of its own. */
export async function ask(deps: RoomDeps, here: Here, { text: typed, isPrivate, clientId }: Asked): Promise<Spoken> {
	const { db, now, random, gating } = deps;
	const { occurrence, registration, webinar } = here;
	const { personId } = registration;
	const text = typed.trim();
	const code = wrongWith(text, QUESTION_LENGTH);
	if (code) return { status: 'invalid', code };
	const contact = await gating.people.contact(personId);
	if (!contact) return { status: 'refused' };
	const id = clientId === undefined ? newId(now(), random) : stableId(`question:${occurrence.id}:${personId}:${clientId}`);

	return db.write(
		async (tx): Promise<Spoken> => {
			const judged = await judgeWords(tx, webinar.id, personId, text);
			if (judged === 'banned') return { status: 'banned' };
			// What only the host sees needs no moderator.
			const showing = isPrivate ? 'shown' : judged;
			const at = now();
			const said: Said = { name: contact.name ?? '', text };
			const sealed = await sealSaid(deps, tx, CHAT_CONTEXT, personId, said);
			const audience = isPrivate ? 'staff' : 'all';
			const line = {
				id,
				occurrenceId: occurrence.id,
				kind: 'question',
				personId,
				subject: id,
				data: { isPrivate },
				sealed,
				audience,
				showing,
				at,
			} as const;
			const seq = await append(tx, line);
			if (seq === null) return { status: 'accepted', seq, showing };
			const fresh = { state: 'open', votes: 0, speaker: '', answer: '', answeredAt: null } as const;
			await tx.insert(question).values({ id, occurrenceId: occurrence.id, personId, isPrivate, askedAt: at, ...fresh });
			await gating.events.record(tx, { id, type: 'webinar.question', ...eventOf(here, at) });
			return { status: 'accepted', seq, showing };
		},
		{ locks: roomLock(occurrence.id) },
	);
}

export type Upvoted = { readonly status: 'accepted' } | Extract<Refusal, { readonly status: 'closed' | 'already-voted' }>;

/** Counts that somebody wants an answer too: once each, not for their own question, and not for what they cannot see. */
export async function upvote({ db, now }: RoomDeps, { occurrence, registration }: Here, questionId: string): Promise<Upvoted> {
	const { personId } = registration;
	return db.write(
		async (tx): Promise<Upvoted> => {
			const [row] = await tx
				.select({ state: question.state, isPrivate: question.isPrivate, personId: question.personId, showing: interaction.showing })
				.from(question)
				.innerJoin(interaction, eq(interaction.id, question.id))
				.where(and(eq(question.id, questionId), eq(question.occurrenceId, occurrence.id)));
			if (!row || row.isPrivate || row.showing !== 'shown' || row.state === 'answered' || row.state === 'dismissed') return { status: 'closed' };
			if (row.personId === personId) return { status: 'already-voted' };
			const counted = await tx
				.insert(questionVote)
				.values({ questionId, personId, at: now() })
				.onConflictDoNothing()
				.returning({ id: questionVote.questionId });
			if (counted.length === 0) return { status: 'already-voted' };
			const [sum] = await tx.select({ n: count() }).from(questionVote).where(eq(questionVote.questionId, questionId));
			await tx
				.update(question)
				.set({ votes: sum?.n ?? 0 })
				.where(eq(question.id, questionId));
			return { status: 'accepted' };
		},
		{ locks: roomLock(occurrence.id) },
	);
}
