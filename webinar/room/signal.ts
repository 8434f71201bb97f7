import type { WebinarsDeps } from '../deps.ts';
import { roomSignal } from '../schema.ts';
import type { RoomEvent } from './rooms.ts';

/**
 * Takes a webhook of the media server: checked on the raw body and kept by the id of its event, each once. Nothing is waited for before the
 * answer, since the media server sends those of one room one after another and drops what waits too long; attendance reads them afterwards.
 */
export function createRoomSignal(
	{ db, now, rooms, log }: Pick<WebinarsDeps, 'db' | 'now' | 'rooms' | 'log'>,
	heard: (event: RoomEvent) => Promise<void>,
) {
	return async (rawBody: string, authorization: string): Promise<'accepted' | 'forbidden'> => {
		const event = await rooms.readEvent(rawBody, authorization);
		if (!event) {
			log.warn({ bytes: rawBody.length }, 'a webhook that the media server did not sign was refused');
			return 'forbidden';
		}
		const { id, type, room, identity, sessionId, joinedAt, at } = event;
		const body = { identity, sessionId, joinedAt: joinedAt?.toISOString() ?? null, at: at.toISOString() };
		const fresh = await db.write((tx) =>
			tx
				.insert(roomSignal)
				.values({ id, occurrenceId: room, event: type, body, receivedAt: now(), takenAt: null })
				.onConflictDoNothing()
				.returning({ id: roomSignal.id }),
		);
		if (fresh.length === 0) log.info({ event: type, eventId: id, occurrenceId: room }, 'a webhook came once more, and changes nothing');
		else
			void heard(event).catch((error: unknown) => log.error({ err: error, event: type, occurrenceId: room }, 'a webhook was kept, and not acted on'));
		return 'accepted';
	};
}
