import { connect } from 'node:net';

import { afterAll, beforeAll, describe, expect, test } from 'vitest';

import { askHttp, startTestHub, type TestHub } from './edge-parts.ts';

describe('what every request goes through', () => {
	let hub: TestHub;
	beforeAll(async () => {
		hub = await startTestHub({
			api: () => {
				throw new Error('a secret cause');
			},
			server: { metricsToken: 'metrics-token-metrics' },
		});
	});
	afterAll(() => hub.close());

	test('answers to its public name and, from this machine, to loopback names', async () => {
		expect((await hub.ask('/nothing')).status).toBe(404);
		expect((await hub.ask('/nothing', { headers: { host: 'HUB.test:80' } })).status).toBe(404);
		expect((await hub.ask('/nothing', { headers: { host: 'localhost:4321' } })).status).toBe(404);
	});

	test('refuses a foreign host with 421 and says what to do', async () => {
		const { status, text } = await hub.ask('/', { headers: { host: 'evil.test' } });
		expect(status).toBe(421);
		expect(JSON.parse(text)).toMatchObject({ code: 'host', status: 421, detail: expect.stringContaining('PUBLIC_URL') });
	});

	test('health is told under any host name', async () => {
		expect((await hub.ask('/healthz', { headers: { host: '10.0.0.7' } })).text).toBe('ok\n');
		const { status, text } = await hub.ask('/readyz', { headers: { host: '10.0.0.7' } });
		expect(status).toBe(200);
		expect(JSON.parse(text)).toEqual({
			state: 'degraded',
			parts: { database: { state: 'ok', reason: '' }, search: { state: 'down', reason: 'the index is being built' } },
		});
	});

	test('metrics need their token', async () => {
		expect((await hub.ask('/metrics')).status).toBe(401);
		expect((await hub.ask('/metrics', { headers: { authorization: 'Bearer metrics-token-metricx' } })).status).toBe(401);
		const { status, text } = await hub.ask('/metrics', { headers: { authorization: 'Bearer metrics-token-metrics' } });
		expect(status).toBe(200);
		expect(text).toContain('foyer_outbox_waiting 3\n');
		expect(text).toMatch(/process_resident_memory_bytes \d+\n/);
	});

	test.each([['/%zz'], ['/a%00b'], ['//evil.test/x'], ['/a\\b'], ['http://evil.test/']])('answers 400 to the address %s', async (path) => {
		expect((await hub.ask(path)).status).toBe(400);
	});

	test('answers 405 with the methods that would do', async () => {
		const { status, headers } = await hub.ask('/', { method: 'OPTIONS' });
		expect([status, headers.allow]).toEqual([405, 'GET, HEAD, POST, PUT, PATCH, DELETE']);
		const beacon = await hub.ask('/api/v1/events');
		expect([beacon.status, beacon.headers.allow]).toEqual([405, 'POST']);
		const page = await hub.ask('/library', { method: 'DELETE' });
		expect([page.status, page.headers.allow]).toEqual([405, 'GET, HEAD, POST']);
	});

	test('every answer carries the one constant policy', async () => {
		const { headers } = await hub.ask('/nothing');
		expect(headers['content-security-policy']).toBe(
			"default-src 'self'; img-src 'self' data:; object-src 'none'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'",
		);
		expect(headers['x-content-type-options']).toBe('nosniff');
		expect(headers['x-request-id']).toMatch(/^[a-z0-9]+-[a-z0-9]+$/);
	});

	test('previews may be framed by the editor and by nobody else', async () => {
		const { headers } = await hub.ask('/preview/cases/1/key');
		expect(headers['content-security-policy']).toContain("frame-ancestors 'self' http://cms.test");
		expect(headers['referrer-policy']).toBe('no-referrer');
	});

	test('an unknown error is logged whole and answered by one sentence and a number', async () => {
		const { status, text, headers } = await hub.ask('/api/v1/leads');
		expect(status).toBe(500);
		expect(text).not.toContain('secret');
		expect(JSON.parse(text)).toMatchObject({ code: 'internal', instance: `urn:request:${headers['x-request-id'] as string}` });
		expect(hub.errors.at(-1)).toMatchObject({ requestId: headers['x-request-id'], err: expect.objectContaining({ message: 'a secret cause' }) });
	});

	test('people get a page in their language, programs a problem document', async () => {
		const page = await hub.ask('/zh-CN/nothing', { headers: { accept: 'text/html' } });
		expect(page.headers['content-type']).toContain('text/html');
		expect(page.text).toContain('页面不存在');
		const problem = await hub.ask('/api/v1/events', { headers: { accept: 'text/html', 'accept-language': 'de;q=0.9, zh-CN' } });
		expect(JSON.parse(problem.text)).toMatchObject({ title: '不支持该请求方法' });
	});

	test('what is no HTTP is answered with 400', async () => {
		const answer = await new Promise<string>((resolve) => {
			const socket = connect(hub.port, '127.0.0.1', () => socket.write('NONSENSE\r\n\r\n'));
			let text = '';
			socket.on('data', (chunk) => (text += chunk));
			socket.on('close', () => resolve(text));
		});
		expect(answer).toMatch(/^HTTP\/1\.1 400 /);
	});
});

