import { afterAll, beforeAll, expect, test } from 'vitest';

import { staffOf } from '#tests/support/console.ts';
import { startReadingHub, type TestHub } from '#tests/support/hub.ts';
import { aStranger, type Stranger } from '#tests/support/stranger.ts';
import { until } from '#tests/support/until.ts';

const TITLE = 'A third less energy';
const fields = {
	...{ place: 'home', path: '/', name: 'Headline', hypothesis: 'A figure helps.', metric: 'form', share: '100', locale: '', who: 'all' },
	...{ stage: '', segment: '', layer: '', leastEffect: '1', mostDays: '60' },
	...{ 'variant-control-name': 'As it is', 'variant-control-weight': '1', 'variant-b-name': 'Figure', 'variant-b-weight': '1' },
	...{ 'variant-b-title-en': TITLE, 'variant-b-title-zh-CN': '能耗降低三分之一' },
};

let hub: TestHub;
let marketer: Stranger;
beforeAll(async () => {
	hub = await startReadingHub();
	marketer = await staffOf(hub, 'Marketer');
});
afterAll(() => hub.close());

const home = async (browser: Stranger, headers: Record<string, string> = {}): Promise<string> => (await browser.get('/', { headers })).text();
/** A browser that answered the notice. */
const arrive = async (purposes: readonly string[]): Promise<Stranger> => {
	const browser = aStranger(hub, 'visitor');
	expect((await browser.json('/api/v1/consents', { purposes, locale: 'en', firstTouch: {} })).status).toBe(200);
	return browser;
};
const act = (path: string, action: string, more: Record<string, string> = {}) => marketer.post(path, { action, ...more });

test('golden: a variant is shown to who agreed and drew it, to no bot and nobody else, and a winner to everybody', async () => {
	const refused = await arrive([]);
	const before = await home(refused);
	const unasked = await home(aStranger(hub, 'nobody'));

	const made = await marketer.post('/console/experiments/new/edit', fields);
	expect(made.status).toBe(303);
	const path = new URL(made.headers.get('location') ?? '', hub.url).pathname;
	expect((await act(path, 'start')).status).toBe(303);

	const agreed = await Promise.all(Array.from({ length: 12 }, () => arrive(['analytics'])));
	const pages = await Promise.all(agreed.map((browser) => home(browser)));
	const trying = agreed.find((_browser, at) => pages[at]?.includes(TITLE))!;
	expect(trying).toBeDefined();
	expect(pages).toContain(before);
	expect(await home(trying)).toContain(TITLE);
	expect(await home(trying, { 'user-agent': 'Googlebot/2.1 (+http://www.google.com/bot.html)' })).toBe(before);
	expect(await home(refused)).toBe(before);
	expect(await home(aStranger(hub, 'nobody'))).toBe(unasked);

	await until('exposures in the results', async () => (await (await marketer.get(`${path}/counted?variant=b`)).text()).includes('anonymous'));
	expect((await act(path, 'stop')).status).toBe(303);
	expect(await home(trying)).toBe(before);
	expect((await act(path, 'decide', { winner: 'b' })).status).toBe(303);
	expect(await home(refused)).toContain(TITLE);
	expect(await home(aStranger(hub, 'nobody'))).toContain(TITLE);
	expect((await act(path, 'withdraw')).status).toBe(303);
	expect(await home(refused)).toBe(before);
});

test('a definition that cannot run is shown again with what is wrong and what was typed', async () => {
	const answer = await marketer.post('/console/experiments/new/edit', { ...fields, share: '0', 'variant-b-title-zh-CN': '' });
	const page = await answer.text();
	expect(answer.status).toBe(422);
	expect(page).toContain('A whole number from 1 to 100.');
	expect(page).toContain('Write what differs from the control, in each language that takes part.');
	expect(page).toContain(`value="${TITLE}"`);
});
