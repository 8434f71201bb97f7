import { desc, eq } from 'drizzle-orm';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';

import { HOUR_MS, MINUTE_MS } from '#kernel/clock.ts';
import { type Counter, createCounter, aDealer } from '#tests/support/offers.ts';

import { handOver, lead, move, person, staffMember, workMove } from '../../gating/schema.ts';

let counter: Counter;
beforeEach(async () => {
	counter = await createCounter();
});
afterEach(() => counter.close());

const db = () => counter.gate.db.read;
const clocks = () => db().select().from(handOver).orderBy(desc(handOver.at), desc(handOver.id));
const first = () => counter.site.now.products[0]!;
const ask = (over: Parameters<Counter['ask']>[1] = {}) =>
	counter.ask(counter.gate.browser(), {
		products: [{ slug: first().slug, quantity: '3', configuration: '', shown: counter.quotes.shown(first()) }],
		...over,
	});

describe('golden: who asks for a person reaches one, whatever the score', () => {
	test('a request for a quote is with sales at once, with a clock of minutes, and is one decision that can be undone', async () => {
		await ask();
		const [row] = await db().select().from(lead);
		expect(row).toMatchObject({ workingState: 'sales', owner: null, total: 0 });
		expect(['sql', 'opportunity']).not.toContain(row?.stage);
		expect(await clocks()).toMatchObject([
			{ cause: 'demand', demand: 'quote', state: 'running', dueAt: new Date(counter.gate.clock.at.getTime() + HOUR_MS) },
		]);
		expect(await db().select().from(workMove)).toMatchObject([
			{ from: 'open', to: 'sales', cause: 'rule:explicit-demand', evidence: { demand: 'quote' } },
		]);
	});

	test('who has the lead keeps it, and is told; who has left is passed over', async () => {
		const { gate } = counter;
		await gate.gating.forms.submit(gate.form(await gate.browser().who(), { email: 'ada@packline.example' }));
		await gate.db.write(async (tx) => {
			for (const [id, leftAt] of [
				['here', null],
				['gone', gate.clock.at],
			] as const)
				await tx.insert(staffMember).values({ id, name: id, role: 'sales', seenAt: gate.clock.at, leftAt });
			await tx.update(lead).set({ owner: 'here', workingState: 'nurture' });
		});
		const asking = async () =>
			gate.gating.forms.submit(gate.form(await gate.browser().who(), { email: 'ada@packline.example' }, { subject: 'contact' }));
		await asking();
		expect(await clocks()).toMatchObject([{ owner: 'here', rule: '', demand: 'contact' }]);
		await gate.db.write(async (tx) => {
			await tx.update(lead).set({ owner: 'gone', workingState: 'nurture' });
			await tx.delete(handOver);
		});
		gate.pass(HOUR_MS);
		await asking();
		expect(await clocks()).toMatchObject([{ owner: null, rule: 'anybody' }]);
	});

	test('asked twice while somebody is about to answer, it is one demand', async () => {
		await ask();
		counter.gate.pass(5 * MINUTE_MS);
		await ask({});
		expect(await clocks()).toHaveLength(1);
	});

	test('what a chosen dealer answers is no demand on us, unless the dealer cannot be reached', async () => {
		counter.site.now = { ...counter.site.now, dealers: [aDealer('north', { email: '' })] };
		const browser = counter.gate.browser();
		await counter.ask(browser, { products: [], dealer: counter.site.now.dealers[0]!.slug, consents: ['dealers'] });
		expect(await clocks()).toEqual([]);
		await counter.confirm(browser);
		await counter.deliver();
		expect(await clocks()).toMatchObject([{ demand: 'quote', state: 'running' }]);
	});

	test('a contact form is one too; a paper is none', async () => {
		const { gate } = counter;
		await gate.gating.forms.submit(gate.form(await gate.browser().who()));
		expect(await clocks()).toEqual([]);
		await gate.gating.forms.submit(gate.form(await gate.browser().who(), { email: 'b@packline.example' }, { subject: 'contact' }));
		expect(await clocks()).toMatchObject([{ demand: 'contact' }]);
	});

	test('what cleaning put aside stays there, and reaches a person when it is released', async () => {
		await ask();
		const [row] = await db().select().from(lead);
		await counter.gate.db.write(async (tx) => {
			await tx.update(lead).set({ workingState: 'quarantine' }).where(eq(lead.id, row!.id));
			await tx.delete(handOver);
		});
		counter.gate.pass(2 * HOUR_MS);
		await ask();
		expect(await clocks()).toEqual([]);
		await counter.gate.gating.quarantine.release(row!.id, { actor: 'staff:max', origin: '', seesPeople: true });
		expect(await clocks()).toMatchObject([{ demand: 'quote', state: 'running' }]);
		expect((await db().select().from(workMove).orderBy(workMove.at)).slice(-2)).toMatchObject([
			{ from: 'quarantine', to: 'open', cause: 'staff:max' },
			{ from: 'open', to: 'sales' },
		]);
	});

	test('a customer’s new interest opens an opportunity: a repurchase of what was asked for before, an upsell of anything else', async () => {
		await ask();
		const [one] = await db().select().from(person);
		const become = (stage: string) =>
			counter.gate.db.write(async (tx) => {
				await tx.update(lead).set({ stage, workingState: 'nurture' }).where(eq(lead.id, one!.leadId));
				await tx.delete(handOver);
			});
		await become('customer');
		counter.gate.pass(48 * HOUR_MS);
		await ask();
		const opened = () => db().select().from(move).where(eq(move.to, 'opportunity')).orderBy(desc(move.at));
		expect(await opened()).toMatchObject([{ from: 'customer', cause: 'rule:new-interest', evidence: { interest: 'repurchase' } }]);
		expect((await db().select().from(lead).where(eq(lead.id, one!.leadId)))[0]).toMatchObject({ stage: 'opportunity', workingState: 'sales' });
		await become('customer');
		counter.gate.pass(48 * HOUR_MS);
		await ask({ products: [] });
		expect((await opened())[0]).toMatchObject({ evidence: { interest: 'upsell' } });
	});
});
