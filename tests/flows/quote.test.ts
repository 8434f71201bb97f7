import { count } from 'drizzle-orm';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';

import { MINUTE_MS } from '#kernel/clock.ts';
import { DomainError } from '#kernel/errors.ts';
import { aDealer, type Counter, createCounter, SALES } from '#tests/support/offers.ts';

import { quoteRequest } from '../../gating/offer/schema.ts';
import { event, lead } from '../../gating/schema.ts';

const ADA = 'ada.keller@packline.example';
const HALDEN = 'hello@halden-drives.example';
const NORTH = 'office@north.example';
let counter: Counter;
beforeEach(async () => {
	counter = await createCounter();
});
afterEach(() => counter.close());

const quotes = () => counter.gate.db.read.select().from(quoteRequest).orderBy(quoteRequest.at);
const mailsTo = (address: string) => counter.gate.mails.filter(({ to }) => to === address);
const first = () => counter.site.now.products[0]!;
const asked = (over: Partial<{ quantity: string; configuration: string; shown: string }> = {}) => ({
	slug: first().slug,
	quantity: '3',
	configuration: 'with brake',
	shown: counter.quotes.shown(first()),
	...over,
});

describe('a request', () => {
	test('of a stranger reaches sales at once, marked; the mail to the person repeats no words that anybody may have typed', async () => {
		const browser = counter.gate.browser();
		expect(await counter.ask(browser, { products: [asked()] }, { message: 'Call http://evil.example now' })).toMatchObject({
			status: 'sent',
			isVerified: false,
		});
		await counter.deliver();
		const [toSales] = mailsTo(HALDEN);
		expect(toSales?.subject).toBe('Quote asked for (address not proved): Packline AG');
		for (const part of ['Ada Keller', ADA, `3 × ${first().partNumber}`, 'with brake', 'Call http://evil.example now', '/console/offers/quotes/'])
			expect(toSales?.text).toContain(part);
		const [toAda] = mailsTo(ADA);
		expect(toAda?.subject).toBe('Please confirm your email address');
		expect(toAda?.text).toContain(`3 × ${first().partNumber}`);
		expect(toAda?.text).not.toContain('evil.example');
		expect((await counter.quotes.list(SALES)).items).toMatchObject([{ company: 'Packline AG', name: 'Ada Keller', verifiedAt: null }]);

		await counter.confirm(browser);
		await counter.deliver();
		expect(mailsTo(ADA).at(-1)).toMatchObject({ subject: 'We have your request for a quote' });
		expect(mailsTo(ADA).at(-1)?.text).toContain('Call http://evil.example now');
		expect(mailsTo(HALDEN).at(-1)?.subject).toBe('Quote asked for: Packline AG');
		expect((await quotes())[0]?.verifiedAt).toEqual(counter.gate.clock.at);
		expect(await counter.gate.db.read.select().from(event)).toMatchObject([{ type: 'form.submitted', subject: 'quote' }]);
	});

	test('keeps what was on the page: specifications, price note, page, language and version of the content', async () => {
		const before = first();
		await counter.ask(counter.gate.browser(), { products: [asked()], page: '/products/x/y', locale: 'zh-CN' });
		const revision = counter.site.now.revision;
		counter.site.change({
			products: counter.site.now.products.map((product) => ({ ...product, specifications: [], priceNote: { en: 'New', 'zh-CN': '新' } })),
		});
		const [item] = (await counter.quotes.list(SALES)).items;
		expect(await counter.quotes.view(item?.id ?? '', SALES)).toMatchObject({
			page: '/products/x/y',
			locale: 'zh-CN',
			contentRevision: revision,
			products: [
				{
					partNumber: before.partNumber,
					quantity: 3,
					priceNote: before.priceNote,
					specifications: before.specifications.map(({ name, value, unit }) => ({ name, value, unit })),
				},
			],
			words: { configurations: { [before.slug]: 'with brake' }, message: 'Two drives for a wrapper' },
		});
	});

	test('is refused while the data shown are not the present ones, and for wrong quantities; nothing is kept', async () => {
		const shown = counter.quotes.shown(first());
		counter.site.change({ products: counter.site.now.products.map((product) => ({ ...product, priceNote: { en: 'New', 'zh-CN': '新' } })) });
		expect(await counter.ask(counter.gate.browser(), { products: [asked({ shown, quantity: '0' })] }, { email: 'x' })).toEqual({
			status: 'invalid',
			errors: [
				{ field: `quantity-${first().slug}`, code: 'quantity' },
				{ field: `quantity-${first().slug}`, code: 'changed' },
				{ field: 'email', code: 'mail-syntax' },
			],
		});
		for (const quantity of ['1.5', '-1', 'many', '1000000'])
			expect(await counter.ask(counter.gate.browser(), { products: [asked({ quantity })] })).toMatchObject({ status: 'invalid' });
		expect(await quotes()).toEqual([]);
	});

	test('of products alone needs no words, of neither is refused', async () => {
		expect(await counter.ask(counter.gate.browser(), { products: [asked()] }, { message: '' })).toMatchObject({ status: 'sent' });
		expect(await counter.ask(counter.gate.browser(), {}, { message: ' ' })).toEqual({
			status: 'invalid',
			errors: [{ field: 'message', code: 'required' }],
		});
	});

	test('sent twice is one, with or without a key; a changed one is another', async () => {
		const browser = await counter.known(ADA);
		const twice = await Promise.all([counter.ask(browser, { products: [asked()] }), counter.ask(browser, { products: [asked()] })]);
		expect(new Set(twice.map((outcome) => (outcome.status === 'sent' ? outcome.quoteId : ''))).size).toBe(1);
		await counter.ask(browser, { products: [asked({ quantity: '4' })], idempotencyKey: 'k1' });
		await counter.ask(browser, { products: [asked({ quantity: '4' })], idempotencyKey: 'k1' });
		await counter.ask(browser, { products: [asked({ quantity: '5' })], idempotencyKey: 'k1' });
		expect((await quotes()).map(({ products }) => products[0]?.quantity).sort()).toEqual([3, 4, 5]);
		counter.gate.pass(11 * MINUTE_MS);
		await counter.ask(browser, { products: [asked()] });
		expect(await quotes()).toHaveLength(4);
	});

	test('makes a lead hot: the price asked for is the strongest line of its receipt', async () => {
		const browser = await counter.known(ADA);
		await counter.ask(browser, { products: [asked()] });
		await counter.gate.gating.start();
		await counter.gate.gating.scoring.runDue();
		await counter.gate.gating.stop();
		const [row] = await counter.gate.db.read.select().from(lead);
		const view = await counter.gate.gating.leads.get(row?.id ?? '', SALES);
		expect(view?.receipt.engagement.lines.toSorted((a, b) => b.points - a.points)[0]).toMatchObject({ rule: 'quote-asked', points: 4_000 });
	});

	test('of a machine leaves nothing; of a doubtful person is kept and marked', async () => {
		expect(await counter.ask(counter.gate.browser(), { trap: { honeypot: 'x', challenge: null } })).toMatchObject({ status: 'sent' });
		expect(await quotes()).toEqual([]);
		await counter.ask(counter.gate.browser(), {}, { email: 'test@mailinator.com' });
		await counter.deliver();
		expect((await quotes())[0]?.outcome).toBe('quarantine');
		expect(mailsTo(HALDEN)[0]?.text).toContain('Cleaning: in quarantine');
	});
});

