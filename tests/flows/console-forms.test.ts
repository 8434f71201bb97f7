import { afterAll, beforeAll, expect, test } from 'vitest';

import { LOCALES } from '#cms/content.ts';
import { textsFor } from '#kernel/texts/index.ts';
import { staffOf } from '#tests/support/console.ts';
import { startReadingHub, type TestHub } from '#tests/support/hub.ts';
import type { Stranger } from '#tests/support/stranger.ts';

const today = new Date().toISOString().slice(0, 10);
let hub: TestHub;
let marketer: Stranger;
beforeAll(async () => {
	hub = await startReadingHub();
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

test('golden: a rule that cannot be used is told of beside its field in both languages, and what was typed stays', async () => {
	await marketer.post('/console/scoring', { action: 'begin' });
	const draft = await (await marketer.get('/console/scoring/draft')).text();
	const revision = /name="revision" value="(\d+)"/.exec(draft)?.[1] ?? '';
	const good = { revision, name: 'fair-visit', points: '12.5', event: 'download', capPer: 'ever', cap: '20' };
	const bad = [
		[{ cap: '-5' }, 'cap', 'cap-range'],
		[{ event: 'page.stare' }, 'event', 'unknown-event'],
		[{ points: '9999999' }, 'points', 'points-range'],
		[{ points: 'many' }, 'points', 'number'],
		[{ name: 'form-submitted' }, 'name', 'taken'],
		[{ decay: 'linear', days: '999999' }, 'days', 'days-range'],
	] as const;
	for (const locale of LOCALES) {
		await marketer.post('/console/language', { locale, next: '/console' });
		const { errors } = textsFor(locale).model;
		for (const [wrong, field, code] of bad) {
			const answer = await marketer.post('/console/scoring/rule?part=engagement', { ...good, ...wrong });
			expect([field, answer.status]).toEqual([field, 422]);
			const page = await answer.text();
			expect(page.replaceAll('&#39;', '’')).toContain(errors[code]);
			expect(page).toContain(`id="rule-${field}-error"`);
			for (const [name, value] of Object.entries({ ...good, ...wrong }))
				if (name !== 'event' && name !== 'capPer' && name !== 'decay')
					expect(page).toMatch(new RegExp(`name="${name}"[^>]*value="${value.replace('.', '[.]')}"`));
		}
	}
	await marketer.post('/console/language', { locale: 'en', next: '/console' });
	expect(await (await marketer.get('/console/scoring/draft')).text()).not.toContain('Fair visit');
	expect((await marketer.post('/console/scoring/rule?part=engagement', good)).status).toBe(303);
	expect(await (await marketer.get('/console/scoring/draft')).text()).toContain('Fair visit');
});
