import { afterAll, beforeAll, describe, expect, test } from 'vitest';

import { textsFor } from '#kernel/texts/index.ts';
import { createApi } from '#site/api/app.ts';
import type { ApiApp } from '#site/api/api.ts';
import { createGate, type Gate } from '#tests/support/gate.ts';

import { DEFAULT_MODEL } from '../../gating/scoring/default-model.ts';
import { app, TOKEN } from './api-parts.ts';
import { startTestHub, type TestHub } from './edge-parts.ts';

let gate: Gate;
let hub: TestHub;

beforeAll(async () => {
	gate = await createGate();
	const { scoring, acceptance } = gate.gating;
	await scoring.start();
	hub = await startTestHub({
		api: createApi({ ...app, gating: { ...app.gating, scoring, acceptance } } as unknown as ApiApp),
		server: { apiToken: TOKEN },
	});
}, 60_000);
afterAll(async () => {
	await hub.close();
	await gate.close();
});

async function ask(method: string, path: string, body?: unknown, locale = 'en') {
	const headers = { authorization: `Bearer ${TOKEN}`, 'content-type': 'application/json', 'accept-language': locale };
	const { status, text } = await hub.ask(`/api/v1/scoring${path}`, {
		method,
		headers,
		...(body === undefined ? {} : { body: JSON.stringify(body) }),
	});
	return { status, body: JSON.parse(text) as Record<string, unknown> & { errors?: { field: string; message: string }[] } };
}

const { engagement, fit, situations, mql } = DEFAULT_MODEL;
const [first] = engagement;
const changed = (over: object) => ({ ...DEFAULT_MODEL, engagement: [engagement[0], { ...engagement[1], ...over }, ...engagement.slice(2)] });

/** What somebody might send, the field that must be named, and the code of its words. */
const BAD: readonly (readonly [string, unknown, string, keyof ReturnType<typeof textsFor>['model']['errors']])[] = [
	['a negative cap', changed({ cap: -500 }), 'engagement.1.cap', 'cap-range'],
	['an unknown event', changed({ event: 'page.stare' }), 'engagement.1.event', 'unknown-event'],
	['an absurd number of points', changed({ points: 1e15 }), 'engagement.1.points', 'points-range'],
	['a number beyond all integers', changed({ points: 1e300 }), 'engagement.1.points', 'points-range'],
	['points that are no number', changed({ points: 'many' }), 'engagement.1.points', 'number'],
	['half a hundredth', changed({ points: 0.5 }), 'engagement.1.points', 'number'],
	['a fading of no days', changed({ decay: { kind: 'linear', days: 0 } }), 'engagement.1.decay.days', 'days-range'],
	['a fading of a thousand years', changed({ decay: { kind: 'half-life', days: 365_000 } }), 'engagement.1.decay.days', 'days-range'],
	['two rules of one name', changed({ name: first?.name }), 'engagement.1.name', 'taken'],
	['a name that is none', changed({ name: '<script>' }), 'engagement.1.name', 'name'],
	['a field that no rule has', changed({ after: 'page-case' }), 'engagement.1.after', 'not-a-field'],
	[
		'10,000 rules',
		{ ...DEFAULT_MODEL, fit: Array.from({ length: 10_000 }, (_, at) => ({ ...fit[0], name: `rule-${at}` })) },
		'fit',
		'too-many-rules',
	],
	[
		'an MQL that ends above where it begins: the circle a model can have',
		{ ...DEFAULT_MODEL, mql: { from: 100, until: 200 } },
		'mql.until',
		'until-above-from',
	],
	['an MQL that nobody can become', { ...DEFAULT_MODEL, engagement: [], situations: [], mql: { ...mql, from: 900_000 } }, 'mql.from', 'unreachable'],
	['grades that rise', { ...DEFAULT_MODEL, grades: { fit: [1, 2, 3], engagement: [300, 200, 100] } }, 'grades.fit', 'falling'],
	['a surge of one', { ...DEFAULT_MODEL, situations: [{ ...situations[0], people: 1 }] }, 'situations.0.people', 'people-range'],
	[
		'a country that is none',
		{ ...DEFAULT_MODEL, fit: [{ ...fit[0], when: { attribute: 'country', anyOf: ['Swiss'] } }] },
		'fit.0.when.anyOf.0',
		'country',
	],
];

