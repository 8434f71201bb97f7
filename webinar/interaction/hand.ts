import { and, asc, eq } from 'drizzle-orm';

import type { Handle } from '#kernel/database.ts';
import { newId } from '#kernel/id.ts';

import { eventOf, type Here, type RoomDeps } from './here.ts';
import type { Hand } from './kinds.ts';
import { append, roomLock, rowsAbout } from './log.ts';
import { type Opener, sameInBoth } from './message.ts';
import { isBanned } from './moderation.ts';
import { interaction } from './schema.ts';

export type HandOutcome = { readonly status: 'accepted'; readonly seq: number | null } | { readonly status: 'banned' };

/** Raises somebody's hand or lowers it; the host's side is told when that changes something. */
export async function raiseHand({ db, now, random, gating }: RoomDeps, here: Here, isUp: boolean): Promise<HandOutcome> {
	const { occurrence, registration, webinar } = here;
	return db.write(
		async (tx): Promise<HandOutcome> => {
			if (isUp && (await isBanned(tx, webinar.id, registration.personId))) return { status: 'banned' };
			const at = now();
			const id = newId(at, random);
			const seq = await tellHand(tx, { id, occurrenceId: occurrence.id, registrationId: registration.id, personId: registration.personId, isUp, at });
			if (seq !== null && isUp) await gating.events.record(tx, { id, type: 'webinar.hand', ...eventOf(here, at) });
			return { status: 'accepted', seq };
		},
		{ locks: roomLock(occurrence.id) },
	);
}

/** Adds the line of a hand, inside a body that holds the room's lock; null when the hand is there already. */
export async function tellHand(
	tx: Handle,
	{
		registrationId,
		isUp,
		...line
	}: {
		readonly id: string;
		readonly occurrenceId: string;
		readonly registrationId: string;
		readonly personId: string;
		readonly isUp: boolean;
		readonly at: Date;
	},
): Promise<number | null> {
	const [newest] = await rowsAbout(tx, line.occurrenceId, 'hand', registrationId);
	if ((newest?.data['isUp'] ?? false) === isUp) return null;
	return append(tx, { ...line, kind: 'hand', subject: registrationId, data: { registrationId, isUp }, audience: 'staff' });
}

/** Registrations whose hand is up, who raised it first before the others. */
export async function handsUp(handle: Handle, occurrenceId: string): Promise<readonly string[]> {
	const rows = await handle
		.select({ registrationId: interaction.subject, data: interaction.data })
		.from(interaction)
		.where(and(eq(interaction.occurrenceId, occurrenceId), eq(interaction.kind, 'hand')))
		.orderBy(asc(interaction.seq));
	const up = new Set<string>();
	for (const { registrationId, data } of rows) {
		up.delete(registrationId);
		if (data['isUp'] === true) up.add(registrationId);
	}
	return [...up];
}

/** Whose hand it is. */
export function handOpener({ gating }: Pick<RoomDeps, 'gating'>): Opener<'hand'> {
	return async ({ personId, data }) => {
		const contact = personId === null ? null : await gating.people.contact(personId);
		return { ...(data as unknown as Omit<Hand, 'name'>), kind: 'hand', name: contact && sameInBoth(contact.name ?? '') };
	};
}
