import { afterAll, beforeAll, expect, test } from 'vitest';

import { staffOf } from '#tests/support/console.ts';
import { startTestHub, type TestHub } from '#tests/support/hub.ts';
import type { Stranger } from '#tests/support/stranger.ts';

const today = new Date().toISOString().slice(0, 10);
let hub: TestHub;
let marketer: Stranger;
beforeAll(async () => {
	hub = await startTestHub();
	marketer = await staffOf(hub, 'Marketer');
}, 180_000);
afterAll(() => hub.stop());

test('the target definition is published by its form, never over what somebody else published meanwhile', async () => {
	const wide = { industries: 'packaging', countries: 'de, CN', regions: '' };
	const saved = await marketer.post('/console/target', { ...wide, version: '0' });
	expect([saved.status, saved.headers.get('location')]).toEqual([303, '/console/target?saved=yes']);
	expect(await (await marketer.get('/console/target')).text()).toContain('value="DE, CN"');
	const late = await marketer.post('/console/target', { ...wide, countries: 'FR', version: '0' });
	expect(late.status).toBe(409);
	expect(await late.text()).toContain('value="DE, CN"');
	const wrong = await marketer.post('/console/target', { ...wide, countries: 'Germany', version: '1' });
	expect(wrong.status).toBe(422);
	expect(await wrong.text()).toContain('id="countries-error"');
	const back = await marketer.post('/console/target', { industries: '', version: '1' });
	expect(back.status).toBe(422);
});

test('a role that may not change it reads it only', async () => {
	const analyst = await staffOf(hub, 'Analyst');
	expect((await analyst.get('/console/target')).status).toBe(200);
	const refused = await analyst.post('/console/target', { version: '1' });
	expect(refused.status).toBe(403);
	expect(await refused.text()).not.toContain('value="DE, CN"');
});

test('a lead that is not there cannot be merged; the page says so', async () => {
	const typed = { name: 'Ada Kern', email: 'ada.kern@kestrel-packaging.com', channel: 'fair', contacted: today, basis: 'request' };
	const entered = await marketer.post('/console/leads/new', { ...typed, country: 'DE', locale: 'en' });
	const page = await (await marketer.get(entered.headers.get('location') ?? '')).text();
	const lead = /\/console\/leads\/[0-9a-f-]{36}/.exec(page)?.[0] ?? '';
	const refused = await marketer.post(lead, { action: 'merge', other: '00000000-0000-7000-8000-000000000000' });
	expect([refused.status, refused.headers.get('location')]).toEqual([303, `${lead}?merge=otherMissing#merge`]);
});
