import fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';

import type { Programme } from '#gating';
import { DAY_MS } from '#kernel/clock.ts';
import { type Browser, createGate, type Gate } from '#tests/support/gate.ts';
import { stepsOf } from '#tests/support/gate-steps.ts';

const marketer = { actor: 'staff:m', origin: '', seesPeople: true };
const analyst = { actor: 'staff:a', origin: '', seesPeople: false };

let gate: Gate;
let steps: ReturnType<typeof stepsOf>;
let programme: Programme;
beforeEach(async () => {
	gate = await createGate();
	steps = stepsOf(gate);
	programme = await gate.gating.referrals.add(
		{
			...{ subject: 'white_papers:p1', titleEn: 'Bring a colleague', titleZh: '邀请同事', rewardEn: 'A torque wrench', rewardZh: '扭矩扳手' },
			...{ termsEn: '', termsZh: '', every: 2, most: 2, offerId: null, startsAt: gate.clock.at, endsAt: null },
		},
		marketer,
	);
});
afterEach(() => gate.close());

const referrals = () => gate.gating.referrals;
const results = () => referrals().results(programme.code, marketer);
const statuses = async () => (await results()).guests.map(({ status, reasons }) => [status, ...reasons]);
const countedOf = async () => (await results()).rows.map(({ counted }) => counted).sort();

/** Somebody proved, in a browser of their own. */
async function proved(email: string, answers: Record<string, string> = {}): Promise<Browser> {
	const { browser, token } = await steps.submitAndMail(
		gate.browser(),
		{ name: email.split('@')[0] ?? '', email, ...answers },
		{ subject: 'white_papers:p2' },
	);
	await steps.confirm(browser, token);
	gate.pass(60_000);
	return browser;
}

/** The person's own invitation. */
const invite = async (browser: Browser, isNamed = false) => referrals().invite(programme.code, await browser.who(), isNamed);

/** Comes by an invitation's link, sends the form, and confirms it unless told otherwise. */
async function come(
	code: string,
	email: string,
	{
		browser = gate.browser(),
		network = `net-${email}`,
		answers = {},
		isConfirmed = true,
	}: {
		readonly browser?: Browser;
		readonly network?: string;
		readonly answers?: Record<string, string>;
		readonly isConfirmed?: boolean;
	} = {},
): Promise<string> {
	const opened = await referrals().open(code, 'en');
	const query = opened.status === 'open' ? new URL(opened.location, 'https://hub.example').search : '';
	const visitor = await browser.who();
	const arrival = await gate.gating.channels.arrival({ query, visitor, network });
	const { outcome, token } = await steps.submitAndMail(
		browser,
		{ name: email.split('@')[0] ?? '', email, ...answers },
		{ arrival, channel: arrival.channel },
	);
	if (isConfirmed) await steps.confirm(browser, token);
	gate.pass(60_000);
	return (outcome as { personId: string }).personId;
}

