import { and, count, eq } from 'drizzle-orm';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';

import { DAY_MS, MINUTE_MS } from '#kernel/clock.ts';
import { audit } from '#kernel/schema.ts';
import { anOffer, type Counter, createCounter, SALES } from '#tests/support/offers.ts';

import { offerClaim, offerRedemption } from '../../gating/offer/schema.ts';
import { event, formSubmission, person } from '../../gating/schema.ts';

const ADA = 'ada.keller@packline.example';
let counter: Counter;
beforeEach(async () => {
	counter = await createCounter();
});
afterEach(() => counter.close());

const claimed = async (state = 'claimed') =>
	(await counter.gate.db.read.select({ n: count() }).from(offerClaim).where(eq(offerClaim.state, state)))[0]?.n ?? 0;
const eventsOf = async (type: string) => counter.gate.db.read.select().from(event).where(eq(event.type, type));
const at = (code: string, token: string, network = '198.51.100.0') => ({ token, code, network });

describe('a claim', () => {
	test('of a stranger takes no code until the mailed link is used; then it is on the screen and in the mailbox', async () => {
		const browser = counter.gate.browser();
		expect(await counter.claim(browser)).toMatchObject({ status: 'confirmation-sent' });
		expect(await claimed()).toBe(0);
		await counter.deliver();
		expect(counter.gate.mails[0]).toMatchObject({ to: ADA, subject: 'Your link for “Kit for 60 days”' });
		expect(await counter.confirm(browser)).toMatchObject({ status: 'confirmed', subject: 'offers:o1' });
		await counter.deliver();
		const own = await counter.offers.own('o1', await browser.who());
		expect(own).toMatchObject({ status: 'claimed', code: expect.stringMatching(/^KIT-2611-[0-9A-Z]{4}-[0-9A-Z]{4}$/), redeemed: null });
		const mail = counter.gate.mails.at(-1);
		expect(mail).toMatchObject({ to: ADA, subject: 'Your code for “Kit for 60 days”' });
		for (const part of [own.status === 'claimed' ? own.code : '-', 'Dealer north', 'Hafenstrasse 1, 70173 Stuttgart, Germany', '1 June 2026'])
			expect(mail?.text).toContain(part);
		expect(mail?.text).not.toContain('Dealer south');
		expect((await eventsOf('offer.claimed'))[0]).toMatchObject({ subject: 'offers:o1', props: { kind: 'test-unit' } });
	});

	test('sent twice by an impatient hand is one request', async () => {
		const browser = counter.gate.browser();
		for (let press = 0; press < 2; press += 1) expect(await counter.claim(browser)).toMatchObject({ status: 'confirmation-sent' });
		expect(await counter.gate.db.read.$count(formSubmission)).toBe(1);
	});

	test('with a pass needs one click, and answers the same code as often as it is made', async () => {
		const browser = await counter.known(ADA);
		expect(await counter.claim(browser, '', { answers: {} })).toMatchObject({ status: 'claimed' });
		await counter.deliver();
		const code = counter.codeOf(ADA);
		expect(await counter.claim(browser, '', { answers: {} })).toMatchObject({ status: 'claimed' });
		await counter.deliver();
		expect(await counter.offers.own('o1', await browser.who())).toMatchObject({ code });
		expect(counter.gate.mails.filter(({ subject }) => subject.startsWith('Your code'))).toHaveLength(1);
		expect(await claimed()).toBe(1);
	});

	test('in Chinese is answered in Chinese', async () => {
		const browser = counter.gate.browser();
		await counter.claim(browser, ADA, { locale: 'zh-CN' });
		await counter.confirm(browser);
		await counter.deliver();
		expect(counter.gate.mails.at(-1)).toMatchObject({ subject: '“Kit for 60 days（中）”的优惠码' });
		expect(counter.gate.mails.at(-1)?.text).toContain('/zh-CN/offers/test-kit');
	});

	test('shows nothing to a browser that is not the person’s', async () => {
		await counter.claim(await counter.known(ADA), '', { answers: {} });
		expect(await counter.offers.own('o1', await counter.gate.browser().who())).toEqual({ status: 'none' });
		expect(await counter.offers.own('o1', await (await counter.known('bo@packline.example')).who())).toEqual({ status: 'none' });
	});

	test('after the end is told so, and leaves nothing', async () => {
		counter.gate.pass(100 * DAY_MS);
		expect(await counter.claim(counter.gate.browser())).toEqual({ status: 'ended' });
		await expect(counter.claim(counter.gate.browser(), ADA, { slug: 'none' })).rejects.toMatchObject({ code: 'not-found' });
	});

	test('that a machine makes leaves nothing behind', async () => {
		expect(await counter.claim(counter.gate.browser(), ADA, { trap: { honeypot: 'x', challenge: null } })).toMatchObject({
			status: 'confirmation-sent',
		});
		expect((await counter.gate.db.read.select({ n: count() }).from(person))[0]?.n).toBe(0);
	});
});

