import { afterAll, beforeAll, expect, test } from 'vitest';

import { staffOf } from '#tests/support/console.ts';
import { startReadingHub, type TestHub } from '#tests/support/hub.ts';
import { aStranger, type Stranger } from '#tests/support/stranger.ts';
import { stored } from '#tests/support/stored.ts';
import { until } from '#tests/support/until.ts';

let hub: TestHub;
let marketer: Stranger;
let sales: Stranger;
beforeAll(async () => {
	hub = await startReadingHub();
	marketer = await staffOf(hub, 'Marketer');
	sales = await staffOf(hub, 'Sales');
}, 180_000);
afterAll(() => hub.close());

const staffId = (role: string) => stored<{ id: string }>(hub, 'select id from staff_member where role = ?', role)[0]!.id;
const page = async (browser: Stranger, path: string) => (await browser.get(path)).text();

test('the standard is tried, published over the version that was seen, and taken back', async () => {
	const typed = { isOn: 'on', causes: 'score-threshold', grades: 'A1', needsClean: 'on', version: '0' };
	const tried = await marketer.post('/console/hand-over', { ...typed, action: 'try' });
	expect([tried.status, (await tried.text()).includes('id="tried"')]).toEqual([200, true]);
	expect((await marketer.post('/console/hand-over', { ...typed, action: 'publish' })).headers.get('location')).toBe('/console/hand-over?done=yes');
	expect(await page(marketer, '/console/hand-over')).toContain('name="grades" value="A1" checked');
	expect((await marketer.post('/console/hand-over', { ...typed, action: 'publish' })).status).toBe(409);
	const wrong = await marketer.post('/console/hand-over', { ...typed, version: '1', grades: 'Z9', action: 'publish' });
	expect([wrong.status, (await wrong.text()).includes('id="grades-error"')]).toEqual([422, true]);
	expect((await marketer.post('/console/hand-over', { action: 'restore', restore: '0', version: '1' })).status).toBe(303);
	expect((await sales.post('/console/hand-over', { ...typed, version: '2', action: 'publish' })).status).toBe(403);
});

test('routing is edited rule by rule, tried on past leads, and refused while a rule names nobody', async () => {
	const live = await page(marketer, '/console/routing');
	const rules = /name="rules" value="([^"]*)"/.exec(live)![1]!.replaceAll('&quot;', '"').replaceAll('&#34;', '"');
	const added = await (await marketer.post('/console/routing', { rules, version: '0', action: 'add' })).text();
	expect(added).toContain('name="open" value="1"');
	const carried = /name="rules" value="([^"]*)"/.exec(added)![1]!.replaceAll('&quot;', '"').replaceAll('&#34;', '"');
	const open = { rules: carried, version: '0', open: '1', name: 'China', countries: 'cn', to: 'person' };
	const refused = await marketer.post('/console/routing', { ...open, person: '', action: 'publish' });
	expect([refused.status, (await refused.text()).includes('value="CN"')]).toEqual([422, true]);
	const named = { ...open, person: staffId('sales') };
	const simulated = await marketer.post('/console/routing', { ...named, action: 'simulate' });
	expect([simulated.status, (await simulated.text()).includes('id="simulated"')]).toEqual([200, true]);
	expect((await marketer.post('/console/routing', { ...named, action: 'publish' })).status).toBe(303);
	expect(await page(marketer, '/console/routing')).toContain('2. China');
});

test('follow-up, calendars and absences are kept by their form; what is wrong is told beside its field', async () => {
	const calendar = { 'key-0': 'office', 'name-0': 'Office', 'timeZone-0': 'Asia/Shanghai', 'weekdays-0': '1', 'from-0': '09:00', 'until-0': '18:00' };
	const typed = {
		...calendar,
		calendarCount: '1',
		counts: 'working',
		demandMinutes: '30',
		remindAt: '50',
		escalateAt: '100',
		calendar: 'office',
		version: '0',
	};
	const wrong = await marketer.post('/console/follow-up', { ...typed, hours: '0', 'timeZone-0': 'Mars', action: 'publish' });
	expect(wrong.status).toBe(422);
	const text = await wrong.text();
	for (const id of ['entry-hours-error', 'entry-timeZone-0-error']) expect(text).toContain(`id="${id}"`);
	const saved = await marketer.post('/console/follow-up', { ...typed, hours: '8', escalateTo: staffId('sales'), action: 'publish' });
	expect(saved.status).toBe(303);
	const absence = { staffId: staffId('sales'), from: '2027-01-01', until: '2027-01-31', deputy: '', action: 'absence' };
	expect((await marketer.post('/console/follow-up', { ...absence, until: '2026-01-01' })).status).toBe(422);
	expect((await marketer.post('/console/follow-up', absence)).headers.get('location')).toBe('/console/follow-up?done=added');
	expect(await page(marketer, '/console/follow-up')).toContain('2027-01-31');
});

test('a sheet is changed question by question; a branch that leads nowhere is refused', async () => {
	const questions = JSON.stringify([{ key: 'need', text: { en: 'Need?', 'zh-CN': '需求？' }, options: [], isCore: true, tick: 'need', after: null }]);
	const typed = { titleEn: 'Short sheet', titleZh: '短问卷', questions, version: '0' };
	const open = { ...typed, open: '0', key: 'need', textEn: 'What for?', textZh: '用途？', options: 'new | New | 新建', tick: 'need', isCore: 'on' };
	const wrong = await marketer.post('/console/sheets/default', { ...open, after: 'budget', anyOf: 'approved', action: 'publish' });
	expect(wrong.status).toBe(422);
	expect((await marketer.post('/console/sheets/default', { ...open, action: 'publish' })).status).toBe(303);
	expect(await page(marketer, '/console/sheets/default')).toContain('1. What for?');
});

test('golden: who asks to be called appears in the open queue without reload, is taken, and its clock is seen', async () => {
	const aborted = new AbortController();
	const stream = await sales.get('/console/queue/stream', { signal: aborted.signal, headers: { accept: 'text/event-stream' } });
	expect(stream.headers.get('content-type')).toContain('text/event-stream');
	let said = '';
	const reading = (async () => {
		for await (const chunk of stream.body!.pipeThrough(new TextDecoderStream())) said += chunk;
	})().catch(() => undefined);
	const words = { name: 'Ada Kern', email: 'ada.kern@kestrel-packaging.com', message: 'Please call me about two drives', subject: 'contact' };
	const asked = await aStranger(hub, 'ada').json('/api/v1/forms/contact/submissions', { ...words, consents: [], locale: 'en', timeZone: 'UTC' });
	expect(asked.status, await asked.text()).toBeLessThan(300);
	await until('the stream to tell', () => said.includes('event: queue'));
	aborted.abort();
	await reading;
	const list = await page(sales, '/console/queue?queue=unassigned');
	expect(list).toContain('asked to be contacted');
	const lead = /name="lead" value="([^"]+)"/.exec(list)![1]!;
	expect((await sales.post('/console/queue?queue=unassigned', { action: 'take', lead })).status).toBe(303);
	expect(await page(sales, '/console/queue')).toContain(`/console/leads/${lead}`);
	expect(await page(sales, `/console/leads/${lead}/work`)).toMatch(/data-due/);
});
