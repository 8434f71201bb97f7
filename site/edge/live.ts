import type { Writable } from 'node:stream';

import { bareSocketOf } from './bare-socket.ts';
import { type Exchange, startAnswer } from './exchange.ts';
import { identify } from './identify.ts';
import type { EdgeApp } from './parts.ts';
import { refuse, refuseMethod } from './refuse.ts';

/** One message of a room. `seq` grows by one with each; a room's log never has two with the same. */
export interface RoomMessage {
	readonly seq: number;
	readonly kind: string;
}

export interface RoomStream {
	/** Messages after `seq`, in order. */
	since(occurrenceId: string, seq: number): Promise<readonly RoomMessage[]>;
	/** Calls `listener` for each message after its commit. Returns the function that ends it. */
	subscribe(occurrenceId: string, listener: (message: RoomMessage) => void): () => void;
}

export interface Live {
	/** Takes `GET /api/v1/webinars/{slug}/stream`. */
	handle(exchange: Exchange, slug: string): Promise<void>;
	/** Writes a comment to every stream, so that proxies keep it open. Called every {@link KEEP_ALIVE_MS}. */
	keepAlive(): void;
	/** Says good-bye and ends every stream; browsers come back after a few seconds, not all at once. */
	bye(): void;
	/** Cuts off whoever did not take the good-bye. */
	cut(): void;
	clients(): number;
}

export const KEEP_ALIVE_MS = 25_000;
/** A client that has not taken this much is gone or too slow. */
const BACKLOG_LIMIT_BYTES = 1_048_576;
/** Rooms that one registrant may have open at once: some tabs and devices, and not a whole office on one link. */
export const STREAMS_EACH = 4;
const STREAM_PATH = /^\/api\/v1\/webinars\/([a-z0-9-]{1,120})\/stream$/;

/** The webinar's slug when `path` is the address of a stream. */
export function streamSlug(path: string): string | null {
	return STREAM_PATH.exec(path)?.[1] ?? null;
}

interface Client {
	readonly out: Writable;
	/** Whose seat it is; '' when nobody says. */
	readonly registrantId: string;
	/** Last sequence number written; null while older messages are being read. */
	seq: number | null;
}

interface Room {
	readonly clients: Set<Client>;
	/** Last sequence number sent to all; null while nobody has caught up yet. */
	seq: number | null;
	/** Messages are handed out one after another, also while a gap is filled. */
	tail: Promise<void>;
	end(): void;
}

