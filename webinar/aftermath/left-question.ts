import { and, asc, eq, inArray, lte, ne } from 'drizzle-orm';

import type { WebinarsDeps } from '../deps.ts';
import { CHAT_CONTEXT, type Said } from '../interaction/message.ts';
import { interaction, occurrence, question } from '../schema.ts';

/** A question of a session that ended before anybody answered it. */
export interface LeftQuestion {
	readonly id: string;
	readonly occurrenceId: string;
	readonly personId: string;
	readonly askedAt: Date;
	/** Its words; null when its asker was erased. */
	readonly text: string | null;
}

/** Questions that nobody answered while the session ran; those that a moderator hid or dismissed are none. */
export function createLeftQuestions({ db, now, gating }: Pick<WebinarsDeps, 'db' | 'now' | 'gating'>) {
	const opened = async (where: ReturnType<typeof eq>): Promise<LeftQuestion[]> => {
		const rows = await db.read
			.select({
				...{ id: question.id, occurrenceId: question.occurrenceId, personId: question.personId },
				...{ askedAt: question.askedAt, sealed: interaction.sealed },
			})
			.from(question)
			.innerJoin(interaction, eq(interaction.id, question.id))
			.innerJoin(occurrence, eq(occurrence.id, question.occurrenceId))
			.where(and(where, inArray(question.state, ['open', 'answering']), ne(interaction.showing, 'hidden'), lte(occurrence.closesAt, now())))
			.orderBy(asc(question.askedAt))
			.limit(500);
		return Promise.all(
			rows.map(async ({ sealed, ...row }) => {
				const said = sealed && (await gating.people.unseal(row.personId, CHAT_CONTEXT, sealed));
				return { ...row, text: said === null ? null : (JSON.parse(said) as Said).text };
			}),
		);
	};
	return Object.freeze({
		of: (occurrenceId: string): Promise<readonly LeftQuestion[]> => opened(eq(question.occurrenceId, occurrenceId)),
		find: async (id: string): Promise<LeftQuestion | null> => (await opened(eq(question.id, id)))[0] ?? null,
	});
}
