import { eq } from 'drizzle-orm';

import type { Handle } from '#kernel/database.ts';
import { DomainError } from '#kernel/errors.ts';
import { newId } from '#kernel/id.ts';

import type { WebinarsDeps } from '../deps.ts';
import type { FanOut } from '../interaction/fan-out.ts';
import type { StageCall } from '../interaction/kinds.ts';
import { append, roomLock } from '../interaction/log.ts';
import { runOf, statusAt } from '../programme/status.ts';
import { registrationById } from '../registration/registration.ts';
import { registration, roomBan } from '../schema.ts';
import { type Host, hosted, noteAct } from './host.ts';
import { changeSeat, identityOf, isWelcome, MOST_ON_STAGE, type Seat, seatFor, seatOf, takenOf } from './seat.ts';

export interface CallOutcome {
	readonly status: 'called' | 'stage-full' | 'not-live' | 'banned' | 'unknown';
}
export interface AnswerOutcome {
	readonly status: 'on-stage' | 'declined' | 'stage-full' | 'not-called';
}

/** What a host does with people. All of it holds at once, and for every token minted afterwards. */
export interface Calls {
	/** Calls a registrant to the stage; their page asks them. */
	invite(host: Host, registrationId: string): Promise<CallOutcome>;
	/** Brings a registrant back to the audience, or takes the call back. */
	bringBack(host: Host, identity: string): Promise<void>;
	/** @throws DomainError not-found, unavailable */
	mute(host: Host, identity: string): Promise<void>;
	/** Closes somebody's connection. They may come back. */
	remove(host: Host, identity: string): Promise<void>;
	/** Closes somebody's connection for good: no token is minted for them, and they say nothing in the room. */
	ban(host: Host, identity: string): Promise<void>;
	unban(host: Host, identity: string): Promise<void>;
}

export type CallsDeps = Pick<WebinarsDeps, 'db' | 'keys' | 'now' | 'random' | 'rooms' | 'log'> & { readonly fanOut: FanOut };

export function createCalls({ db, keys, now, random, rooms, log, fanOut }: CallsDeps): Calls {
	const deps = { keys, now, random };
	const tell = (tx: Handle, occurrenceId: string, data: StageCall): Promise<number | null> =>
		append(tx, { id: newId(now(), random), occurrenceId, kind: 'stage-call', data, at: now() });

	/** One body under the room's lock with its line of the audit log, then everybody hears. */
	const act = async <T>(host: Host, action: string, subject: string, body: (tx: Handle) => Promise<T>): Promise<T> => {
		const result = await db.write(
			async (tx) => {
				const done = await body(tx);
				await noteAct(tx, host, { action, detail: { of: subject } }, deps);
				return done;
			},
			{ locks: roomLock(host.occurrenceId) },
		);
		await fanOut.pump(host.occurrenceId);
		return result;
	};
	const seatIn = async (tx: Handle, { occurrenceId }: Host, identity: string): Promise<Seat> => {
		const known = await seatOf(tx, occurrenceId, identity);
		if (known) return known;
		const rows = await tx.select({ id: registration.id }).from(registration).where(eq(registration.occurrenceId, occurrenceId));
		for (const { id } of rows) {
			const seat = await seatIfOf(tx, occurrenceId, id, identity);
			if (seat) return seat;
		}
		throw new DomainError('not-found', 'Nobody of this occurrence has that name.');
	};
	const seatIfOf = async (tx: Handle, occurrenceId: string, registrationId: string, identity: string): Promise<Seat | null> => {
		if (identityOf(keys, registrationId) !== identity) return null;
		return seatFor(tx, { occurrenceId, kind: 'registrant', holderId: registrationId, role: 'viewer' }, deps);
	};
	/** The rows hold already: where the media server does not hear, the next token and its webhooks see to it. */
	const atServer = async (host: Host, request: Promise<void>): Promise<void> => {
		try {
			await request;
		} catch (error) {
			if (!(error instanceof DomainError)) throw error;
			log.warn({ occurrenceId: host.occurrenceId, reason: error.message }, 'the media server was not told of an act of the host');
		}
	};
	const ban = async (tx: Handle, host: Host, seat: Seat, isBanned: boolean): Promise<void> => {
		await changeSeat(tx, seat.id, { bannedAt: isBanned ? now() : null, role: 'viewer', calledAt: null });
		const row = seat.kind === 'registrant' ? await registrationById(tx, seat.holderId) : null;
		if (!row) return;
		const { webinarId } = await hosted(tx, host);
		if (isBanned) await tx.insert(roomBan).values({ webinarId, personId: row.personId, by: host.actor, at: now() }).onConflictDoNothing();
	};

	return Object.freeze<Calls>({
		invite: (host, registrationId) =>
			act(host, 'stage.invite', `registration:${registrationId}`, async (tx): Promise<CallOutcome> => {
				const one = await hosted(tx, host);
				const row = await registrationById(tx, registrationId);
				if (row?.occurrenceId !== one.id || row.state !== 'registered') return { status: 'unknown' };
				if (one.mode !== 'live' || !runOf(one) || statusAt(one, now()) !== 'live') return { status: 'not-live' };
				const seat = await seatFor(tx, { occurrenceId: one.id, kind: 'registrant', holderId: row.id, role: 'viewer' }, deps);
				if (!isWelcome(seat)) return { status: 'banned' };
				if (seat.role === 'viewer' && (await takenOf(tx, one.id)) >= MOST_ON_STAGE) return { status: 'stage-full' };
				await changeSeat(tx, seat.id, { calledAt: now() });
				await tell(tx, one.id, { identity: seat.identity, call: 'invite' });
				return { status: 'called' };
			}),
		bringBack: async (host, identity) => {
			const wasOn = await act(host, 'stage.back', identity, async (tx) => {
				const seat = await seatIn(tx, host, identity);
				await changeSeat(tx, seat.id, { calledAt: null, ...(seat.kind === 'registrant' ? { role: 'viewer' as const } : {}) });
				await tell(tx, host.occurrenceId, { identity, call: seat.role === 'viewer' ? 'withdraw' : 'back' });
				return seat.role !== 'viewer' && seat.kind === 'registrant';
			});
			if (wasOn) await atServer(host, rooms.setRole(host.occurrenceId, identity, 'viewer', ''));
		},
		mute: async (host, identity) => {
			await rooms.mute(host.occurrenceId, identity);
			await db.write((tx) => noteAct(tx, host, { action: 'stage.mute', detail: { of: identity } }, deps));
		},
		remove: async (host, identity) => {
			await act(host, 'stage.remove', identity, async (tx) => {
				const seat = await seatOf(tx, host.occurrenceId, identity);
				if (seat?.kind === 'registrant') await changeSeat(tx, seat.id, { role: 'viewer', calledAt: null });
			});
			await atServer(host, rooms.kick(host.occurrenceId, identity));
		},
		ban: async (host, identity) => {
			await act(host, 'stage.ban', identity, async (tx) => ban(tx, host, await seatIn(tx, host, identity), true));
			await atServer(host, rooms.kick(host.occurrenceId, identity));
		},
		unban: (host, identity) => act(host, 'stage.unban', identity, async (tx) => ban(tx, host, await seatIn(tx, host, identity), false)),
	});
}
