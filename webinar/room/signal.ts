import { eq } from 'drizzle-orm';

import type { Handle } from '#kernel/database.ts';

import { mergeSession, type SessionSignal } from '../attendance/fold.ts';
import type { WebinarsDeps } from '../deps.ts';
import { occurrenceById } from '../programme/occurrence.ts';
import { occurrence, registration, roomSignal, stay } from '../schema.ts';
import { identityOf } from '../stage/seat.ts';
import type { RoomEvent } from './rooms.ts';

const KINDS: Readonly<Record<string, SessionSignal['kind']>> = { participant_joined: 'joined', participant_left: 'left' };

/**
 * Takes a webhook of the media server: checked on the raw body, kept by the id of its event, each once. Joins and leaves become
 * stays of that session; one that comes after the occurrence was settled has it settled again.
 */
export function createRoomSignal(
	{ db, keys, now, rooms, log }: Pick<WebinarsDeps, 'db' | 'keys' | 'now' | 'rooms' | 'log'>,
	heard: (event: RoomEvent) => Promise<void>,
) {
	/** Identity → person. A hash per registrant is too much for each webhook, so it is worked out when somebody new comes. */
	const known = new Map<string, ReadonlyMap<string, string>>();
	const personOf = async (handle: Handle, occurrenceId: string, identity: string): Promise<string | null> => {
		const person = known.get(occurrenceId)?.get(identity);
		if (person !== undefined) return person;
		const rows = await handle
			.select({ id: registration.id, personId: registration.personId })
			.from(registration)
			.where(eq(registration.occurrenceId, occurrenceId));
		known.set(occurrenceId, new Map(rows.map(({ id, personId }) => [identityOf(keys, id), personId])));
		return known.get(occurrenceId)?.get(identity) ?? null;
	};

	const writeSession = async (tx: Handle, event: RoomEvent, id: string, personId: string): Promise<void> => {
		const kind = KINDS[event.type];
		if (!kind) return;
		const [known] = await tx.select().from(stay).where(eq(stay.id, id));
		const merged = mergeSession(known ?? null, { kind, at: event.at, joinedAt: event.joinedAt });
		const row = { id, occurrenceId: event.room, personId, source: 'livekit' as const, ...merged };
		await tx.insert(stay).values(row).onConflictDoUpdate({ target: stay.id, set: merged });
		await tx.update(occurrence).set({ settledAt: null }).where(eq(occurrence.id, event.room));
	};

	return async (rawBody: string, authorization: string): Promise<'accepted' | 'forbidden'> => {
		const event = await rooms.readEvent(rawBody, authorization);
		if (!event) return 'forbidden';
		const { id, type, room, identity, sessionId } = event;
		const one = await occurrenceById(db.read, room);
		const personId = one && identity && sessionId ? await personOf(db.read, room, identity) : null;
		const isNew = await db.write(async (tx) => {
			const body = { identity, sessionId, joinedAt: event.joinedAt?.toISOString() ?? null, at: event.at.toISOString() };
			const fresh = await tx
				.insert(roomSignal)
				.values({ id, occurrenceId: room, event: type, body, receivedAt: now() })
				.onConflictDoNothing()
				.returning({ id: roomSignal.id });
			if (fresh.length > 0 && personId !== null && sessionId !== null) await writeSession(tx, event, `livekit:${sessionId}`, personId);
			return fresh.length > 0;
		});
		// Answered without waiting: one slow answer holds up every later webhook of the room.
		if (isNew)
			void heard(event).catch((error: unknown) => log.error({ err: error, event: type, occurrenceId: room }, 'a webhook was kept, and not acted on'));
		return 'accepted';
	};
}
