import { eq } from 'drizzle-orm';
import { Webhook } from 'standardwebhooks';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';

import { DAY_MS, HOUR_MS, MINUTE_MS } from '#kernel/clock.ts';
import { systemRandom } from '#kernel/id.ts';
import { engineer, mara } from '#tests/support/scored.ts';
import { createHookedHub, type HookedHub, type Received, status } from '#tests/support/webhooks.ts';

import { lead, webhookDelivery } from '../../gating/schema.ts';
import { announce } from '../../gating/webhook/announce.ts';
import { webhookData } from '../../gating/webhook/personal-data.ts';

let hub: HookedHub;
beforeEach(async () => (hub = await createHookedHub()));
afterEach(() => hub.close());

describe('a message', () => {
	test('is signed so that the verifier of the standard accepts it, with ids and codes only', async () => {
		hub.clock.at = new Date();
		const receiver = await hub.receive(status(204));
		const { secret } = await hub.listen(receiver.url);
		const leadId = await hub.aPerson('p1', engineer);
		await hub.round();
		const [{ headers, body } = { headers: {}, body: '' }] = receiver.got;
		const told = { type: 'lead.created', timestamp: hub.clock.at.toISOString(), data: { leadId } };
		expect(new Webhook(secret).verify(body, headers)).toEqual(told);
		expect(() => new Webhook(secret).verify(body.replace('created', 'erased'), headers)).toThrow(/signature/i);
		expect(await hub.states()).toEqual([['done', 1, '']]);
	});

	test('keeps its id over retries, and only 2xx ends them', async () => {
		const receiver = await hub.receive((response, at) => status(at < 3 ? 500 : 200)(response));
		await hub.listen(receiver.url);
		await hub.aPerson('p1', engineer);
		await hub.round();
		hub.pass(10 * MINUTE_MS);
		await hub.round();
		hub.pass(10 * MINUTE_MS);
		await hub.round();
		expect(receiver.got).toHaveLength(3);
		expect(new Set(receiver.got.map(({ headers }) => headers['webhook-id'])).size).toBe(1);
		expect(new Set(receiver.got.map(({ headers }) => headers['webhook-timestamp'])).size).toBe(3);
		expect(await hub.states()).toEqual([['done', 3, '']]);
	});

	test('carries both signatures for a day after a rotation, then the new one only', async () => {
		const receiver = await hub.receive(status(200));
		const { id, secret: before } = await hub.listen(receiver.url);
		const after = await hub.hooks.rotate(id, mara);
		await hub.aPerson('p1', engineer);
		await hub.round();
		hub.pass(DAY_MS + HOUR_MS);
		await hub.aPerson('p2', { ...engineer, email: 'ben@other.example' });
		await hub.round();
		const signatures = receiver.got.map(({ headers }) => headers['webhook-signature']?.split(' '));
		const [first, second] = receiver.got;
		const sign = (secret: string, { headers, body }: Received) =>
			new Webhook(secret).sign(headers['webhook-id'] ?? '', new Date(Number(headers['webhook-timestamp']) * 1_000), body);
		expect(signatures).toEqual([[sign(after, first!), sign(before, first!)], [sign(after, second!)]]);
	});

	test('holds a company or people only where the endpoint is to have them, and never who was erased', async () => {
		const [thin, company, contact] = [await hub.receive(status(200)), await hub.receive(status(200)), await hub.receive(status(200))];
		await hub.listen(thin.url, ['lead.created'], 'thin');
		await hub.listen(company.url, ['lead.created'], 'company');
		await hub.listen(contact.url, ['lead.created'], 'contact');
		await hub.aPerson('p1', engineer);
		await hub.round();
		const dataOf = ({ got }: { got: Received[] }) => (JSON.parse(got[0]?.body ?? '{}') as { data: { lead?: Record<string, unknown> } }).data.lead;
		expect(dataOf(thin)).toBeUndefined();
		expect(dataOf(company)).toEqual({ company: 'Bottling AG', mailDomain: 'bottling.example' });
		expect(dataOf(contact)).toMatchObject({ people: [{ personId: 'p1', name: 'Anna Keller', email: 'anna.keller@bottling.example' }] });
	});

	test('about a person who is erased is taken back while it waits; the erasure itself is told', async () => {
		const receiver = await hub.receive(status(200));
		await hub.listen(receiver.url, ['form.submitted', 'person.erased'], 'contact');
		await hub.aPerson('p1', engineer);
		await hub.db.write(async (tx) => {
			await announce(tx, { type: 'form.submitted', personId: 'p1' }, hub.clock.at, systemRandom);
			await webhookData().erase(tx, 'p1');
			await announce(tx, { type: 'person.erased', personId: 'p1' }, hub.clock.at, systemRandom);
		});
		await hub.round();
		expect(receiver.got.map(({ body }) => (JSON.parse(body) as { type: string }).type)).toEqual(['person.erased']);
		expect((await hub.states()).map(([state]) => state)).toEqual(['dropped', 'done']);
	});

	test('is there if and only if its fact is', async () => {
		const receiver = await hub.receive(status(200));
		await hub.listen(receiver.url, ['lead.stage.changed']);
		await expect(
			hub.db.write(async (tx) => {
				await announce(tx, { type: 'lead.stage.changed', leadId: 'l' }, hub.clock.at, systemRandom);
				throw new Error('the fact did not come about');
			}),
		).rejects.toThrow();
		expect(await hub.states()).toEqual([]);
	});
});

