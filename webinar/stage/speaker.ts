import { and, eq } from 'drizzle-orm';

import type { Handle } from '#kernel/database.ts';
import { MINUTE_MS } from '#kernel/clock.ts';
import { hashSecret, newId, newSecret } from '#kernel/id.ts';
import { type Keys, openAlone, sealAlone } from '#kernel/keys.ts';
import { readToken, signToken } from '#kernel/signed-token.ts';

import type { WebinarsDeps } from '../deps.ts';
import { roomLock } from '../interaction/log.ts';
import { type Occurrence, occurrenceById } from '../programme/occurrence.ts';
import { statusAt } from '../programme/status.ts';
import { stageSeat } from '../schema.ts';
import { type Host, noteAct } from './host.ts';
import { changeSeat, identityOf, isWelcome, MOST_ON_STAGE, type Seat, seatById, takenOf } from './seat.ts';

const NAME_CONTEXT = 'stage_seat.sealed_name';
const LONGEST_NAME = 80;
/** A browser that came by a link stays a speaker for so long. */
const SESSION_MS = 12 * 60 * MINUTE_MS;

/** A speaker without an account, invited by a link. */
export interface Speaker {
	readonly seatId: string;
	readonly identity: string;
	readonly name: string;
	readonly isRevoked: boolean;
}

export type SpeakerLink =
	{ readonly status: 'ready'; readonly name: string; readonly occurrence: Occurrence } | { readonly status: 'revoked' | 'over' | 'unknown' };
export type EnterOutcome = { readonly status: 'entered'; readonly session: string; readonly maxAgeSeconds: number } | { readonly status: 'refused' };
export interface AddOutcome {
	readonly status: 'added' | 'stage-full' | 'name';
	/** Secret part of the address that is sent to the speaker; shown once. '' unless added. */
	readonly token: string;
}

/** Speakers by link. A link is signed, kept as a hash and can be taken back; only its POST lets in. */
export interface Speakers {
	add(host: Host, name: string): Promise<AddOutcome>;
	/** The link opens nothing any more, and who came by it is put out. */
	revoke(host: Host, seatId: string): Promise<void>;
	list(occurrenceId: string): Promise<readonly Speaker[]>;
	/** What a link is for. Changes nothing. */
	peek(token: string): Promise<SpeakerLink>;
	/** A press of the link's button: what the browser shows from then on. Uses of links that were taken back are logged. */
	enter(token: string): Promise<EnterOutcome>;
	/** Who a browser is that came by a link; null when it is nobody, or was taken back. */
	session(session: string | undefined): Promise<{ readonly speaker: Speaker; readonly occurrence: Occurrence } | null>;
}

