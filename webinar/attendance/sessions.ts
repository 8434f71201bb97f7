import { and, asc, eq, gt, isNotNull, isNull } from 'drizzle-orm';

import type { Handle } from '#kernel/database.ts';

import type { WebinarsDeps } from '../deps.ts';
import { occurrence, registration, roomSignal, stay } from '../schema.ts';
import { identityOf } from '../stage/seat.ts';
import { mergeSession, type SessionSignal } from './fold.ts';

const KINDS: Readonly<Record<string, SessionSignal['kind']>> = { participant_joined: 'joined', participant_left: 'left' };
/** Webhooks of one transaction. */
const PAGE = 200;
/** Rooms whose registrants are known by their identity in the media room. */
const REMEMBERED = 20;

interface Heard {
	readonly occurrenceId: string;
	readonly sessionId: string;
	readonly identity: string;
	readonly signal: SessionSignal;
}

/**
 * What the media server tells of who is connected: its webhooks, from the inbox, and its list of the room. Kept by session, never by
 * identity: who reconnects is another session. What comes after an occurrence was settled has it settled again.
 */
export function createSessions({ db, keys, now, rooms, log }: Pick<WebinarsDeps, 'db' | 'keys' | 'now' | 'rooms' | 'log'>) {
	const known = new Map<string, ReadonlyMap<string, string>>();

	/** Person by identity; read again when somebody is missing who registered since. */
	const personOf = async (handle: Handle, occurrenceId: string, identity: string): Promise<string | null> => {
		const found = known.get(occurrenceId)?.get(identity);
		if (found !== undefined) return found;
		const rows = await handle
			.select({ id: registration.id, personId: registration.personId })
			.from(registration)
			.where(eq(registration.occurrenceId, occurrenceId));
		const people = new Map(rows.map(({ id, personId }) => [identityOf(keys, id), personId]));
		known.delete(occurrenceId);
		known.set(occurrenceId, people);
		const [oldest] = known.keys();
		if (known.size > REMEMBERED && oldest !== undefined) known.delete(oldest);
		return people.get(identity) ?? null;
	};

	const write = async (tx: Handle, { occurrenceId, sessionId, identity, signal }: Heard): Promise<void> => {
		const personId = await personOf(tx, occurrenceId, identity);
		if (personId === null) return;
		const id = `livekit:${sessionId}`;
		const [before] = await tx.select().from(stay).where(eq(stay.id, id));
		const merged = mergeSession(before ?? null, signal);
		await tx
			.insert(stay)
			.values({ id, occurrenceId, personId, source: 'livekit', ...merged })
			.onConflictDoUpdate({ target: stay.id, set: merged });
		await tx
			.update(occurrence)
			.set({ settledAt: null })
			.where(and(eq(occurrence.id, occurrenceId), isNotNull(occurrence.settledAt)));
	};

	const takeSome = (): Promise<number> =>
		db.write(
			async (tx) => {
				const rows = await tx.select().from(roomSignal).where(isNull(roomSignal.takenAt)).orderBy(asc(roomSignal.receivedAt)).limit(PAGE);
				for (const { id, occurrenceId, event, body } of rows) {
					const { identity, sessionId, at, joinedAt } = body as Record<string, string | null>;
					const kind = KINDS[event];
					if (kind && identity && sessionId && at) {
						const signal = { kind, at: new Date(at), joinedAt: joinedAt ? new Date(joinedAt) : null };
						await write(tx, { occurrenceId, sessionId, identity, signal });
					}
					await tx.update(roomSignal).set({ takenAt: now() }).where(eq(roomSignal.id, id));
				}
				return rows.length;
			},
			{ locks: 'room-signals' },
		);

	/** Reads the list of a running room. When the media server does not answer, nothing is concluded. */
	const lookInto = async (occurrenceId: string): Promise<void> => {
		const sessions = await rooms.sessions(occurrenceId).catch((error: unknown) => {
			log.warn({ err: error, occurrenceId }, 'the list of a media room could not be read');
			return [];
		});
		const at = now();
		await db.write(
			async (tx) => {
				for (const { sessionId, identity, joinedAt } of sessions)
					await write(tx, { occurrenceId, sessionId, identity, signal: { kind: 'seen', at, joinedAt } });
			},
			{ locks: 'room-signals' },
		);
	};

	/** Takes the webhooks that came. Returns how many. */
	const take = async (): Promise<number> => {
		let taken = 0;
		for (let some = PAGE; some === PAGE; taken += some) some = await takeSome();
		return taken;
	};

	return Object.freeze({
		take,
		/** Webhooks and the lists of running rooms. */
		watch: async (): Promise<void> => {
			if (!rooms.isAvailable) return;
			await take();
			const running = await db.read
				.select({ id: occurrence.id })
				.from(occurrence)
				.where(and(eq(occurrence.mode, 'live'), isNotNull(occurrence.wentLiveAt), gt(occurrence.closesAt, now()), isNull(occurrence.cancelledAt)));
			for (const { id } of running) await lookInto(id);
		},
	});
}