test('a claim that was never settled, as after kill -9, is taken up again', async () => {
	const receiver = await hub.receive(status(200));
	await hub.listen(receiver.url);
	await hub.aPerson('p1', engineer);
	await hub.db.write((tx) => tx.update(webhookDelivery).set({ claimedUntil: new Date(hub.clock.at.getTime() + MINUTE_MS), attempts: 1 }));
	await hub.round();
	expect(receiver.got).toEqual([]);
	hub.pass(2 * MINUTE_MS);
	await hub.round();
	expect(await hub.states()).toEqual([['done', 2, '']]);
});

test('a test message goes to its endpoint only, whatever it hears', async () => {
	const [one, other] = [await hub.receive(status(200)), await hub.receive(status(200))];
	const { id } = await hub.listen(one.url);
	await hub.listen(other.url);
	await hub.hooks.test(id, mara);
	await hub.round();
	expect([one.got.length, other.got.length]).toEqual([1, 0]);
});

test('who is switched off by hand is told nothing, and nothing is kept for it', async () => {
	const receiver = await hub.receive(status(200));
	const { id } = await hub.listen(receiver.url);
	await hub.hooks.switchTo(id, 'off', mara);
	await hub.aPerson('p1', engineer);
	await hub.round();
	expect([receiver.got, await hub.states()]).toEqual([[], []]);
	await expect(hub.hooks.test(id, mara)).rejects.toMatchObject({ code: 'conflict' });
});

test('a changed grade and a reached stage are told, by the scoring that finds them', async () => {
	const receiver = await hub.receive(status(200));
	await hub.listen(receiver.url, ['lead.score.grade_changed', 'lead.stage.changed']);
	const leadId = await hub.aPerson('p1', engineer);
	await hub.did('f1', 'p1', { type: 'form.submitted', props: { form: 'paper-default' } });
	await hub.scoring.runDue();
	await hub.round();
	const [row] = await hub.db.read.select().from(lead).where(eq(lead.id, leadId));
	const told = receiver.got.map(({ body }) => JSON.parse(body) as { type: string; data: Record<string, unknown> });
	expect(told.find(({ type }) => type === 'lead.score.grade_changed')?.data).toMatchObject({ leadId, to: row?.grade });
	expect(told.find(({ type }) => type === 'lead.stage.changed')?.data).toMatchObject({ leadId, to: row?.stage });
});