describe('stock', () => {
	test('200 proved people at once for 50 codes: exactly 50 get one, each another one, the rest wait', async () => {
		const browsers = Array.from({ length: 200 }, () => counter.gate.browser());
		for (const [n, browser] of browsers.entries()) await counter.claim(browser, `p${n}@plant${n}.example`);
		await counter.deliver();
		const links = counter.gate.mails.map(({ to, text }) => ({ n: Number(/\d+/.exec(to)?.[0]), token: /\/c\/(\S+)/.exec(text)?.[1] ?? '' }));
		expect(links).toHaveLength(200);
		await Promise.all(links.map(async ({ n, token }) => counter.gate.gating.access.confirm(token, await browsers[n]!.use())));
		expect([await claimed(), await claimed('waiting')]).toEqual([50, 150]);
		await counter.deliver();
		const codes = counter.gate.mails.flatMap(({ text }) => /Code: (\S+)/.exec(text)?.[1] ?? []);
		expect([codes.length, new Set(codes).size]).toEqual([50, 50]);
		expect(await counter.offers.report()).toMatchObject([{ offerId: 'o1', claimed: 50, waiting: 150, redeemed: 0, left: 0 }]);
	}, 120_000);

	test('of several coupons is used up in their order; none at all means no end', async () => {
		counter.site.change({
			offers: [
				anOffer({
					coupons: [
						{ code: 'A', stock: 1 },
						{ code: 'B', stock: 1 },
					],
				}),
			],
		});
		const outcomes = [];
		for (const name of ['a', 'b', 'c']) outcomes.push(await counter.claim(await counter.known(`${name}@plant.example`), '', { answers: {} }));
		expect(outcomes.map(({ status }) => status)).toEqual(['claimed', 'claimed', 'waiting']);
		await counter.deliver();
		expect(['a', 'b'].map((name) => counter.codeOf(`${name}@plant.example`).slice(0, 2))).toEqual(['A-', 'B-']);
		expect(counter.gate.mails.at(-1)).toMatchObject({ to: 'c@plant.example', subject: 'On the list for “Kit for 60 days”' });
		counter.site.change({ offers: [anOffer({ coupons: [] })] });
		expect(await counter.claim(await counter.known('d@plant.example'), '', { answers: {} })).toMatchObject({ status: 'claimed' });
	});

	test('that comes goes to those who wait, longest first; that of somebody erased goes back', async () => {
		counter.site.change({ offers: [anOffer({ coupons: [{ code: 'A', stock: 1 }] })] });
		for (const name of ['a', 'b', 'c']) {
			await counter.claim(await counter.known(`${name}@plant.example`), '', { answers: {} });
			counter.gate.pass(MINUTE_MS);
		}
		counter.site.change({ offers: [anOffer({ coupons: [{ code: 'A', stock: 2 }] })] });
		expect(await counter.offers.giveToWaiting()).toBe(1);
		await counter.deliver();
		expect(counter.codeOf('b@plant.example')).toMatch(/^A-/);
		expect(counter.codeOf('c@plant.example')).toBe('');
		const [first] = await counter.gate.db.read.select().from(offerClaim).orderBy(offerClaim.claimedAt);
		await counter.gate.gating.privacy.erase(first?.personId ?? '', 'staff:x');
		await counter.deliver();
		expect(counter.codeOf('c@plant.example')).toMatch(/^A-/);
	});
});

