import type { Visitor } from '#gating';
import { type Now, SECOND_MS } from '#kernel/clock.ts';
import type { Handle } from '#kernel/database.ts';

import type { WebinarsDeps } from '../deps.ts';
import { type Occurrence, occurrenceById } from '../programme/occurrence.ts';
import { statusAt } from '../programme/status.ts';
import { admissionOf, type PlaceOf } from '../room/admission.ts';
import type { Rooms, RoomToken, StageRole } from '../room/rooms.ts';
import type { Host } from './host.ts';
import { roomLock } from '../interaction/log.ts';
import { identityOf, isWelcome, MOST_ON_STAGE, seatFor, seatOf, takenOf } from './seat.ts';
import type { Speakers } from './speaker.ts';

export type TokenOutcome =
	| { readonly status: 'granted'; readonly room: RoomToken; readonly identity: string; readonly role: StageRole }
	/** The room has as many viewers as it holds. `overflow`: where the picture is some seconds later, as HLS; null: nowhere. */
	| { readonly status: 'full'; readonly overflow: string | null }
	/** `stage-full`: as many hosts and speakers as it holds. */
	| { readonly status: 'not-live' | 'refused' | 'banned' | 'stage-full' | 'unknown' };

/** Tokens of the media server, made just before a browser connects, from the role that our rows say. @throws DomainError unavailable */
export interface Tokens {
	/** For a registrant: from the moment the host begins. */
	forViewer(slug: string, visitor: Visitor): Promise<TokenOutcome>;
	/** For a speaker by link, in the green room too. */
	forSpeaker(session: string | undefined): Promise<TokenOutcome>;
	forHost(host: Host): Promise<TokenOutcome>;
}

export interface TokensDeps extends Pick<WebinarsDeps, 'db' | 'keys' | 'now' | 'random' | 'rooms' | 'log' | 'gating'> {
	readonly placeOf: PlaceOf;
	readonly speakers: Pick<Speakers, 'session'>;
}

export function createTokens({ db, keys, now, random, rooms, log, gating, placeOf, speakers }: TokensDeps): Tokens {
	const hasRoom = createCapacity(rooms, now);

	const grant = async (occurrenceId: string, identity: string, name: string, role: StageRole): Promise<TokenOutcome> => {
		const room = await rooms.mintToken(occurrenceId, { identity, name, role }, now());
		log.info({ occurrenceId, identity, role }, 'a token of the stage was made');
		return { status: 'granted', room, identity, role };
	};
	const isOver = (one: Occurrence): boolean => one.mode !== 'live' || one.cancelledAt !== null || statusAt(one, now()) === 'ended';

	return Object.freeze<Tokens>({
		forViewer: async (slug, visitor) => {
			const admission = admissionOf(await placeOf(slug, visitor));
			if (admission.status !== 'admitted') return { status: admission.status };
			const { occurrenceId, registration } = admission;
			const identity = identityOf(keys, registration.id);
			const seat = await seatOf(db.read, occurrenceId, identity);
			if (seat && !isWelcome(seat)) return { status: 'banned' };
			if (admission.webinar.mode !== 'live' || admission.phase !== 'live') return { status: 'not-live' };
			const role = seat?.role ?? 'viewer';
			if (role === 'viewer') {
				const fits = await hasRoom(occurrenceId, identity);
				return fits ? grant(occurrenceId, identity, '', role) : { status: 'full', overflow: rooms.overflow(occurrenceId) };
			}
			const contact = await gating.people.contact(registration.personId);
			return grant(occurrenceId, identity, contact?.name ?? '', role);
		},
		forSpeaker: async (session) => {
			const found = await speakers.session(session);
			if (!found) return { status: 'refused' };
			const { speaker, occurrence } = found;
			if (isOver(occurrence)) return { status: 'not-live' };
			await rooms.ensureRoom(occurrence.id);
			return grant(occurrence.id, speaker.identity, speaker.name, 'speaker');
		},
		forHost: async (host) => {
			const one = await occurrenceById(db.read, host.occurrenceId);
			if (!one || isOver(one)) return { status: 'not-live' };
			const seat = await db.write(async (tx) => hostSeat(tx, host), { locks: roomLock(one.id) });
			if (!seat) return { status: 'stage-full' };
			if (!isWelcome(seat)) return { status: 'banned' };
			await rooms.ensureRoom(one.id);
			return grant(one.id, seat.identity, host.name, 'host');
		},
	});

	async function hostSeat(tx: Handle, { occurrenceId, staffId }: Host) {
		const holderId = `${occurrenceId} ${staffId}`;
		const known = await seatOf(tx, occurrenceId, identityOf(keys, holderId));
		if (!known && (await takenOf(tx, occurrenceId)) >= MOST_ON_STAGE) return null;
		return known ?? seatFor(tx, { occurrenceId, kind: 'staff', holderId, role: 'host' }, { keys, now, random });
	}
}

/** How long a count of who is there may be used. */
const COUNT_MS = 5 * SECOND_MS;

/** Whether one more viewer fits: by the newest count, and who was let in since. Who is in may come again from another device. */
function createCapacity(rooms: Pick<Rooms, 'mostViewers' | 'sessions'>, now: Now) {
	const counts = new Map<string, { readonly at: number; readonly inside: Set<string> }>();
	return async (room: string, identity: string): Promise<boolean> => {
		const known = counts.get(room);
		const fresh = known && now().getTime() - known.at < COUNT_MS ? known : await count(room);
		if (!fresh.inside.has(identity) && fresh.inside.size >= rooms.mostViewers) return false;
		fresh.inside.add(identity);
		return true;
	};

	async function count(room: string) {
		const sessions = await rooms.sessions(room);
		const counted = { at: now().getTime(), inside: new Set(sessions.filter(({ isOnStage }) => !isOnStage).map(({ identity }) => identity)) };
		counts.set(room, counted);
		return counted;
	}
}