describe('golden: a bad model', () => {
	test.each(BAD)('with %s is refused at its place, in both languages, and the draft keeps what it had', async (_what, model, field, code) => {
		const good = { ...DEFAULT_MODEL, fit: fit.map((rule, at) => (at === 0 ? { ...rule, points: 1_234 } : rule)) };
		expect((await ask('PUT', '/draft', { model: good })).status).toBe(200);
		for (const locale of ['en', 'zh-CN'] as const) {
			const { status, body } = await ask('PUT', '/draft', { model }, locale);
			expect(status).toBe(422);
			const found = body.errors?.find((one) => one.field === field);
			expect(found).toEqual({ field, message: textsFor(locale).model.errors[code] });
		}
		const { body } = await ask('GET', '/draft');
		expect((body['model'] as { fit: { points: number }[] }).fit[0]?.points).toBe(1_234);
	});

	test('that is no model at all is refused too', async () => {
		for (const model of [{}, { fit: 'none' }, { engagement: [null] }, { ...DEFAULT_MODEL, fit: [[]] }]) {
			const { status, body } = await ask('PUT', '/draft', { model });
			expect(status).toBe(422);
			expect(body.errors?.length).toBeGreaterThan(0);
		}
	});
});

describe('previews, publications and versions by API', () => {
	test('a token prepares and previews; what only people may do is not a token’s', async () => {
		const { body } = await ask('GET', '/draft');
		expect((await ask('POST', '/draft/preview')).status).toBe(202);
		expect(await ask('GET', '/draft/preview')).toMatchObject({ status: 200, body: { state: 'waiting', done: 0 } });
		expect(await ask('DELETE', '/draft/preview')).toMatchObject({ status: 200, body: { status: 'cancelled' } });
		expect((await ask('DELETE', '/draft/preview')).status).toBe(409);
		expect((await ask('GET', '/draft/preview')).status).toBe(404);
		expect((await ask('POST', '/draft/sign-off', { revision: body['revision'], side: 'sales' })).status).toBe(403);
		expect((await ask('POST', '/draft/publish', { revision: body['revision'] })).status).toBe(409);
	});

	test('a publication tells how far it is, is cancelled, and an older version is brought back', async () => {
		const { models } = gate.gating.scoring;
		const by = { actor: 'staff:m', origin: '', name: 'Mara' };
		const { revision } = await models.begin(by);
		await models.sign(revision, 'marketing', 'm', by);
		await models.sign(revision, 'sales', 's', { ...by, name: 'Sven' });
		const { status, body } = await ask('POST', '/draft/publish', { revision });
		expect(status).toBe(202);
		const { version } = body as unknown as { version: number };
		expect(await ask('GET', '/publication')).toMatchObject({ status: 200, body: { version, done: 0, hasFailed: false } });
		expect((await ask('POST', `/versions/${version}/retry`)).status).toBe(409);
		expect((await ask('POST', `/versions/${version}/cancel`)).status).toBe(200);
		expect((await ask('POST', `/versions/${version}/cancel`)).status).toBe(409);
		expect((await ask('GET', '/publication')).status).toBe(404);
		expect((await ask('POST', `/versions/${version}/roll-back`)).status).toBe(409);
		expect((await ask('POST', '/versions/99/roll-back')).status).toBe(404);
		expect((await ask('POST', '/versions/first/roll-back')).status).toBe(422);
	});

	test('precision is told; a chance is not there before there is enough to learn from', async () => {
		expect(await ask('GET', '/precision')).toMatchObject({ status: 200, body: { handedOver: 0, rules: [] } });
		expect((await ask('GET', '/chance-of-acceptance')).status).toBe(404);
	});
});