describe('a dealer', () => {
	test('gets the request of a proved person who agreed, in one page, once', async () => {
		const browser = await counter.known(ADA);
		expect(await counter.ask(browser, { products: [asked()], dealer: 'north', consents: ['dealers'] })).toMatchObject({ isVerified: true });
		await counter.deliver();
		expect(mailsTo(NORTH)).toHaveLength(1);
		for (const part of ['Ada Keller', ADA, `3 × ${first().partNumber}`, 'with brake', 'Two drives for a wrapper'])
			expect(mailsTo(NORTH)[0]?.text).toContain(part);
		expect((await quotes())[0]).toMatchObject({ dealer: 'Dealer north', dealerState: 'sent' });
		expect(mailsTo(ADA).at(-1)?.text).toContain('Dealer north answers within one working day');
	});

	test('is not chosen without consent, nor when there is no such dealer', async () => {
		const refused = await counter.ask(counter.gate.browser(), { dealer: 'north' });
		expect(refused).toEqual({ status: 'invalid', errors: [{ field: 'dealer', code: 'dealer-consent' }] });
		expect(await counter.ask(counter.gate.browser(), { dealer: 'nobody', consents: ['dealers'] })).toMatchObject({ errors: [{ code: 'choice' }] });
	});

	test('hears nothing of a stranger until the address is proved', async () => {
		const browser = counter.gate.browser();
		await counter.ask(browser, { dealer: 'north', consents: ['dealers'] });
		await counter.deliver();
		expect([mailsTo(NORTH).length, mailsTo(HALDEN).length]).toEqual([0, 1]);
		await counter.confirm(browser);
		await counter.deliver();
		expect(mailsTo(NORTH)).toHaveLength(1);
	});

	test('who went away, or whose consent was withdrawn before the mail left: sales is told to answer', async () => {
		const browser = await counter.known(ADA);
		await counter.ask(browser, { dealer: 'north', consents: ['dealers'] });
		const { personId } = await browser.who();
		counter.gate.pass(MINUTE_MS);
		await counter.gate.gating.consents.withdraw({ personId: personId ?? '', purposes: ['dealers'], how: 'preferences', channel: 'direct' });
		await counter.deliver();
		expect(mailsTo(NORTH)).toHaveLength(0);
		expect((await quotes())[0]?.dealerState).toBe('withheld');
		expect(mailsTo(HALDEN).at(-1)?.text).toContain('could not be passed to Dealer north');

		counter.gate.pass(MINUTE_MS);
		await counter.ask(browser, { dealer: 'south', consents: ['dealers'] });
		counter.site.change({ dealers: [aDealer('north')] });
		await counter.deliver();
		expect((await quotes()).at(-1)?.dealerState).toBe('failed');
	});

	test('whose mail server refuses for good: sales is told to answer', async () => {
		counter.gate.refuse(NORTH, new DomainError('invalid', 'refused'));
		await counter.ask(await counter.known(ADA), { dealer: 'north', consents: ['dealers'] });
		await counter.deliver();
		expect((await quotes())[0]?.dealerState).toBe('failed');
		expect(mailsTo(HALDEN).at(-1)?.text).toContain('could not be passed to Dealer north');
	});
});

