import { createServer, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

import { eq } from 'drizzle-orm';

import { systemRandom } from '#kernel/id.ts';
import { createLog } from '#kernel/log.ts';
import type { Mail } from '#kernel/mailer.ts';
import { aSite } from '#tests/support/gate.ts';
import { createScoredHub, mara } from '#tests/support/scored.ts';

import { webhookDelivery } from '../../gating/schema.ts';
import type { Resolve } from '../../gating/webhook/address.ts';
import { createWebhooks, type Webhooks } from '../../gating/webhook/create-webhooks.ts';
import type { WebhookLevel } from '../../gating/webhook/message.ts';

export interface Received {
	readonly headers: Readonly<Record<string, string>>;
	readonly body: string;
}
type Answer = (response: ServerResponse, at: number) => void;

/** Answers with a status and a few words. */
export const status = (code: number) => (response: ServerResponse) => void response.writeHead(code).end('so be it');

/** A receiver on the loopback that answers as told, and keeps what it got. */
async function aReceiver(answer: Answer) {
	const got: Received[] = [];
	const server: Server = createServer((request, response) => {
		let body = '';
		request.on('data', (chunk: Buffer) => (body += chunk.toString()));
		request.on('end', () => {
			got.push({ headers: request.headers as Record<string, string>, body });
			answer(response, got.length);
		});
	});
	await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
	return {
		got,
		url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/hook`,
		close: () =>
			new Promise<void>((done) => {
				server.closeAllConnections();
				server.close(() => done());
			}),
	};
}

/** Scored leads on a real database, webhooks over them, and receivers to send to. */
export async function createHookedHub(over: { readonly allowsLoopback?: boolean; readonly resolve?: Resolve } = {}) {
	const hub = await createScoredHub();
	const mails: Mail[] = [];
	const receivers: { close(): Promise<void> }[] = [];
	const hooks: Webhooks = createWebhooks({
		...{ db: hub.db, keys: hub.keys, now: () => hub.clock.at, random: systemRandom, log: createLog('silent') },
		...{ mailer: { send: async (mail) => void mails.push(mail), check: async () => 'ok', close: async () => undefined } },
		...{ origin: 'https://hub.example', content: () => aSite() },
		webhooks: { allowsLoopback: true, ...over },
	});
	const round = async () => {
		await hooks.runDue();
		await hooks.settled();
	};
	return {
		...hub,
		hooks,
		mails,
		round,
		receive: async (answer: Answer) => {
			const receiver = await aReceiver(answer);
			receivers.push(receiver);
			return receiver;
		},
		listen: (url: string, events: readonly string[] = ['lead.created'], level: WebhookLevel = 'thin') =>
			hooks.create({ url, name: 'CRM', events, level }, mara),
		pass: (milliseconds: number) => (hub.clock.at = new Date(hub.clock.at.getTime() + milliseconds)),
		/** Rounds until nothing waits any more, each after the wait that is due. */
		untilSettled: async () => {
			for (let rounds = 0; rounds < 20; rounds++) {
				await round();
				const waiting = hub.db.read.select().from(webhookDelivery).where(eq(webhookDelivery.state, 'waiting'));
				const [next] = await waiting.orderBy(webhookDelivery.dueAt).limit(1);
				if (!next) return;
				hub.clock.at = next.dueAt;
			}
		},
		/** Of each delivery: state, attempts, error. */
		states: async () => (await hub.db.read.select().from(webhookDelivery)).map((row) => [row.state, row.attempts, row.lastError]),
		close: async () => {
			await hooks.stop();
			await Promise.all(receivers.map((one) => one.close()));
			await hub.close();
		},
	};
}

export type HookedHub = Awaited<ReturnType<typeof createHookedHub>>;
