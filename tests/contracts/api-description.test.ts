import { afterAll, beforeAll, describe, expect, test } from 'vitest';

import { createApi } from '#site/api/app.ts';

import { WEBHOOK_EVENTS } from '../../gating/webhook/message.ts';
import { app, TOKEN } from './api-parts.ts';
import { startTestHub, type TestHub } from './edge-parts.ts';

let hub: TestHub;
beforeAll(async () => {
	hub = await startTestHub({ api: createApi(app), server: { apiToken: TOKEN } });
});
afterAll(() => hub.close());

const get = (path: string) => hub.ask(`/api/v1${path}`);

describe('the description', () => {
	test('names every address', async () => {
		const { text, headers } = await get('/openapi.json');
		expect(headers['content-type']).toContain('application/json');
		const paths = Object.keys((JSON.parse(text) as { paths: object }).paths).sort();
		expect(paths).toEqual([
			'/api/v1/account-merges/{id}/undo', '/api/v1/accounts', '/api/v1/accounts/{id}', '/api/v1/accounts/{id}/merge', '/api/v1/beats', '/api/v1/challenge', '/api/v1/channel-costs', '/api/v1/channels', '/api/v1/codes', '/api/v1/companies', '/api/v1/consents',
			'/api/v1/dispositions/{id}/undo', '/api/v1/events', '/api/v1/exports', '/api/v1/exports/{id}', '/api/v1/exports/{id}/file', '/api/v1/forms/{key}', '/api/v1/forms/{key}/proof', '/api/v1/forms/{key}/submissions', '/api/v1/funnel',
			'/api/v1/imports/{id}', '/api/v1/leads', '/api/v1/leads/import', '/api/v1/leads/{id}',
			'/api/v1/leads/{id}/deals', '/api/v1/leads/{id}/deals/{externalId}', '/api/v1/leads/{id}/dispositions',
			'/api/v1/leads/{id}/interactions', '/api/v1/leads/{id}/merge', '/api/v1/leads/{id}/owner', '/api/v1/leads/{id}/score', '/api/v1/leads/{id}/screening', '/api/v1/leads/{id}/stage',
			'/api/v1/leads/{id}/tags', '/api/v1/leads/{id}/tags/{code}', '/api/v1/leads/{id}/timeline', '/api/v1/leads/{id}/work', '/api/v1/merges/{id}/undo', '/api/v1/occurrences/{id}/acts', '/api/v1/occurrences/{id}/board', '/api/v1/occurrences/{id}/check-ins', '/api/v1/occurrences/{id}/recordings/{upload}', '/api/v1/occurrences/{id}/stage', '/api/v1/occurrences/{id}/stage/token', '/api/v1/offers', '/api/v1/offers/{slug}/claims',
			'/api/v1/passes', '/api/v1/quotes', '/api/v1/referrals', '/api/v1/referrals/{code}', '/api/v1/referrals/{code}/results',
			'/api/v1/referrals/{code}/reviews',
			'/api/v1/scoring/chance-of-acceptance',
			'/api/v1/scoring/draft',
			'/api/v1/scoring/draft/preview',
			'/api/v1/scoring/draft/publish',
			'/api/v1/scoring/draft/sign-off',
			'/api/v1/scoring/model',
			'/api/v1/scoring/precision',
			'/api/v1/scoring/publication',
			'/api/v1/scoring/versions',
			'/api/v1/scoring/versions/{version}/cancel',
			'/api/v1/scoring/versions/{version}/retry',
			'/api/v1/scoring/versions/{version}/roll-back',
			'/api/v1/search', '/api/v1/search/suggest', '/api/v1/segments',
			'/api/v1/segments/count', '/api/v1/segments/{id}', '/api/v1/segments/{id}/members', '/api/v1/sources', '/api/v1/sources/{code}',
			'/api/v1/sources/{code}/qr', '/api/v1/speaker/stage', '/api/v1/speaker/token', '/api/v1/tags', '/api/v1/visits', '/api/v1/webinars/{slug}/beats', '/api/v1/webinars/{slug}/draws/{id}', '/api/v1/webinars/{slug}/draws/{id}/own', '/api/v1/webinars/{slug}/interactions',
			'/api/v1/webinars/{slug}/registrations',
			'/api/v1/webinars/{slug}/replay/beats', '/api/v1/webinars/{slug}/stage', '/api/v1/webinars/{slug}/stream', '/api/v1/webinars/{slug}/token',
		]); // prettier-ignore
	});

	test('describes every message that other systems are sent', async () => {
		const { webhooks } = JSON.parse((await get('/openapi.json')).text) as { webhooks: Readonly<Record<string, unknown>> };
		expect(Object.keys(webhooks).sort()).toEqual([...WEBHOOK_EVENTS].sort());
	});

	test('can be read by people, without script and under the constant policy', async () => {
		const { status, text, headers } = await get('/docs');
		expect(status).toBe(200);
		expect(text).not.toContain('<script');
		expect(text).toContain('POST /api/v1/forms/{key}/submissions');
		expect(headers['content-security-policy']).toContain("default-src 'self'");
		expect((await get('/docs.css')).headers['content-type']).toBe('text/css; charset=utf-8');
	});
});
