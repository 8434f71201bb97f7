import { afterEach, beforeEach, describe, expect, test } from 'vitest';

import { DAY_MS, HOUR_MS } from '#kernel/clock.ts';
import { DomainError } from '#kernel/errors.ts';
import { channelsOf, marketer, stand } from '#tests/support/channels.ts';
import { createGate, type Gate } from '#tests/support/gate.ts';
import { proofFor } from '#tests/support/proof.ts';
import { PERSON } from '#tests/support/stranger.ts';

let gate: Gate;
beforeEach(async () => {
	gate = await createGate();
});
afterEach(() => gate.close());

const { channels, today, counts, landed } = channelsOf(() => gate);

/** A browser that agreed to analytics on a page with that query. */
async function agreed(query: string) {
	const browser = gate.browser();
	const { setCookies } = await gate.gating.consents.answer({
		...{ purposes: ['analytics'], locale: 'en', channel: 'direct', visitor: await browser.who() },
		firstTouch: { page: '/white-papers/p1', ...(query === '' ? {} : { query }) },
	});
	browser.take(setCookies);
	return browser;
}

describe('a source’s link', () => {
	test('opens its page with its tags; whoever opens it, nobody is counted', async () => {
		await channels().addSource(stand, marketer);
		for (let opened = 0; opened < 20; opened++) {
			expect(await channels().open('hm26', new URLSearchParams('utm_term=servo'))).toEqual({
				status: 'open',
				location: '/white-papers/p1?utm_source=hm26&utm_medium=fair&utm_campaign=spring-2026&utm_id=hm26&utm_term=servo',
			});
		}
		expect((await channels().counts('channel', '2000-01-01', '2100-01-01')).size).toBe(0);
	});

	test('is over when it is archived or past its end, and unknown codes are told apart', async () => {
		await channels().addSource({ ...stand, expiresAt: new Date(gate.clock.at.getTime() + HOUR_MS) }, marketer);
		gate.pass(HOUR_MS);
		expect(await channels().open('hm26', new URLSearchParams())).toEqual({ status: 'over', location: '/white-papers/p1' });
		await channels().changeSource('hm26', { expiresAt: null }, marketer);
		expect(await channels().open('hm26', new URLSearchParams())).toMatchObject({ status: 'open' });
		await channels().changeSource('hm26', { isArchived: true }, marketer);
		expect(await channels().open('hm26', new URLSearchParams())).toMatchObject({ status: 'over' });
		expect(await channels().open('hm27', new URLSearchParams())).toEqual({ status: 'unknown' });
		expect(await channels().open('\0', new URLSearchParams())).toEqual({ status: 'unknown' });
	});

	test('gets a code when it is given none; a code is never given twice', async () => {
		const made = await channels().addSource({ ...stand, code: '' }, marketer);
		expect(made).toMatchObject({ campaign: 'Spring 2026', tactic: 'Hannover fair' });
		expect(made.code).toMatch(/^[a-z2-9]{7}$/);
		await expect(channels().addSource({ ...stand, code: made.code }, marketer)).rejects.toMatchObject({ code: 'conflict' });
		await expect(channels().addSource({ ...stand, channel: 'nowhere' }, marketer)).rejects.toBeInstanceOf(DomainError);
		await expect(channels().addSource({ ...stand, path: '//evil.example' }, marketer)).rejects.toBeInstanceOf(DomainError);
		expect(await channels().campaigns()).toEqual([{ name: 'Spring 2026', tactics: ['Hannover fair'] }]);
	});

	test('has a QR code for print', async () => {
		const svg = (await channels().qr('hm26', 'svg', 30)).toString();
		expect(svg).toContain('width="30mm" height="30mm"');
		const pdf = await channels().qr('hm26', 'pdf', 30);
		expect(pdf.subarray(0, 5).toString()).toBe('%PDF-');
		expect(Number(/\/MediaBox \[0 0 ([\d.]+) /.exec(pdf.toString('latin1'))?.[1])).toBeCloseTo((30 / 25.4) * 72, 2);
	});
});

describe('a landing', () => {
	test('without consent is a number and nothing else', async () => {
		const source = await channels().addSource(stand, marketer);
		expect(await landed(await gate.browser().who())).toEqual({ status: 'counted' });
		expect(await counts('sourceId', source.id)).toMatchObject({ visits: 1, people: 0 });
		expect(await counts('channel', 'fair')).toMatchObject({ visits: 1 });
		expect(gate.bytes()).not.toContain(PERSON);
	});

	test.each(['', 'Mozilla/5.0 (compatible; bingbot/2.0; +http://www.bing.com/bingbot.htm)', 'curl/8.1', 'Mozilla/5.0 HeadlessChrome/120.0'])(
		'of “%s” counts nobody',
		async (userAgent) => {
			expect(await landed(await gate.browser().who(), '', { userAgent })).toEqual({ status: 'ignored' });
			expect(await counts('channel', 'direct')).toBeUndefined();
		},
	);

	test('a script at one address cannot make a channel look good', async () => {
		for (let sent = 0; sent < 200; sent++) await landed(await gate.browser().who(), '', { network: '192.0.2.0' });
		expect((await counts('channel', 'direct'))?.visits).toBe(120);
	});

	test('of a browser that agreed is a touchpoint, and goes to the person with its past', async () => {
		const source = await channels().addSource(stand, marketer);
		const browser = await agreed('?utm_source=baidu&utm_medium=cpc');
		gate.pass(DAY_MS);
		expect(await landed(await browser.who())).toEqual({ status: 'kept' });
		gate.pass(HOUR_MS);
		const { personId = '' } = { ...(await gate.gating.forms.submit(gate.form(await browser.who()))) } as { personId?: string };
		const token = (await gate.deliver()) ?? '';
		const confirmed = await gate.gating.access.confirm(token, await browser.use());
		expect(confirmed.status).toBe('confirmed');

		const touches = await channels().touchesOf(personId);
		expect(touches.map(({ kind, channel, sourceId }) => [kind, channel, sourceId])).toEqual([
			['visit', 'paid-search', null],
			['visit', 'fair', source.id],
			['request', 'fair', source.id],
		]);
		expect(touches[0]?.detail).toEqual({ source: 'baidu', medium: 'cpc' });
		expect(await counts('channel', 'paid-search')).toMatchObject({ firstTouches: 1, requests: 0 });
		expect(await counts('channel', 'fair')).toMatchObject({ firstTouches: 0, requests: 1, people: 1 });
		expect((await channels().counts('channel', today(), today())).get('paid-search')).toBeUndefined();
	});
});

describe('registered-via and attended-via', () => {
	const occurrence = { occurrenceId: 'o1' };
	const event = (id: string, type: 'webinar.registered' | 'webinar.joined', personId: string) => ({
		...{ id, type, at: gate.clock.at, personId, visitorId: null, subject: 'webinars:w1', props: occurrence },
	});

	test('are told apart: registered at the fair, attended by the link in our mail', async () => {
		await channels().addSource(stand, marketer);
		const browser = await agreed('?utm_id=hm26&utm_source=hm26');
		await gate.gating.forms.submit(gate.form(await browser.who()));
		await gate.gating.access.confirm((await gate.deliver()) ?? '', await browser.use());
		const personId = (await browser.who()).personId ?? '';
		await gate.db.write((tx) => gate.gating.events.record(tx, event('e1', 'webinar.registered', personId)));
		gate.pass(DAY_MS);
		await gate.db.write((tx) => gate.gating.events.record(tx, event('e2', 'webinar.joined', personId)));
		const via = new Map((await channels().touchesOf(personId)).map(({ kind, channel }) => [kind, channel]));
		expect([via.get('registered'), via.get('attended')]).toEqual(['fair', 'mail']);
	});
});

describe('the tree', () => {
	test('ships in both languages, and takes the company’s own channels', async () => {
		await channels().add({ code: 'fair-china', parent: 'fair', nameEn: 'Fairs in China', nameZh: '国内展会' }, marketer);
		await channels().change('kol', { isArchived: true }, marketer);
		await channels().change('hotline', { nameEn: 'Hotline 400-820' }, marketer);
		const tree = await channels().tree();
		const at = (code: string) => tree.findIndex((entry) => entry.code === code);
		expect(tree[at('fair-china')]).toEqual({
			...{ code: 'fair-china', parent: 'fair', group: 'paid', depth: 2, name: { en: 'Fairs in China', 'zh-CN': '国内展会' } },
			...{ isShipped: false, isArchived: false },
		});
		expect(at('fair-china')).toBe(at('fair') + 1);
		expect(tree[at('kol')]).toMatchObject({ isArchived: true });
		expect(tree[at('hotline')]?.name).toEqual({ en: 'Hotline 400-820', 'zh-CN': '400 电话' });
		expect(tree.every(({ name }) => name.en !== '' && name['zh-CN'] !== '')).toBe(true);
	});

	test.each([
		[{ code: 'fair', parent: 'paid' }, 'conflict'],
		[{ code: 'paid', parent: 'free' }, 'conflict'],
		[{ code: 'Fair 1', parent: 'paid' }, 'invalid'],
		[{ code: 'lost', parent: 'nowhere' }, 'invalid'],
		[{ code: 'lost', parent: 'free', nameEn: ' ' }, 'invalid'],
	])('refuses %o as %s', async (over, code) => {
		await expect(channels().add({ nameEn: 'Name', nameZh: '', ...over }, marketer)).rejects.toMatchObject({ code });
	});

	test('knows what a channel cost in a month', async () => {
		await channels().setCost({ channel: 'fair', campaign: '', month: '2026-03', currency: 'EUR', amountCents: 1_250_050 }, marketer);
		await channels().setCost({ channel: 'fair', campaign: '', month: '2026-03', currency: 'EUR', amountCents: 1_300_000 }, marketer);
		await channels().setCost({ channel: 'fair', campaign: '', month: '2026-02', currency: 'CNY', amountCents: 90_000 }, marketer);
		expect(await channels().costs('2026-02', '2026-03')).toEqual([
			{ channel: 'fair', campaign: '', month: '2026-03', currency: 'EUR', amountCents: 1_300_000 },
			{ channel: 'fair', campaign: '', month: '2026-02', currency: 'CNY', amountCents: 90_000 },
		]);
		await channels().setCost({ channel: 'fair', campaign: '', month: '2026-02', currency: 'CNY', amountCents: 0 }, marketer);
		expect(await channels().costs('2026-02', '2026-02')).toEqual([]);
		await expect(
			channels().setCost({ channel: 'fair', campaign: '', month: '2026-13', currency: 'EUR', amountCents: 1 }, marketer),
		).rejects.toMatchObject({
			code: 'invalid',
		});
	});
});

describe('the quarantine', () => {
	const fake = { name: 'Ada Keller', phone: '13888888888' };
	const lastOutcome = async (personId: string) => (await gate.gating.people.submissions(personId))[0]?.outcome;

	test('shows which rule fired on what, and a release teaches', async () => {
		const first = await gate.gating.forms.submit(gate.form(await gate.browser().who(), fake, { locale: 'zh-CN' }));
		expect(first.status).toBe('confirmation-sent');
		const { items } = await gate.gating.quarantine.list(marketer);
		expect(items).toMatchObject([
			{ name: 'Ada Keller', company: 'Packline AG', hits: [{ rule: 'phone-repeats-digits', field: 'phone', value: '+8613888888888' }] },
		]);
		expect((await gate.gating.quarantine.list({ ...marketer, seesPeople: false })).items[0]).toMatchObject({ name: null, hits: [{ value: null }] });

		expect(await gate.gating.quarantine.release(items[0]?.id ?? '', marketer)).toBe(true);
		expect(await gate.gating.quarantine.release(items[0]?.id ?? '', marketer)).toBe(false);
		expect((await gate.gating.quarantine.list(marketer)).items).toEqual([]);

		const again = await gate.gating.forms.submit(
			gate.form(await gate.browser().who(), { ...fake, email: 'b@packline.example' }, { locale: 'zh-CN' }),
		);
		expect(await lastOutcome((again as { personId: string }).personId)).toBe('flag');
		const other = await gate.gating.forms.submit(
			gate.form(await gate.browser().who(), { phone: '13899999999', email: 'c@packline.example' }, { locale: 'zh-CN' }),
		);
		expect(await lastOutcome((other as { personId: string }).personId)).toBe('quarantine');
	});

	test('takes a wave from one network that works for each form, and nothing of it disappears', async () => {
		const sent: string[] = [];
		for (let index = 0; index < 14; index++) {
			const proof = await proofFor(await gate.gating.forms.issueProof('paper-default'));
			const trap = { honeypot: '', challenge: null, proof };
			const outcome = await gate.gating.forms.submit(
				gate.form(await gate.browser().who(), { email: `wave${index}x@firm${index}.example` }, { network: '198.51.100.0', trap }),
			);
			sent.push((outcome as { personId: string }).personId);
		}
		const outcomes = await Promise.all(sent.map(lastOutcome));
		expect(outcomes.filter((outcome) => outcome === 'accept')).toHaveLength(12);
		expect(outcomes.slice(12)).toEqual(['quarantine', 'quarantine']);
	});
});