describe('requests from other sites', () => {
	let hub: TestHub;
	beforeAll(async () => {
		hub = await startTestHub();
	});
	afterAll(() => hub.close());

	test.each([
		['a foreign origin', { origin: 'http://evil.test' }, 403],
		['an origin that names nobody', { origin: 'null' }, 403],
		['cross-site by the browser itself', { 'sec-fetch-site': 'cross-site', origin: 'http://hub.test' }, 403],
		['a sibling site', { 'sec-fetch-site': 'same-site' }, 403],
		['the own origin', { origin: 'http://hub.test' }, 200],
		['same-origin by the browser itself', { 'sec-fetch-site': 'same-origin' }, 200],
		['no browser at all', {}, 200],
	])('an unsafe request with %s is answered %s with %i', async (_name, headers, status) => {
		const sent = { ...headers, cookie: 'foyer_staff=x', 'content-type': 'application/json' } as Record<string, string>;
		expect((await hub.ask('/api/v1/leads/1/disposition', { method: 'POST', headers: sent, body: '{}' })).status).toBe(status);
	});

	test('a loopback name counts as its own origin', async () => {
		const headers = { host: 'localhost:9', origin: 'http://localhost:9' };
		expect((await hub.ask('/api/v1/consents', { method: 'POST', headers, body: '{}' })).status).toBe(200);
	});
});

describe('sizes and rates', () => {
	let hub: TestHub;
	beforeAll(async () => {
		hub = await startTestHub({ server: { trustedProxies: ['127.0.0.0/8'], apiToken: 'an-api-token-of-24-letters' } });
	});
	afterAll(() => hub.close());

	test('a body that says it is too large is refused unread', async () => {
		const answer = await hub.ask('/api/v1/events', { method: 'POST', body: Buffer.alloc(10 * 1_048_576, 'a') });
		expect(answer.status).toBe(413);
		expect(answer.headers.connection).toBe('close');
	});

	test('a body without a length is refused when it gets too large', async () => {
		const answer = await hub.ask('/api/v1/events', { method: 'POST', headers: { 'transfer-encoding': 'chunked' }, body: Buffer.alloc(300_000, 'a') });
		expect(answer.status).toBe(413);
	});

	test('forms take 64 KB', async () => {
		expect((await hub.ask('/api/v1/forms/paper/submissions', { method: 'POST', body: 'a'.repeat(65_537) })).status).toBe(413);
		expect((await hub.ask('/api/v1/leads', { method: 'POST', body: 'a'.repeat(65_537) })).status).toBe(200);
		expect((await hub.ask('/white-papers/x', { method: 'POST', body: 'a'.repeat(65_537) })).status).toBe(413);
	});

	test('only staff who may import send the console a long list', async () => {
		const send = (path: string, cookie: string) =>
			hub.ask(path, {
				method: 'POST',
				headers: { origin: 'http://hub.test', 'content-type': 'application/x-www-form-urlencoded', cookie: `foyer_staff=${cookie}` },
				body: `list=${'a'.repeat(2_000_000)}`,
			});
		expect((await send('/console/imports', 'somebody')).status).toBe(413);
		expect((await send('/console/leads', 'marketer')).status).toBe(413);
		// Read whole: these few pages have no console.
		expect((await send('/console/imports', 'marketer')).status).toBe(404);
	});

	test.each([['{"events":'], ['[]'], ['null'], ['{"events":{}}'], ['']])('malformed events %s are answered with 400', async (body) => {
		const { status, text } = await hub.ask('/api/v1/events', { method: 'POST', body });
		expect([status, JSON.parse(text).code]).toEqual([400, 'malformed']);
	});

	test('events are limited by the address that trusted proxies name', async () => {
		const from = (address: string, headers = {}) =>
			hub.ask('/api/v1/events', { method: 'POST', headers: { 'x-forwarded-for': address, ...headers }, body: '{"events":[]}' });
		const first = await Promise.all(Array.from({ length: 200 }, () => from('203.0.113.9')));
		expect(first.every(({ status }) => status === 202)).toBe(true);
		const over = await from('198.51.100.1, 203.0.113.9');
		expect([over.status, over.headers['retry-after']]).toEqual([429, '1']);
		expect((await from('203.0.113.10')).status).toBe(202);
		expect((await from('203.0.113.9', { authorization: 'Bearer an-api-token-of-24-letters' })).status).toBe(202);
		expect((await from('203.0.113.9', { authorization: 'Bearer a-forged-token-of-24-lette' })).status).toBe(429);
		hub.nowMs += 20;
		expect((await from('203.0.113.9')).status).toBe(202);
	});

	test('an untrusted peer names nobody else', async () => {
		const other = await startTestHub();
		const sent = await Promise.all(
			Array.from({ length: 31 }, (_, index) =>
				askHttp(other.port, '/api/v1/forms/x/submissions', { method: 'POST', headers: { 'x-forwarded-for': `203.0.113.${index}` }, body: '{}' }),
			),
		);
		expect(sent.filter(({ status }) => status === 429)).toHaveLength(1);
		expect(sent.find(({ status }) => status === 429)?.headers['retry-after']).toBe('6');
		await other.close();
	});
});