/** Rooms' messages over server-sent events: replay after `Last-Event-ID`, then live, each once and in order. */
export function createLive(app: Pick<EdgeApp, 'webinars' | 'gating' | 'log'>): Live {
	const rooms = new Map<string, Room>();
	const { stream } = app.webinars;

	const roomOf = (occurrenceId: string): Room => {
		const open = rooms.get(occurrenceId);
		if (open) return open;
		const room: Room = { clients: new Set(), seq: null, tail: Promise.resolve(), end: () => undefined };
		rooms.set(occurrenceId, room);
		room.end = stream.subscribe(occurrenceId, (message) => {
			room.tail = room.tail
				.then(() => hand(occurrenceId, room, message))
				.catch((error: unknown) => app.log.error({ err: error, occurrenceId }, 'a room message was not handed out'));
		});
		return room;
	};

	/** What came in between is read from the log first: another process may have committed it, and its notice may be late. */
	const hand = async (occurrenceId: string, room: Room, message: RoomMessage): Promise<void> => {
		if (message.seq <= (room.seq ?? 0)) return;
		const isNext = room.seq === null || message.seq === room.seq + 1;
		const messages = isNext ? [message] : await stream.since(occurrenceId, room.seq ?? 0);
		for (const one of messages.length > 0 ? messages : [message]) {
			if (one.seq <= (room.seq ?? 0)) continue;
			room.seq = one.seq;
			const bytes = Buffer.from(frame(one));
			for (const client of room.clients) {
				if (client.seq !== null && one.seq > client.seq) write(client, one.seq, bytes);
			}
		}
	};

	/** A further room of one registrant ends the one that they opened first, and says why, so that it does not come back by itself. */
	const makeRoomFor = (room: Room, registrantId: string): void => {
		if (registrantId === '') return;
		const own = [...room.clients].filter((client) => client.registrantId === registrantId);
		for (const oldest of own.slice(0, Math.max(0, own.length - STREAMS_EACH + 1))) {
			room.clients.delete(oldest);
			end(oldest.out, 'event: elsewhere\ndata: {}\n\n');
		}
	};

	const leave = (occurrenceId: string, room: Room, client: Client): void => {
		room.clients.delete(client);
		if (room.clients.size > 0 || rooms.get(occurrenceId) !== room) return;
		rooms.delete(occurrenceId);
		room.end();
	};

	/** Reads and writes until nothing new came while reading; from then on the client is live. */
	const catchUp = async (occurrenceId: string, room: Room, client: Client, after: number): Promise<void> => {
		let seq = after;
		for (;;) {
			const missed = await stream.since(occurrenceId, seq);
			for (const message of missed) {
				if (message.seq <= seq) continue;
				seq = message.seq;
				client.out.write(frame(message));
			}
			if (missed.length === 0 || (room.seq ?? 0) <= seq) break;
		}
		const isFirst = ![...room.clients].some((other) => other.seq !== null);
		if (isFirst) room.seq = Math.max(room.seq ?? 0, seq);
		client.seq = seq;
	};

	return Object.freeze<Live>({
		handle: async (exchange, slug) => {
			const { req, res } = exchange;
			if (exchange.method !== 'GET') return refuseMethod(exchange, 'GET');
			const admission = await app.webinars.admit(slug, await identify(app, req.headers.cookie));
			if (admission.status !== 'admitted') return refuse(exchange, admission.status === 'unknown' ? 'not-found' : 'forbidden');
			if (res.destroyed) return;

			const { occurrenceId } = admission;
			// The stream ends with its connection. Without chunks a line is one buffer for all, and one write for each.
			res.shouldKeepAlive = false;
			res.useChunkedEncodingByDefault = false;
			startAnswer(exchange, 200, {
				'content-type': 'text/event-stream; charset=utf-8',
				'cache-control': 'no-store, no-transform',
				'x-accel-buffering': 'no',
			});
			res.write('retry: 3000\n\n');
			req.socket.setNoDelay(true);
			const seq = lastEventId(req.headers['last-event-id']);
			const out = await bareSocketOf(req, res);
			if (out.destroyed) return;
			const room = roomOf(occurrenceId);
			makeRoomFor(room, admission.registration.id);
			const client: Client = { out, registrantId: admission.registration.id, seq: null };
			room.clients.add(client);
			out.once('close', () => leave(occurrenceId, room, client));
			try {
				await catchUp(occurrenceId, room, client, seq);
			} catch (error) {
				app.log.error({ err: error, occurrenceId }, 'a room could not be replayed');
				out.destroy();
			}
		},
		keepAlive: () => {
			for (const room of rooms.values()) for (const { out } of room.clients) if (!isTooSlow(out)) out.write(':\n\n');
		},
		bye: () => {
			for (const room of rooms.values()) {
				for (const { out } of room.clients) end(out, `retry: ${2_000 + Math.floor(Math.random() * 6_000)}\nevent: bye\ndata: {}\n\n`);
			}
		},
		cut: () => {
			for (const room of rooms.values()) for (const { out } of room.clients) out.destroy();
		},
		clients: () => [...rooms.values()].reduce((sum, room) => sum + room.clients.size, 0),
	});
}

function write(client: Client, seq: number, bytes: Buffer): void {
	client.seq = seq;
	if (!isTooSlow(client.out)) client.out.write(bytes);
}

/** Says a last word, and closes the connection without waiting for the other side to do so. */
function end(out: Writable, word: string): void {
	out.end(word, () => out.destroy());
}

function isTooSlow(out: Writable): boolean {
	if (out.writableLength <= BACKLOG_LIMIT_BYTES) return false;
	out.destroy();
	return true;
}

function frame(message: RoomMessage): string {
	return `id: ${message.seq}\nevent: ${message.kind}\ndata: ${JSON.stringify(message)}\n\n`;
}

function lastEventId(header: string | string[] | undefined): number {
	const seq = Number(header ?? 0);
	return Number.isSafeInteger(seq) && seq > 0 ? seq : 0;
}
