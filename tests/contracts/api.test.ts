import { afterAll, beforeAll, describe, expect, test } from 'vitest';

import { STRANGER } from '#gating';
import { textsFor } from '#kernel/texts/index.ts';
import { createApi } from '#site/api/app.ts';

import { answers, app, READING_TOKEN, submitted, TOKEN } from './api-parts.ts';
import { startTestHub, type TestHub } from './edge-parts.ts';

let hub: TestHub;
beforeAll(async () => {
	hub = await startTestHub({ api: createApi(app), server: { apiToken: TOKEN } });
});
afterAll(() => hub.close());

const post = (path: string, body: unknown, headers: Readonly<Record<string, string>> = {}) =>
	hub.ask(`/api/v1${path}`, {
		method: 'POST',
		headers: { 'content-type': 'application/json', ...headers },
		body: typeof body === 'string' ? body : JSON.stringify(body),
	});
const get = (path: string, headers: Readonly<Record<string, string>> = {}) => hub.ask(`/api/v1${path}`, { headers });
const bearer = { authorization: `Bearer ${TOKEN}` };

describe('bad input', () => {
	test.each([['{'], [''], ['{"a":']])('malformed JSON %s is answered with 400', async (body) => {
		for (const path of ['/forms/paper/submissions', '/consents', '/webinars/x/interactions', '/hooks/cms']) {
			const { status, text } = await post(path, body);
			expect([path, status, JSON.parse(text).code]).toEqual([path, 400, 'malformed']);
		}
	});

	test('wrong fields are named with words in the reader’s language', async () => {
		const { status, text, headers } = await post('/webinars/x/interactions', { kind: 'vote', option: 'a' }, { 'accept-language': 'zh-CN' });
		expect(status).toBe(422);
		expect(headers['content-type']).toBe('application/problem+json');
		expect(JSON.parse(text)).toMatchObject({ title: '部分内容需要修改', errors: [{ field: 'poll' }, { field: 'option', message: '类型不正确。' }] });
	});

	test.each([['a\0b'], ['a\ud800b']])('text that a database cannot hold is refused', async (value) => {
		const { status, text } = await post('/forms/paper/submissions', { subject: 'x', name: value });
		expect([status, JSON.parse(text).errors[0].field]).toEqual([422, 'name']);
	});

	test('what is not there is a problem document too', async () => {
		const { status, text } = await get('/nothing');
		expect([status, JSON.parse(text).code]).toEqual([404, 'not-found']);
		expect((await get('/forms/other')).status).toBe(404);
	});
});

describe('forms and consents', () => {
	test('answers are taken apart from what the form sends beside them', async () => {
		const body = {
			subject: 'white_papers:1',
			name: 'Ann',
			email: 'ann@x.test',
			interests: ['a', 'b'],
			consents: ['marketing.email'],
			locale: 'zh-CN',
			timeZone: 'Asia/Shanghai',
			website: '',
		};
		const { status, text } = await post('/forms/paper/submissions', body, { 'idempotency-key': 'k1' });
		expect([status, JSON.parse(text)]).toEqual([202, { status: 'confirmation-sent' }]);
		expect(submitted.at(-1)).toEqual({
			formKey: 'paper',
			subject: 'white_papers:1',
			answers: { name: 'Ann', email: 'ann@x.test', interests: 'a, b' },
			consents: ['marketing.email'],
			locale: 'zh-CN',
			timeZone: 'Asia/Shanghai',
			channel: 'direct',
			trap: { honeypot: '', challenge: null, proof: null },
			visitor: STRANGER,
			network: '127.0.0.0/24',
			idempotencyKey: 'k1',
		});
	});

	test('wrong answers name their fields, too many say when to come back', async () => {
		const wrong = await post('/forms/paper/submissions', { subject: 'x' });
		expect([wrong.status, JSON.parse(wrong.text).errors]).toEqual([422, [{ field: 'email', message: 'Please fill in this field.' }]]);
		const often = await post('/forms/paper/submissions', { subject: 'x', email: 'often@x.test' });
		expect([often.status, often.headers['retry-after']]).toEqual([429, '60']);
	});

	test('a consent answer sets cookies', async () => {
		const { status, headers } = await post('/consents', { purposes: ['analytics'] });
		expect([status, headers['set-cookie']]).toEqual([200, ['foyer_consent=1.analytics; Path=/; Max-Age=60; SameSite=Lax; HttpOnly']]);
	});

	test.each([
		['/zh-CN/library?page=2', '/zh-CN/library?page=2'],
		['//evil.test', '/'],
		['/\\evil.test', '/'],
		['https://evil.test', '/'],
		['/a\nb', '/'],
		['/中文', '/'],
	])('the notice without script goes back to %s as %s', async (returnTo, location) => {
		const body = new URLSearchParams({ purposes: 'analytics,personalisation', locale: 'en', returnTo }).toString();
		const { status, headers } = await post('/consents', body, { 'content-type': 'application/x-www-form-urlencoded' });
		expect([status, headers.location]).toEqual([303, location]);
		expect(answers.at(-1)).toMatchObject({ purposes: ['analytics', 'personalisation'] });
	});
});