export function createSpeakers(deps: Pick<WebinarsDeps, 'db' | 'keys' | 'now' | 'random' | 'rooms' | 'log'>): Speakers {
	const { db, keys, now, random, rooms, log } = deps;

	const find = async (token: string): Promise<{ readonly seat: Seat; readonly occurrence: Occurrence } | null> => {
		const read = readToken(keys, 'speaker', token, now());
		if (read.status !== 'valid') return null;
		const [seatId = '', secret = ''] = read.subject.split(' ');
		const seat = secret === '' ? null : await seatById(db.read, seatId);
		if (seat?.kind !== 'link' || seat.linkHash !== hashSecret(secret)) return null;
		const occurrence = await occurrenceById(db.read, seat.occurrenceId);
		return occurrence && { seat, occurrence };
	};
	const stateOf = ({ seat, occurrence }: { readonly seat: Seat; readonly occurrence: Occurrence }): 'ready' | 'revoked' | 'over' => {
		if (!isWelcome(seat)) return 'revoked';
		return occurrence.cancelledAt !== null || statusAt(occurrence, now()) === 'ended' ? 'over' : 'ready';
	};

	return Object.freeze<Speakers>({
		add: async (host, given) => {
			const name = given.trim();
			if (name === '' || name.length > LONGEST_NAME || !name.isWellFormed()) return { status: 'name', token: '' };
			const secret = newSecret(random);
			return db.write(
				async (tx): Promise<AddOutcome> => {
					if ((await takenOf(tx, host.occurrenceId)) >= MOST_ON_STAGE) return { status: 'stage-full', token: '' };
					const id = await insertLink(tx, host, name, secret);
					await noteAct(tx, host, { action: 'stage.speaker', detail: { of: id } }, deps);
					return { status: 'added', token: signToken(keys, 'speaker', `${id} ${secret}`, null) };
				},
				{ locks: roomLock(host.occurrenceId) },
			);
		},
		revoke: async (host, seatId) => {
			const identity = await db.write(async (tx) => {
				const seat = await seatById(tx, seatId);
				if (seat?.occurrenceId !== host.occurrenceId || seat.kind !== 'link') return null;
				await changeSeat(tx, seat.id, { revokedAt: now() });
				await noteAct(tx, host, { action: 'stage.revoke', detail: { of: seatId } }, deps);
				return seat.identity;
			});
			if (identity !== null && rooms.isAvailable) await rooms.kick(host.occurrenceId, identity).catch(() => undefined); // refused at the next token
		},
		list: async (occurrenceId) => {
			const rows = await db.read
				.select()
				.from(stageSeat)
				.where(and(eq(stageSeat.occurrenceId, occurrenceId), eq(stageSeat.kind, 'link')))
				.orderBy(stageSeat.createdAt, stageSeat.id);
			return rows.map((row) => speakerOf(keys, row));
		},
		peek: async (token) => {
			const found = await find(token);
			if (!found) return { status: 'unknown' };
			const status = stateOf(found);
			return status === 'ready' ? { status, name: speakerOf(keys, found.seat).name, occurrence: found.occurrence } : { status };
		},
		enter: async (token) => {
			const found = await find(token);
			const state = found && stateOf(found);
			if (!found || state !== 'ready') {
				log.warn({ seatId: found?.seat.id, state: state ?? 'unknown' }, 'a link of a speaker was refused');
				return { status: 'refused' };
			}
			const session = signToken(keys, 'speaker-session', `${found.seat.id} ${found.seat.linkHash}`, new Date(now().getTime() + SESSION_MS));
			return { status: 'entered', session, maxAgeSeconds: SESSION_MS / 1_000 };
		},
		session: async (session) => {
			const read = session === undefined ? null : readToken(keys, 'speaker-session', session, now());
			if (read?.status !== 'valid') return null;
			const [seatId = '', linkHash] = read.subject.split(' ');
			const seat = await seatById(db.read, seatId);
			if (seat?.kind !== 'link' || seat.linkHash !== linkHash) return null;
			if (!isWelcome(seat)) {
				log.warn({ seatId }, 'a speaker whose link was taken back came again');
				return null;
			}
			const occurrence = await occurrenceById(db.read, seat.occurrenceId);
			return occurrence && { speaker: speakerOf(keys, seat), occurrence };
		},
	});

	async function insertLink(tx: Handle, { occurrenceId }: Host, name: string, secret: string): Promise<string> {
		const at = now();
		const id = newId(at, random);
		await tx.insert(stageSeat).values({
			...{ id, occurrenceId, kind: 'link', holderId: id, identity: identityOf(keys, id), role: 'speaker', calledAt: null, createdAt: at },
			...{ sealedName: sealAlone(keys, NAME_CONTEXT, name), linkHash: hashSecret(secret), revokedAt: null, bannedAt: null },
		});
		return id;
	}
}

export function speakerOf(keys: Keys, { id, identity, sealedName, revokedAt, bannedAt }: Seat): Speaker {
	const name = sealedName === null ? null : openAlone(keys, NAME_CONTEXT, sealedName);
	return { seatId: id, identity, name: name ?? '', isRevoked: revokedAt !== null || bannedAt !== null };
}