describe('an invitation', () => {
	test('goes the whole way: link, form, confirmed address, place, reward and its mail', async () => {
		const ann = await proved('ann@packline.example');
		expect((await referrals().runningFor('white_papers:p1'))?.code).toBe(programme.code);
		const { code } = await invite(ann);
		expect(code).toMatch(/^[a-z2-9]{10}$/);
		expect(await referrals().open(code, 'zh-CN')).toMatchObject({
			status: 'open',
			location: `/zh-CN/white-papers/p1?utm_source=invitation&utm_medium=invitation&utm_id=i.${code}`,
		});
		await come(code, 'ben@works.example', { isConfirmed: false });
		expect(await referrals().own(programme.code, await ann.who())).toMatchObject({ registered: 1, counted: 0, rank: null, missing: 2 });
		await come(code, 'cai@mill.example');
		expect(await referrals().own(programme.code, await ann.who())).toMatchObject({ registered: 2, counted: 1, rank: 1, missing: 1 });
		expect(await referrals().settle()).toBe(0);
		await come(code, 'dan@plant.example');
		const sent = gate.mails.length;
		expect([await referrals().settle(), await referrals().settle()]).toEqual([1, 0]);
		await gate.deliver();
		expect(gate.mails.slice(sent).map(({ to }) => to)).toEqual(['ann@packline.example']);
		expect(gate.mails.at(-1)?.text).toContain('A torque wrench');
		expect(await referrals().own(programme.code, await ann.who())).toMatchObject({ counted: 2, rewards: [{ number: 1, isWithdrawn: false }] });
		expect((await results()).rows).toMatchObject([{ visited: 3, registered: 3, verified: 2, counted: 2, rewards: 1, name: 'ann' }]);
		expect((await referrals().results(programme.code, analyst)).rows).toMatchObject([{ name: '' }]);
		expect((await gate.gating.channels.counts('channel', '2000-01-01', '2100-01-01')).get('invitation')).toMatchObject({ requests: 3 });
	});

	test('golden (b): an opened link counts nobody, whoever opens it how often', async () => {
		const { code } = await invite(await proved('ann@packline.example'));
		for (let opened = 0; opened < 30; opened++) await referrals().open(code, 'en');
		const agents = [
			'',
			'Mozilla/5.0 (compatible; bingbot/2.0)',
			'Mozilla/5.0 MicroMessenger/8.0 (compatible; WeChatBot)',
			'Mozilla/5.0 HeadlessChrome/142.0',
		];
		for (const userAgent of agents)
			await gate.gating.channels.visit({
				query: `?utm_id=i.${code}`,
				referrer: null,
				subject: '',
				visitor: await gate.browser().who(),
				userAgent,
				network: null,
			});
		expect((await results()).rows).toMatchObject([{ visited: 0, registered: 0, counted: 0 }]);
	});

	test('a browser that agreed counts as one visit, one that did not as none', async () => {
		const { code } = await invite(await proved('ann@packline.example'));
		const land = async (browser: Browser) =>
			gate.gating.channels.visit({
				...{ query: `?utm_source=invitation&utm_medium=invitation&utm_id=i.${code}`, referrer: null, subject: 'white_papers:p1' },
				...{ visitor: await browser.who(), userAgent: 'Mozilla/5.0 (X11; Linux x86_64) Firefox/140.0', network: null },
			});
		await land(gate.browser());
		const agreed = gate.browser();
		await steps.agree(agreed);
		await land(agreed);
		await land(agreed);
		expect((await results()).rows).toMatchObject([{ visited: 1, registered: 0 }]);
		expect((await gate.gating.channels.counts('sourceId', '2000-01-01', '2100-01-01')).size).toBe(2);
	});

	test('of somebody known, of the inviter, and into the same browser are told, never dropped', async () => {
		const ann = await proved('ann.keller@packline.example', { phone: '+41 44 668 18 00' });
		const { code } = await invite(ann);
		const known = await proved('known@packline.example');
		await come(code, 'known@packline.example', { browser: known });
		await come(code, 'annkeller+2@packline.example');
		await come(code, 'second@works.example', { answers: { phone: '+41 44 668 18 00' } });
		await come(code, 'third@works.example', { browser: ann });
		expect(await statuses()).toEqual([
			['refused', 'not-new'],
			['held', 'same-mail'],
			['held', 'same-phone'],
			['held', 'same-browser'],
		]);
		expect(await referrals().own(programme.code, await ann.who())).toBeNull();
	});

	test('that is refused takes its reward back, accepted again gives it again; each is told once and on record', async () => {
		const ann = await proved('ann@packline.example');
		const { id, code } = await invite(ann);
		await come(code, 'cai@mill.example');
		const dan = await come(code, 'dan@plant.example');
		await referrals().settle();
		const decide = (decision: 'accept' | 'refuse') => referrals().review(programme.code, { invitationId: id, personId: dan, decision }, marketer);
		const before = gate.mails.length;
		await decide('refuse');
		await gate.deliver();
		expect(await referrals().own(programme.code, await ann.who())).toMatchObject({ counted: 1, rewards: [{ isWithdrawn: true }] });
		await decide('accept');
		await gate.deliver();
		expect(await referrals().own(programme.code, await ann.who())).toMatchObject({ counted: 2, rewards: [{ number: 1, isWithdrawn: false }] });
		expect(gate.mails.slice(before)).toHaveLength(2);
		const audited = (await gate.gating.report.audit({ subject: null, cursor: null, limit: 100 })).entries.filter(
			({ action }) => action === 'referral.review',
		);
		expect(audited.map(({ actor }) => actor)).toEqual(['staff:m', 'staff:m']);
	});
});