describe('leads', () => {
	test.each([
		['nobody', {}, 401],
		['a forged token', { authorization: 'Bearer forged' }, 401],
		['a forged token beside a good session', { authorization: 'Bearer forged', cookie: 'foyer_staff=sales' }, 401],
		['an unknown session', { cookie: 'foyer_staff=x' }, 401],
		['a role without the right', { cookie: 'foyer_staff=host' }, 403],
		['a role with the right', { cookie: 'foyer_staff=sales' }, 200],
		['the token', bearer, 200],
	])('%s is answered with %s %i', async (_name, headers, status) => {
		for (const path of ['/leads', '/leads/lead-1/score', '/leads/lead-1/timeline'])
			expect((await get(path, headers as Record<string, string>)).status).toBe(status);
	});

	test('a token of the console allows what it was made for', async () => {
		const authorization = `Bearer ${READING_TOKEN}`;
		expect([(await get('/leads', { authorization })).status, (await get('/leads/lead-1/score', { authorization })).status]).toEqual([200, 403]);
	});

	test('points are points, and who reads is passed on', async () => {
		const { text } = await get('/leads?stage=mql&limit=5', bearer);
		expect(JSON.parse(text)).toMatchObject({
			items: [
				{
					total: 42.5,
					fit: 30,
					query: { stage: 'mql', limit: 5 },
					reader: { actor: 'api:FOYER_API_TOKEN', origin: '127.0.0.0/24', seesPeople: true },
				},
			],
			nextCursor: null,
		});
	});

	test('the lines of a receipt add up to its total', async () => {
		const found = JSON.parse((await get('/leads/lead-1/score', bearer)).text) as {
			total: number;
			fit: { lines: { points: number }[] };
			engagement: { lines: { points: number }[] };
		};
		expect([...found.fit.lines, ...found.engagement.lines].reduce((sum, { points }) => sum + points, 0)).toBe(found.total);
	});

	test.each([['/leads/1'], ['/leads/2/score'], ['/leads/00000000-0000-7000-8000-000000000000/score']])(
		'walking to %s finds nothing',
		async (path) => {
			expect((await get(path, bearer)).status).toBe(404);
		},
	);
});

describe('codes', () => {
	test('are asked for with one answer, and tie themselves to the browser', async () => {
		const asked = await post('/codes', { email: 'ann@x.test' });
		expect([asked.status, JSON.parse(asked.text)]).toEqual([202, { status: 'asked' }]);
		expect(String(asked.headers['set-cookie'])).toMatch(/^foyer_ask=[^;]+; Path=\/; Max-Age=60; SameSite=Lax; HttpOnly/);
		expect((await post('/codes', { email: 'ann' })).status).toBe(422);
	});

	test.each([
		['111111', 201, undefined],
		['222222', 422, 'code-wrong'],
		['333333', 422, 'code-spent'],
		['444444', 429, undefined],
		['555555', 422, 'code-expired'],
		['12', 422, 'code-malformed'],
	])('typed as %s are answered with %d', async (code, status, said) => {
		const answer = await post('/passes', { code });
		const { errors } = JSON.parse(answer.text) as { errors?: { field: string; message: string }[] };
		expect(answer.status).toBe(status);
		expect(errors?.[0]?.message).toBe(said === undefined ? undefined : textsFor('en').error.field[said as 'code-wrong']);
		expect(String(answer.headers['set-cookie'] ?? '').includes('foyer_pass=')).toBe(status === 201);
	});
});

