import { newId, stableId } from '#kernel/id.ts';

import { eventOf, type Here, type Refusal, type RoomDeps, sealSaid, wrongWith } from './here.ts';
import { append, roomLock } from './log.ts';
import { CHAT_CONTEXT, type Said } from './message.ts';
import { judgeWords } from './moderation.ts';
import type { Showing } from './schema.ts';

export const CHAT_LENGTH = 500;

/** `seq`: where it is in the log; null when it was there before. `held`: its writer alone is told of it, until a moderator lets it through. */
export type Spoken = { readonly status: 'accepted'; readonly seq: number | null; readonly showing: Exclude<Showing, 'hidden'> } | Refusal;

/** Takes a line of the chat. `clientId`, made by the browser: a repeated post is written once. */
export async function chat(deps: RoomDeps, here: Here, typed: string, clientId: string | undefined): Promise<Spoken> {
	const { db, now, random, gating } = deps;
	const { occurrence, registration, webinar } = here;
	const { personId } = registration;
	const text = typed.trim();
	const code = wrongWith(text, CHAT_LENGTH);
	if (code) return { status: 'invalid', code };
	const contact = await gating.people.contact(personId);
	if (!contact) return { status: 'refused' };
	const id = clientId === undefined ? newId(now(), random) : stableId(`chat:${occurrence.id}:${personId}:${clientId}`);

	const outcome = await db.write(
		async (tx): Promise<Spoken> => {
			const showing = await judgeWords(tx, webinar.id, personId, text);
			if (showing === 'banned') return { status: 'banned' };
			const at = now();
			const said: Said = { name: contact.name ?? '', text };
			const sealed = await sealSaid(deps, tx, CHAT_CONTEXT, personId, said);
			const seq = await append(tx, { id, occurrenceId: occurrence.id, kind: 'chat', personId, sealed, showing, at });
			if (seq !== null) await gating.events.record(tx, { id, type: 'webinar.chat', ...eventOf(here, at) });
			return { status: 'accepted', seq, showing };
		},
		{ locks: roomLock(occurrence.id) },
	);
	return outcome;
}