describe('a redemption', () => {
	let token: string;
	let code: string;
	beforeEach(async () => {
		await counter.claim(await counter.known(ADA), '', { answers: {} });
		await counter.deliver();
		code = counter.codeOf(ADA);
		token = await counter.link();
	});

	test('shows the dealer first name and company only, changes nothing before the button, and counts once', async () => {
		for (let scanned = 0; scanned < 3; scanned++) {
			expect(await counter.offers.check(at(code, token))).toMatchObject({
				status: 'redeemable',
				claim: { givenName: 'Ada', company: 'Packline AG' },
			});
		}
		expect(JSON.stringify(await counter.offers.check(at(code, token)))).not.toMatch(/Keller|packline\.example/);
		expect(await claimed('redeemed')).toBe(0);

		expect(await counter.offers.redeem(at(code.toLowerCase().replaceAll('-', ' '), token))).toMatchObject({
			status: 'redeemed',
			isOwn: true,
			dealer: 'Dealer north',
		});
		expect(await eventsOf('offer.redeemed')).toMatchObject([{ subject: 'offers:o1', props: { dealer: 'Dealer north' } }]);
		counter.gate.pass(DAY_MS);
		const again = await counter.offers.redeem(at(code, token));
		expect(again).toMatchObject({ status: 'redeemed', at: new Date('2026-03-02T09:00:00Z'), dealer: 'Dealer north' });
		expect(await eventsOf('offer.redeemed')).toHaveLength(1);
		expect(await counter.offers.detail('o1')).toMatchObject({
			redeemed: 1,
			byChannel: [{ name: 'fair', claimed: 1, redeemed: 1 }],
			byDealer: [{ name: 'Dealer north', redeemed: 1 }],
			redemptions: [{ company: 'Packline AG', dealer: 'Dealer north', channel: 'fair' }],
		});
	});

	test('by many at once happens once', async () => {
		const outcomes = await Promise.all(Array.from({ length: 20 }, (_, n) => counter.offers.redeem(at(code, token, `198.51.100.${n}`))));
		expect(outcomes.every(({ status }) => status === 'redeemed')).toBe(true);
		expect((await counter.gate.db.read.select({ n: count() }).from(offerRedemption))[0]?.n).toBe(1);
	});

	test('moves the score of the lead, and its undoing moves it back, with the reason on record', async () => {
		const total = async () => {
			await counter.gate.gating.start();
			try {
				await counter.gate.gating.scoring.runDue();
				return (await counter.gate.gating.leads.list({}, SALES)).items[0]?.engagement ?? 0;
			} finally {
				await counter.gate.gating.stop();
			}
		};
		const before = await total();
		await counter.offers.redeem(at(code, token));
		expect(await total()).toBe(before + 2_000);
		const [row] = await counter.gate.db.read.select().from(offerRedemption);
		await expect(counter.offers.undo(row?.id ?? '', '  ', SALES)).rejects.toMatchObject({ code: 'invalid' });
		await counter.offers.undo(row?.id ?? '', 'Wrong person', SALES);
		expect(await total()).toBe(before);
		await expect(counter.offers.undo(row?.id ?? '', 'Again', SALES)).rejects.toMatchObject({ code: 'not-found' });
		expect(
			await counter.gate.db.read
				.select()
				.from(audit)
				.where(and(eq(audit.action, 'offer.undo'), eq(audit.actor, SALES.actor))),
		).toMatchObject([{ subject: 'offers:o1', detail: { dealer: 'dealer-north' } }]);
		expect(await counter.offers.redeem(at(code, token))).toMatchObject({ status: 'redeemed', isOwn: true });
	});

	test('is refused elsewhere, when the code has expired, and for what is no code', async () => {
		expect(await counter.offers.redeem(at(code, await counter.link('dealer-south')))).toEqual({ status: 'elsewhere' });
		expect(await counter.offers.redeem(at('KIT-2611', token))).toEqual({ status: 'unknown-code' });
		expect(await counter.offers.redeem(at('', token))).toEqual({ status: 'unknown-code' });
		counter.gate.pass(100 * DAY_MS);
		expect(await counter.offers.redeem(at(code, token))).toMatchObject({ status: 'expired' });
		expect(await claimed('redeemed')).toBe(0);
	});

	test('holds after the offer went off line', async () => {
		counter.site.change({ offers: [] });
		expect(await counter.offers.redeem(at(code, token))).toMatchObject({ status: 'redeemed', claim: { title: { en: 'Kit for 60 days' } } });
	});

	test('cannot be guessed: ten wrong codes, and the link rests, also for a right one', async () => {
		for (let n = 0; n < 10; n++)
			expect(await counter.offers.check(at(`KIT-2611-0000-000${n}`, token, `198.51.100.${n}`))).toEqual({ status: 'unknown-code' });
		expect(await counter.offers.redeem(at(code, token))).toMatchObject({ status: 'slow-down', retryAfterSeconds: expect.any(Number) });
		expect(await counter.offers.check(at(code, await counter.link(), '192.0.2.77'))).toMatchObject({ status: 'redeemable' });
	});

	test('needs a link that is ours, open and in time', async () => {
		expect(await counter.offers.redeem(at(code, `${token}x`))).toEqual({ status: 'no-link', reason: 'unknown' });
		const [link] = await counter.offers.links();
		expect(link).toMatchObject({ state: 'open', dealer: 'Dealer north', usedAt: null });
		await counter.offers.revokeLink(link?.id ?? '', SALES);
		expect(await counter.offers.redeem(at(code, token))).toEqual({ status: 'no-link', reason: 'revoked' });
		counter.gate.pass(MINUTE_MS);
		const next = await counter.link();
		counter.gate.pass(181 * DAY_MS);
		expect(await counter.offers.peekLink(next)).toEqual({ status: 'expired' });
		expect((await counter.offers.links()).map(({ state, path }) => [state, path])).toEqual([
			['expired', null],
			['revoked', null],
		]);
	});

	test('and its claim are in the person’s export, and after erasing nothing opens or names them', async () => {
		await counter.offers.redeem(at(code, token));
		const [row] = await counter.gate.db.read.select().from(offerClaim);
		const exported = JSON.stringify(await counter.gate.gating.privacy.export(row?.personId ?? '', 'staff:x'));
		for (const part of [code, 'Dealer north', 'Kit for 60 days']) expect(exported).toContain(part);
		expect(counter.gate.bytes()).not.toContain(code);
		await counter.gate.gating.privacy.erase(row?.personId ?? '', 'staff:x');
		expect(await counter.offers.check(at(code, token))).toEqual({ status: 'unknown-code' });
		expect((await counter.gate.db.read.select().from(offerClaim))[0]).toMatchObject({ code: null, codeHash: null, state: 'redeemed' });
		expect(await counter.offers.detail('o1')).toMatchObject({ redeemed: 1, byDealer: [{ name: 'Dealer north', redeemed: 1 }] });
	});
});