describe('webinars, search and notices', () => {
	test('registering answers a stranger 202 and names no registration, a full room 409', async () => {
		const registered = await post('/webinars/sizing/registrations', { name: 'Ann', email: 'ann@x.test' });
		expect([registered.status, JSON.parse(registered.text)]).toEqual([202, { status: 'registered', occurrenceId: 'o' }]);
		const full = await post('/webinars/full/registrations', { name: 'Ann', email: 'ann@x.test' });
		expect([full.status, JSON.parse(full.text).errors[0].field]).toEqual([409, 'occurrenceId']);
	});

	test('a leave beacon as text/plain counts', async () => {
		expect((await post('/webinars/sizing/beats', '{"token":"t","isLeaving":true}', { 'content-type': 'text/plain;charset=UTF-8' })).status).toBe(204);
		expect(JSON.parse((await post('/webinars/sizing/beats', {})).text)).toEqual({
			token: 't',
			nextInSeconds: 5,
			serverTime: '2026-03-03T10:00:00.000Z',
		});
	});

	test('a chat line gets its number; a stage without a media server says so', async () => {
		expect(JSON.parse((await post('/webinars/sizing/interactions', { kind: 'chat', text: 'hello' })).text)).toEqual({ seq: 7 });
		expect((await post('/webinars/sizing/interactions', { kind: 'chat', text: '' })).status).toBe(422);
		expect((await post('/webinars/sizing/token', '')).status).toBe(503);
	});

	test('search takes facets once or often, and the reader’s language', async () => {
		const { text } = await get('/search?q=drive&type=cases&topic=a&topic=b&page=2', { 'accept-language': 'zh' });
		expect(JSON.parse(text)).toMatchObject({
			input: { q: 'drive', locale: 'zh-CN', type: ['cases'], topic: ['a', 'b'], page: 2 },
			hits: [],
			didYouMean: null,
		});
		expect((await get('/search?limit=1000')).status).toBe(422);
	});

	test('notices prove who sends them', async () => {
		expect((await post('/hooks/cms', {}, { authorization: 'Bearer hook-secret' })).status).toBe(202);
		expect((await post('/hooks/cms', {}, { authorization: 'Bearer other' })).status).toBe(403);
		expect((await post('/hooks/livekit', '{"raw":1}', { authorization: 'signed', 'content-type': 'application/webhook+json' })).status).toBe(200);
		expect((await post('/hooks/livekit', '{}')).status).toBe(403);
	});
});

describe('offers and quotes', () => {
	const person = { email: 'ada@x.test' };
	test('lists what can be claimed, without any code', async () => {
		const { text } = await get('/offers', { 'accept-language': 'zh-CN' });
		expect(JSON.parse(text)).toEqual({
			items: [expect.objectContaining({ slug: 'kit', title: '套件', validUntil: null, url: 'http://hub.test/zh-CN/offers/kit' })],
		});
		expect(text).not.toContain('SECRET-CODE');
	});
	test('answers a claim by what became of it', async () => {
		expect(await post('/offers/kit/claims', person)).toMatchObject({ status: 202 });
		expect(await post('/offers/ended/claims', person)).toMatchObject({ status: 409 });
		expect(await post('/offers/none/claims', person)).toMatchObject({ status: 404 });
	});
	test('takes a request for a quote, and shows requests to staff only', async () => {
		expect(await post('/quotes', { ...person, products: [{ slug: 'a', quantity: 2 }] })).toMatchObject({ status: 202 });
		expect(await post('/quotes', { ...person, products: [{ slug: 'a', quantity: 0 }] })).toMatchObject({ status: 422 });
		expect(await post('/quotes', { ...person, dealer: 'north' })).toMatchObject({ status: 422 });
		expect([(await get('/quotes')).status, (await get('/quotes', bearer)).status]).toEqual([401, 200]);
	});
});
