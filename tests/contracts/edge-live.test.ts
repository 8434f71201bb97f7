import { type ClientRequest, type IncomingMessage, request } from 'node:http';

import { afterEach, describe, expect, test } from 'vitest';

import { pagesOf, startTestHub, type TestHub } from './edge-parts.ts';

let hub: TestHub;
const open: ClientRequest[] = [];
afterEach(async () => {
	open.splice(0).forEach((sent) => sent.destroy());
	await hub.close();
});

/** An event stream and everything it said so far. */
interface Listener {
	readonly text: string;
	readonly ended: boolean;
	ids(): number[];
	until(isDone: () => boolean): Promise<void>;
}

function listenerOf(res: IncomingMessage): Listener {
	const waiting = new Set<() => void>();
	const said = { text: '', ended: false };
	res.on('data', (chunk: Buffer) => {
		said.text += chunk.toString();
		waiting.forEach((check) => check());
	});
	res.on('close', () => {
		said.ended = true;
		waiting.forEach((check) => check());
	});
	return Object.assign(said, {
		ids: () => [...said.text.matchAll(/^id: (\d+)$/gm)].map((match) => Number(match[1])),
		until: (isDone: () => boolean) =>
			new Promise<void>((resolve) => {
				const check = (): void => {
					if (!isDone()) return;
					waiting.delete(check);
					resolve();
				};
				waiting.add(check);
				check();
			}),
	});
}

function listen(headers: Readonly<Record<string, string>> = {}): Promise<Listener> {
	return new Promise((resolve, reject) => {
		const sent = request(
			{
				port: hub.port,
				host: '127.0.0.1',
				path: '/api/v1/webinars/sizing/stream',
				agent: false,
				headers: { host: 'hub.test', cookie: 'foyer_pass=good', ...headers },
			},
			(res) => {
				expect(res.statusCode).toBe(200);
				expect(res.headers['content-type']).toBe('text/event-stream; charset=utf-8');
				resolve(listenerOf(res));
			},
		);
		sent.on('error', reject);
		sent.end();
		open.push(sent);
	});
}

const upTo = (from: number, to: number): number[] => Array.from({ length: to - from + 1 }, (_, index) => from + index);

describe('a room’s stream', () => {
	test('is for those admitted', async () => {
		hub = await startTestHub();
		expect((await hub.ask('/api/v1/webinars/sizing/stream')).status).toBe(403);
		expect((await hub.ask('/api/v1/webinars/other/stream')).status).toBe(404);
		expect((await hub.ask('/api/v1/webinars/sizing/stream', { method: 'POST' })).status).toBe(405);
	});

	test('tells what was said before, then what is said', async () => {
		hub = await startTestHub();
		hub.say('chat');
		hub.say('poll-opened');
		const listener = await listen();
		await listener.until(() => listener.ids().length === 2);
		hub.say('chat');
		await listener.until(() => listener.ids().length === 3);
		expect(listener.ids()).toEqual([1, 2, 3]);
		expect(listener.text).toContain('id: 2\nevent: poll-opened\ndata: {"seq":2,"kind":"poll-opened"}\n\n');
	});

	test('goes on after the last message a browser had', async () => {
		hub = await startTestHub();
		for (let n = 0; n < 5; n++) hub.say('chat');
		const listener = await listen({ 'last-event-id': '3' });
		await listener.until(() => listener.ids().includes(5));
		expect(listener.ids()).toEqual([4, 5]);
	});

	test.each([['-1'], ['x'], ['1e99'], ['9'.repeat(30)]])('takes the broken Last-Event-ID %s for none', async (id) => {
		hub = await startTestHub();
		hub.say('chat');
		const listener = await listen({ 'last-event-id': id });
		await listener.until(() => listener.ids().length === 1);
	});

	test('misses and repeats nothing that is said while the log is read', async () => {
		let reads = 0;
		hub = await startTestHub({
			since: () => {
				reads += 1;
				if (reads <= 3) hub.say('chat');
				return Promise.resolve();
			},
		});
		hub.say('chat');
		const listener = await listen();
		await listener.until(() => listener.ids().includes(hub.messages.length));
		const last = hub.say('chat').seq;
		await listener.until(() => listener.ids().includes(last));
		expect(reads).toBeGreaterThan(1);
		expect(listener.ids()).toEqual(upTo(1, last));
	});

	test('fills a gap when the notice of a message is late', async () => {
		hub = await startTestHub();
		hub.say('chat');
		const listener = await listen();
		await listener.until(() => listener.ids().length === 1);
		const late = hub.say('chat', { isAnnounced: false });
		hub.say('chat');
		hub.announce(late);
		hub.say('chat');
		await listener.until(() => listener.ids().includes(4));
		expect(listener.ids()).toEqual(upTo(1, 4));
	});

	test('reaches everybody in the same order', async () => {
		hub = await startTestHub();
		const listeners = await Promise.all(Array.from({ length: 30 }, () => listen()));
		for (let n = 0; n < 50; n++) hub.say('chat');
		await Promise.all(listeners.map((listener) => listener.until(() => listener.ids().length >= 50)));
		for (const listener of listeners) expect(listener.ids()).toEqual(upTo(1, 50));
	});

	test('is kept open by comments', async () => {
		hub = await startTestHub();
		const listener = await listen();
		hub.hub.live.keepAlive();
		await listener.until(() => listener.text.includes('\n:\n\n'));
	});

	test('forgets who left', async () => {
		hub = await startTestHub();
		await listen();
		expect(hub.hub.live.clients()).toBe(1);
		open.splice(0).forEach((sent) => sent.destroy());
		while (hub.hub.live.clients() > 0) await new Promise((resolve) => setImmediate(resolve));
	});
});

describe('an orderly stop', () => {
	test('says good-bye to streams, finishes what was begun, and takes nothing new', async () => {
		let finish: () => void = () => undefined;
		const finished = new Promise<void>((resolve) => (finish = resolve));
		let begun: () => void = () => undefined;
		const rendering = new Promise<void>((resolve) => (begun = resolve));
		hub = await startTestHub({
			pages: pagesOf(async () => {
				begun();
				await finished;
				return { body: 'whole' };
			}),
		});
		const listener = await listen();
		const page = hub.ask('/search');
		await rendering;
		const stopped = hub.hub.stop();
		await listener.until(() => listener.ended);
		expect(listener.text).toMatch(/retry: \d+\nevent: bye\ndata: \{\}\n\n$/);
		await expect(hub.ask('/healthz')).rejects.toThrow('ECONNREFUSED');
		finish();
		expect((await page).text).toBe('whole');
		await stopped;
	});
});

test('a registrant has four rooms open at most: the oldest is told, and ends; others are not touched', async () => {
	hub = await startTestHub();
	const [mine, theirs] = ['foyer_pass=good; foyer_ask=AAAAAAAAAAAAAAAAAAAAAA', 'foyer_pass=good; foyer_ask=BBBBBBBBBBBBBBBBBBBBBB'];
	const other = await listen({ cookie: theirs });
	const own: Listener[] = [];
	for (let at = 0; at < 5; at++) own.push(await listen({ cookie: mine }));
	await own[0]!.until(() => own[0]!.ended);
	expect(own[0]!.text).toContain('event: elsewhere');
	expect([...own.slice(1), other].map(({ ended, text }) => ended || text.includes('elsewhere'))).toEqual([false, false, false, false, false]);
});
