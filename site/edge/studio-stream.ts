import type { ServerResponse } from 'node:http';

import { readCookie } from './cookie.ts';
import { type Exchange, startAnswer } from './exchange.ts';
import type { EdgeApp } from './parts.ts';
import { refuse, refuseMethod } from './refuse.ts';

const STREAM_PATH = /^\/console\/webinars\/([A-Za-z0-9-]{1,64})\/studio\/stream$/;
/** Studios of one member of staff that hear at once; a further one ends the oldest. */
const STREAMS_EACH = 6;

/** What the studio hears of: lines of a room, for everybody or for the host's side. */
export interface StudioLines {
	subscribe(occurrenceId: string, listener: (line: { readonly message: { readonly seq: number; readonly kind: string } }) => void): () => void;
}

/** The occurrence's id when `path` is the address of a studio's stream. */
export function studioOf(path: string): string | null {
	return STREAM_PATH.exec(path)?.[1] ?? null;
}

export interface StudioStream {
	/** Takes `GET /console/webinars/{id}/studio/stream` of staff who host. */
	handle(exchange: Exchange, occurrenceId: string): Promise<void>;
	/** Keeps proxies from closing streams, and ends those whose session is over. */
	keepAlive(): void;
	/** Ends every stream; browsers come back after a few seconds. */
	bye(): void;
}

interface Client {
	readonly res: ServerResponse;
	readonly staffId: string;
	readonly cookie: string | undefined;
}

/**
 * Tells studios that something was added to a room's log, by its number and kind. What it was the studio asks for itself, with the rights of its
 * host: a lost connection misses nothing, since the board is always asked for whole.
 */
export function createStudioStream({ gating, webinars, log }: Pick<EdgeApp, 'gating' | 'log' | 'webinars'>): StudioStream {
	const clients = new Set<Client>();
	const mayHost = async (cookie: string | undefined) => {
		const staff = await gating.staff.session(cookie);
		return staff && gating.staff.can(staff.role, 'webinars.host') ? staff : null;
	};
	const check = async ({ res, cookie }: Client): Promise<void> => {
		if (await mayHost(cookie)) res.write(':\n\n');
		else res.end();
	};

	return Object.freeze<StudioStream>({
		handle: async (exchange, occurrenceId) => {
			const { req, res, method } = exchange;
			if (method !== 'GET') return refuseMethod(exchange, 'GET');
			const cookie = readCookie(req.headers.cookie, 'foyer_staff');
			const staff = await mayHost(cookie);
			if (!staff) return refuse(exchange, 'forbidden');
			if (res.destroyed) return;
			startAnswer(exchange, 200, {
				'content-type': 'text/event-stream; charset=utf-8',
				'cache-control': 'no-store, no-transform',
				'x-accel-buffering': 'no',
			});
			res.write('retry: 2000\n\nevent: board\ndata: {}\n\n');
			const own = [...clients].filter(({ staffId }) => staffId === staff.id);
			for (const oldest of own.slice(0, Math.max(0, own.length - STREAMS_EACH + 1))) oldest.res.end('event: elsewhere\ndata: {}\n\n');
			const client: Client = { res, staffId: staff.id, cookie };
			clients.add(client);
			const end = webinars.studio.stream.subscribe(occurrenceId, ({ message: { seq, kind } }) => {
				res.write(`event: board\ndata: ${JSON.stringify({ seq, kind })}\n\n`);
			});
			res.once('close', () => {
				clients.delete(client);
				end();
			});
		},
		keepAlive: () => {
			for (const client of clients)
				void check(client).catch((error: unknown) => log.error({ err: error }, 'a session of a studio could not be looked at'));
		},
		bye: () => {
			for (const { res } of clients) res.end(`retry: ${2_000 + Math.floor(Math.random() * 6_000)}\nevent: bye\ndata: {}\n\n`);
		},
	});
}
