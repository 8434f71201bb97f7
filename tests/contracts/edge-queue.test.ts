import { get } from 'node:http';
import { afterEach, expect, test } from 'vitest';

import { until } from '#tests/support/until.ts';

import { startTestHub, type TestHub } from './edge-parts.ts';

let hub: TestHub;
afterEach(() => hub.close());

/** Opens the stream as a browser with this cookie; what it said so far. */
async function listen(cookie: string, lastEventId?: number): Promise<{ readonly status: number; said(): string; close(): void }> {
	return new Promise((resolve, reject) => {
		const headers = { host: 'hub.test', cookie, ...(lastEventId !== undefined && { 'last-event-id': String(lastEventId) }) };
		const request = get({ port: hub.port, host: '127.0.0.1', path: '/console/queue/stream', headers }, (response) => {
			let said = '';
			response.setEncoding('utf8').on('data', (chunk: string) => (said += chunk)).on('error', () => undefined); // prettier-ignore
			resolve({ status: response.statusCode ?? 0, said: () => said, close: () => request.destroy() });
		});
		request.on('error', reject);
	});
}

test('staff hear of a change that any process made, once; who was away hears at once what they missed', async () => {
	let revision = 7;
	hub = await startTestHub({ queue: () => revision });
	const stream = await listen('foyer_staff=marketer');
	expect(stream.status).toBe(200);
	revision = 8;
	await until('the change', () => stream.said().includes('event: queue'));
	expect(stream.said()).toContain('id: 8\nevent: queue\ndata: {"mine":1,"unassigned":2,"overdue":0}\n\n');
	const back = await listen('foyer_staff=marketer', 5);
	await until('what was missed', () => back.said().includes('id: 8'));
	expect(stream.said().match(/event: queue/g)).toHaveLength(1);
	stream.close();
	back.close();
});

test('strangers hear nothing', async () => {
	hub = await startTestHub();
	expect((await hub.ask('/console/queue/stream')).status).toBe(403);
	expect((await hub.ask('/console/queue/stream', { method: 'POST' })).status).toBe(405);
});
