import { and, desc, eq, inArray } from 'drizzle-orm';

import type { LocalisedText } from '#cms/content.ts';
import type { Handle } from '#kernel/database.ts';

import type { WebinarsDeps } from '../deps.ts';
import type { BodyOf } from '../interaction/kinds.ts';
import { CHAT_CONTEXT, type Said } from '../interaction/message.ts';
import { interaction, occurrence, pollVote } from '../schema.ts';

/** What somebody wrote in a room, or chose in its poll. */
export interface SaidInRoom {
	readonly webinar: LocalisedText;
	readonly at: Date;
	/** The poll's question; null for own words. */
	readonly question: LocalisedText | null;
	readonly words: LocalisedText;
}

/** Own words and votes of these persons, newest first; nothing of who was erased. */
export async function saidBy({ db, gating }: Pick<WebinarsDeps, 'db' | 'gating'>, personIds: readonly string[]): Promise<SaidInRoom[]> {
	const handle: Handle = db.read;
	const ids = [...personIds];
	const rows = await handle
		.select({ personId: interaction.personId, at: interaction.at, sealed: interaction.sealed, webinar: occurrence.title })
		.from(interaction)
		.innerJoin(occurrence, eq(occurrence.id, interaction.occurrenceId))
		.where(inArray(interaction.personId, ids))
		.orderBy(desc(interaction.at))
		.limit(50);
	const written = await Promise.all(
		rows.map(async ({ personId, at, sealed, webinar }): Promise<SaidInRoom[]> => {
			const text = personId && sealed ? await gating.people.unseal(personId, CHAT_CONTEXT, sealed) : null;
			const said = text === null ? '' : (JSON.parse(text) as Said).text;
			return said === '' ? [] : [{ webinar, at, question: null, words: { en: said, 'zh-CN': said } }];
		}),
	);
	const votes = await handle
		.select({ at: pollVote.at, choices: pollVote.choices, data: interaction.data, webinar: occurrence.title })
		.from(pollVote)
		.innerJoin(occurrence, eq(occurrence.id, pollVote.occurrenceId))
		.innerJoin(
			interaction,
			and(eq(interaction.occurrenceId, pollVote.occurrenceId), eq(interaction.kind, 'poll'), eq(interaction.subject, pollVote.poll)),
		)
		.where(inArray(pollVote.personId, ids))
		.orderBy(desc(pollVote.at))
		.limit(50);
	const voted = votes.flatMap(({ at, choices, data, webinar }) => {
		const { options, question } = data as unknown as BodyOf<'poll'>;
		const chosen = choices.flatMap((option) => options[option] ?? []);
		return chosen.map((words): SaidInRoom => ({ webinar, at, question, words }));
	});
	return [...written.flat(), ...voted].sort((one, other) => other.at.getTime() - one.at.getTime());
}
