import type { ServerResponse } from 'node:http';

import { readCookie } from './cookie.ts';
import { type Exchange, startAnswer } from './exchange.ts';
import type { EdgeApp } from './parts.ts';
import { refuse, refuseMethod } from './refuse.ts';

/** Where the console's queue hears that it has changed. */
export const QUEUE_STREAM_PATH = '/console/queue/stream';

const LOOK_MS = 1_000;
/** Tabs of one member of staff that hear at once; a further one ends the oldest. */
const STREAMS_EACH = 6;

export interface QueueStream {
	/** Takes `GET /console/queue/stream` of signed-in staff who work leads. */
	handle(exchange: Exchange): Promise<void>;
	/** Keeps proxies from closing streams, and ends those whose session is over. */
	keepAlive(): void;
	/** Ends every stream; browsers come back after a few seconds. */
	bye(): void;
}

interface Client {
	readonly res: ServerResponse;
	readonly staffId: string;
	readonly cookie: string | undefined;
	/** The state of the queue that it was told last. */
	told: number;
}

/**
 * Tells browsers that the queue has changed, by a number that every change raises, whichever process made it. It is asked for once a second for
 * all, and only while somebody listens. What has changed the page asks for itself, with the rights of its reader.
 */
export function createQueueStream({ gating, log }: Pick<EdgeApp, 'gating' | 'log'>): QueueStream {
	const clients = new Set<Client>();
	let timer: NodeJS.Timeout | null = null;
	let isLooking = false;

	const tell = async (client: Client, revision: number): Promise<void> => {
		if (client.told === revision) return;
		client.told = revision;
		const { mine, unassigned, overdue } = await gating.routing.waiting(client.staffId);
		client.res.write(`id: ${revision}\nevent: queue\ndata: ${JSON.stringify({ mine, unassigned, overdue })}\n\n`);
	};
	const look = async (): Promise<void> => {
		if (isLooking) return;
		isLooking = true;
		try {
			const revision = await gating.routing.revision();
			for (const client of clients) await tell(client, revision);
		} catch (error) {
			log.error({ err: error }, 'the queue could not be looked at');
		} finally {
			isLooking = false;
		}
	};
	const leave = (client: Client): void => {
		clients.delete(client);
		if (clients.size > 0 || timer === null) return;
		clearInterval(timer);
		timer = null;
	};
	const check = async (client: Client): Promise<void> => {
		const staff = await gating.staff.session(client.cookie);
		if (!staff || !gating.staff.can(staff.role, 'leads.work')) client.res.end();
		else client.res.write(':\n\n');
	};

	return Object.freeze<QueueStream>({
		handle: async (exchange) => {
			const { req, res, method } = exchange;
			if (method !== 'GET') return refuseMethod(exchange, 'GET');
			const cookie = readCookie(req.headers.cookie, 'foyer_staff');
			const staff = await gating.staff.session(cookie);
			if (!staff || !gating.staff.can(staff.role, 'leads.work')) return refuse(exchange, 'forbidden');
			const revision = await gating.routing.revision();
			if (res.destroyed) return;
			startAnswer(exchange, 200, {
				'content-type': 'text/event-stream; charset=utf-8',
				'cache-control': 'no-store, no-transform',
				'x-accel-buffering': 'no',
			});
			res.write('retry: 3000\n\n');
			const own = [...clients].filter(({ staffId }) => staffId === staff.id);
			for (const oldest of own.slice(0, Math.max(0, own.length - STREAMS_EACH + 1))) oldest.res.end('event: elsewhere\ndata: {}\n\n');
			// Who was here before is told what came meanwhile; a new page has just read it.
			const last = Number(req.headers['last-event-id'] ?? revision);
			const client: Client = { res, staffId: staff.id, cookie, told: Number.isSafeInteger(last) ? last : revision };
			clients.add(client);
			res.once('close', () => leave(client));
			timer ??= setInterval(() => void look(), LOOK_MS).unref();
			await tell(client, revision);
		},
		keepAlive: () => {
			for (const client of clients)
				void check(client).catch((error: unknown) => log.error({ err: error }, 'a session of the queue could not be looked at'));
		},
		bye: () => {
			for (const { res } of clients) res.end(`retry: ${2_000 + Math.floor(Math.random() * 6_000)}\nevent: bye\ndata: {}\n\n`);
		},
	});
}