test('a ring of three is held, a chain is not', async () => {
	const ann = await proved('ann@packline.example');
	const { code } = await invite(ann);
	const [ben, cai] = [gate.browser(), gate.browser()];
	await come(code, 'ben@works.example', { browser: ben });
	await come((await invite(ben)).code, 'cai@mill.example', { browser: cai });
	expect(await statuses()).toEqual([['counted'], ['counted']]);
	await come((await invite(cai)).code, 'ann@packline.example', { browser: ann });
	expect(await statuses()).toEqual([
		['held', 'ring'],
		['held', 'ring'],
		['refused', 'not-new'],
	]);
});

test('the link says nothing about anybody, dies with its owner, and totals stay', async () => {
	const ann = await proved('ann@packline.example');
	const { code } = await invite(ann, true);
	const guest = await come(code, 'cai@mill.example');
	const held = await come(code, 'ann+2@packline.example');
	const exported = await gate.gating.privacy.export(guest, 'staff:m');
	expect(JSON.stringify(exported['invitations'])).toContain('"channel":"invitation"');
	const before = await countedOf();
	for (const personId of [guest, held, (await ann.who()).personId ?? '']) await gate.gating.privacy.erase(personId, 'staff:m');
	expect(await countedOf()).toEqual(before);
	expect(await referrals().open(code, 'en')).toEqual({ status: 'unknown' });
	expect(gate.bytes()).not.toContain('net-cai@mill.example');
});

test('a programme that is over or paused makes no links, and its links lead to what they invited to', async () => {
	const ann = await proved('ann@packline.example');
	const { code } = await invite(ann);
	await referrals().change(programme.code, { isPaused: true }, marketer);
	expect(await referrals().open(code, 'en')).toEqual({ status: 'over', location: '/white-papers/p1', subject: 'white_papers:p1' });
	await referrals().change(programme.code, { isPaused: false, endsAt: new Date(gate.clock.at.getTime() + DAY_MS) }, marketer);
	expect((await referrals().open(code, 'en')).status).toBe('open');
	gate.pass(DAY_MS);
	expect(await referrals().runningFor('white_papers:p1')).toBeNull();
	await come(code, 'late@mill.example');
	expect((await results()).guests).toEqual([]);
	await expect(invite(await proved('ben@works.example'))).rejects.toMatchObject({ code: 'conflict' });
	await expect(referrals().invite(programme.code, await gate.browser().who(), false)).rejects.toMatchObject({ code: 'forbidden' });
});

test('what counts follows from who is one with whom, whatever was merged and taken apart on the way', { timeout: 60_000 }, async () => {
	const ann = await proved('ann@packline.example');
	const bea = await proved('bea@works.example');
	const codes = [(await invite(ann)).code, (await invite(bea)).code];
	const ids: string[] = [(await ann.who()).personId ?? '', (await bea.who()).personId ?? ''];
	for (let guest = 0; guest < 5; guest++) ids.push(await come(codes[guest % 2] ?? '', `guest-${guest}@firm-${guest}.example`));
	const { leads } = gate.gating;
	const leadIds = await Promise.all(ids.map(async (id) => (await gate.gating.people.contact(id))?.leadId ?? ''));
	const untouched = await results();
	let merges = 0;

	await fc.assert(
		fc.asyncProperty(fc.array(fc.tuple(fc.nat(6), fc.nat(6)), { minLength: 1, maxLength: 4 }), fc.nat(23), async (pairs, order) => {
			const merged: string[] = [];
			for (const [one, other] of pairs) {
				const id = await leads.merge(leadIds[one] ?? '', leadIds[other] ?? '', marketer).catch(() => null);
				if (id === null) continue;
				merged.push(id);
				merges++;
			}
			await referrals().settle();
			const { guests } = await results();
			// One human being counts once at most, and never for themselves.
			expect(new Set(guests.map(({ leadId }) => leadId)).size).toBe(guests.length);
			expect(guests.filter(({ status, leadId, invitedBy }) => status === 'counted' && leadId === invitedBy.leadId)).toEqual([]);
			const undone = merged.map((id, index) => [(index * 7 + order) % 5, id] as const).sort((a, b) => a[0] - b[0]);
			for (const [, id] of undone) await leads.undoMerge(id, marketer);
			await referrals().settle();
			const again = await results();
			expect(again.guests).toEqual(untouched.guests);
			expect(again.rows.map(({ counted, rank }) => [counted, rank])).toEqual(untouched.rows.map(({ counted, rank }) => [counted, rank]));
		}),
		{ numRuns: 15 },
	);
	expect(merges).toBeGreaterThan(10);
});
