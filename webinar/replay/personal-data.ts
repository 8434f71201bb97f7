import { eq } from 'drizzle-orm';

import type { Handle } from '#kernel/database.ts';

import { replayAnswer, replayPass } from '../schema.ts';

/** Replays of a person, and what they answered to them. */
export async function exportReplays(tx: Handle, personId: string): Promise<Readonly<Record<string, unknown>>> {
	const replays = await tx
		.select({
			occurrenceId: replayPass.occurrenceId,
			firstPlayedAt: replayPass.firstPlayedAt,
			lastWatchedAt: replayPass.lastWatchedAt,
			watchedSeconds: replayPass.watchedSeconds,
			uniqueSeconds: replayPass.uniqueSeconds,
		})
		.from(replayPass)
		.where(eq(replayPass.personId, personId));
	const replayAnswers = await tx
		.select({ occurrenceId: replayPass.occurrenceId, poll: replayAnswer.poll, option: replayAnswer.option, at: replayAnswer.at })
		.from(replayAnswer)
		.innerJoin(replayPass, eq(replayPass.id, replayAnswer.passId))
		.where(eq(replayPass.personId, personId));
	return { replays, replayAnswers };
}
