import type { Log } from '#kernel/log.ts';

import type { WebinarsDeps } from '../deps.ts';
import { occurrenceById } from '../programme/occurrence.ts';
import { statusAt } from '../programme/status.ts';
import type { RoomEvent } from '../room/rooms.ts';
import { isWelcome, seatOf } from './seat.ts';

const WATCHED: ReadonlySet<string> = new Set(['participant_joined', 'track_published']);

/**
 * Looks at everybody who connects or publishes: browsers hold tokens that the media server itself renews, so what our rows say now
 * may be less than what a token says. Who is banned is put out, who is no speaker any more stops publishing.
 */
export function createGuard({ db, rooms, now, log }: Pick<WebinarsDeps, 'db' | 'rooms' | 'now'> & { readonly log: Log }) {
	return async ({ type, room, identity }: RoomEvent): Promise<'ok' | 'put-out' | 'demoted'> => {
		if (!WATCHED.has(type) || !identity) return 'ok';
		const one = await occurrenceById(db.read, room);
		if (!one) return 'ok';
		const seat = await seatOf(db.read, room, identity);
		if ((seat && !isWelcome(seat)) || (statusAt(one, now()) === 'ended' && type === 'participant_joined')) {
			await rooms.kick(room, identity);
			log.warn({ occurrenceId: room, identity, seatId: seat?.id }, 'somebody who may not be at the stage was put out');
			return 'put-out';
		}
		if (type === 'track_published' && (!seat || seat.role === 'viewer')) {
			await rooms.setRole(room, identity, 'viewer', '');
			log.warn({ occurrenceId: room, identity }, 'somebody who is no speaker any more was stopped from publishing');
			return 'demoted';
		}
		return 'ok';
	};
}