test('lists go on at their cursor, and hide people from who may not see them', async () => {
	for (let n = 0; n < 52; n++) {
		await counter.ask(counter.gate.browser(), {}, { email: `p${n}@plant${n}.example` });
		counter.gate.pass(1_000);
	}
	const one = await counter.quotes.list(SALES);
	const two = await counter.quotes.list({ ...SALES, seesPeople: false }, one.nextCursor ?? '');
	expect([one.items.length, two.items.length, two.nextCursor]).toEqual([50, 2, null]);
	expect(two.items[0]).toMatchObject({ name: null, company: 'Packline AG' });
	expect((await counter.quotes.view(two.items[0]?.id ?? '', { ...SALES, seesPeople: false }))?.words).toBeNull();
	await expect(counter.quotes.list(SALES, 'x')).rejects.toMatchObject({ code: 'invalid' });
}, 60_000);

test('a person’s own words are exported, sealed at rest, and gone after erasing, while the numbers stay', async () => {
	const SECRET = 'Two drives for the wrapper in hall seven';
	await counter.ask(counter.gate.browser(), { products: [asked({ configuration: 'hall-seven-brake' })] }, { message: SECRET });
	const [row] = await quotes();
	const exported = JSON.stringify(await counter.gate.gating.privacy.export(row?.personId ?? '', 'staff:x'));
	for (const part of [SECRET, 'hall-seven-brake', first().partNumber]) expect(exported).toContain(part);
	for (const part of [SECRET, 'hall-seven-brake']) expect(counter.gate.bytes()).not.toContain(part);
	await counter.gate.gating.privacy.erase(row?.personId ?? '', 'staff:x');
	const [item] = (await counter.quotes.list(SALES)).items;
	expect(item).toMatchObject({ name: null });
	expect((await counter.quotes.view(item?.id ?? '', SALES))?.words).toBeNull();
	await counter.deliver();
	expect(mailsTo(HALDEN)).toHaveLength(0);
	expect((await counter.gate.db.read.select({ n: count() }).from(quoteRequest))[0]?.n).toBe(1);
});
