import { eq } from 'drizzle-orm';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';

import { HOUR_MS } from '#kernel/clock.ts';
import { DomainError } from '#kernel/errors.ts';
import { systemRandom } from '#kernel/id.ts';
import type { TextMessage } from '#kernel/messaging/text-channel.ts';
import { enqueue, withdraw } from '#kernel/outbox.ts';
import { outbox } from '#kernel/schema.ts';
import { createQueuedHub, type QueuedHub } from '#tests/support/messages.ts';
import { engineer, mara } from '#tests/support/scored.ts';

import { message, messageDecision, suppression } from '../../gating/schema.ts';

let hub: QueuedHub;
beforeEach(async () => void (hub = await createQueuedHub()));
afterEach(() => hub.close());

describe('posting', () => {
	test('takes a key once', async () => {
		expect(await hub.post({})).toBe(1);
		expect(await hub.post({ origin: 'mailing:m2' })).toBe(0);
		expect(await hub.post({}, { key: 'k2' })).toBe(1);
	});

	test('takes back by origin, person or key what has not gone', async () => {
		await hub.post({ dueAt: new Date(hub.clock.at.getTime() + HOUR_MS) });
		await hub.post({ key: 'k2', personId: 'p2', origin: 'journey:j1' }, { key: 'k3', personId: 'p3', origin: 'journey:j1' });
		const back = (what: Parameters<QueuedHub['messages']['withdraw']>[1]) => hub.db.write((tx) => hub.messages.withdraw(tx, what));
		expect(await back({ origin: 'mailing:m1' })).toBe(1);
		expect(await back({ keys: ['k1', 'k2'] })).toBe(1);
		expect(await back({ personId: 'p3' })).toBe(1);
		expect(await back({ origin: 'journey:j1' })).toBe(0);
	});
});

describe('what is due', () => {
	test('goes to who agreed, with its id as Message-ID and a link that stops it with one click', async () => {
		await hub.aReader('p1');
		await hub.post({ params: { words: 'for you' } });
		await hub.messages.runDue();
		const [row] = await hub.db.read.select().from(message);
		expect(hub.sent).toMatchObject([
			{
				...{ to: 'p1@bottling.example', subject: 'Words for you', messageId: `<${row?.id}@hub.example>` },
				headers: { 'List-Unsubscribe-Post': 'List-Unsubscribe=One-Click', 'List-Unsubscribe': expect.stringMatching(/^<https:/) },
			},
		]);
		expect(await hub.states()).toEqual({ k1: 'sent: sent' });
		await hub.messages.runDue();
		expect(hub.sent).toHaveLength(1);
	});

	test('over a cap waits its turn by priority, each time with its reason, and is dropped when it is of no use any more', async () => {
		await hub.aReader('p1');
		const soon = new Date(hub.clock.at.getTime() + 2 * HOUR_MS);
		await hub.post({ key: 'low' }, { key: 'high', priority: 5 }, { key: 'short', latestAt: soon });
		await hub.messages.runDue();
		expect(await hub.states()).toEqual({ low: 'deferred: priority', high: 'sent: sent', short: 'dropped: cap-day' });
		hub.pass(24);
		await hub.messages.runDue();
		expect(await hub.states()).toMatchObject({ low: 'sent: sent' });
		const [low] = await hub.db.read.select().from(message).where(eq(message.key, 'low'));
		const log = await hub.db.read
			.select()
			.from(messageDecision)
			.where(eq(messageDecision.messageId, low?.id ?? ''));
		expect(log.map(({ verdict }) => verdict)).toEqual(['deferred', 'sending', 'sent']);
	});

	test('comes to an end with a reason for who never agreed, was erased or whose words are gone', async () => {
		await hub.aPerson('p1', engineer);
		await hub.aReader('p2');
		await hub.post({}, { key: 'k2', personId: 'nobody' }, { key: 'k3', personId: 'p2', composer: 'gone' });
		await hub.messages.runDue();
		expect(await hub.states()).toEqual({ k1: 'dropped: no-consent', k2: 'dropped: erased', k3: 'failed: refused' });
	});

	test('waits at night on the clock of whom it is for, answers excepted', async () => {
		await hub.aReader('p1');
		hub.pass(14);
		await hub.post({}, { key: 'k2', class: 'transactional' });
		await hub.messages.runDue();
		expect(await hub.states()).toEqual({ k1: 'deferred: quiet-hours', k2: 'sent: sent' });
		hub.pass(10);
		await hub.messages.runDue();
		expect(await hub.states()).toMatchObject({ k1: 'sent: sent' });
	});

	test('golden: a no to mail stops everything queued at once, for every person of the lead', async () => {
		const [one, two] = [await hub.aReader('p1'), await hub.aReader('p2', { name: 'A. Keller' })];
		await hub.leads.merge(one, two, mara);
		const later = new Date(hub.clock.at.getTime() + HOUR_MS);
		await hub.post({ dueAt: later }, { key: 'k2', personId: 'p2', dueAt: later }, { key: 'k3', class: 'reminder', dueAt: later });
		await hub.consent('p2', 'marketing.email', false);
		expect(await hub.states()).toEqual({ k1: 'dropped: no-consent', k2: 'dropped: no-consent', k3: 'waiting: ' });
		await hub.consent('p1', 'reminders', false);
		expect(await hub.states()).toMatchObject({ k3: 'dropped: objected' });
		await hub.post({ key: 'k4' });
		await hub.messages.runDue();
		expect(await hub.states()).toMatchObject({ k4: 'dropped: no-consent' });
	});

	test('golden: two persons that were merged get one mail, and share their caps', async () => {
		const [one, two] = [await hub.aReader('p1'), await hub.aReader('p2', { name: 'A. Keller' })];
		await hub.leads.merge(one, two, mara);
		await hub.post({}, { key: 'k2', personId: 'p2' }, { key: 'k3', personId: 'p2', origin: 'mailing:m2' });
		await hub.messages.runDue();
		hub.pass(24);
		await hub.messages.runDue();
		const states = Object.values(await hub.states()).sort();
		expect(states).toEqual(['dropped: same-person', 'sent: sent', 'sent: sent']);
		expect(hub.sent).toHaveLength(2);
	});

	test('is tried again while the server is busy, and fails at once where it refuses', async () => {
		await hub.aReader('p1');
		hub.refuse('p1@bottling.example', new Error('busy'));
		await hub.post({});
		await hub.messages.runDue();
		expect(await hub.states()).toEqual({ k1: 'deferred: server-busy' });
		hub.relent();
		hub.pass(1);
		await hub.messages.runDue();
		expect(await hub.states()).toEqual({ k1: 'sent: sent' });

		await hub.aReader('p2');
		hub.refuse('p2@bottling.example', new DomainError('invalid', 'the mail server refused the mail (550)'));
		await hub.post(
			{ key: 'k2', personId: 'p2' },
			{ key: 'k3', personId: 'p2', class: 'reminder', dueAt: new Date(hub.clock.at.getTime() + HOUR_MS) },
		);
		await hub.messages.runDue();
		expect(await hub.states()).toMatchObject({ k2: 'failed: refused', k3: 'dropped: suppressed' });
		expect(await hub.db.read.select().from(suppression)).toMatchObject([{ personId: 'p2', reason: 'hard-bounce', liftedAt: null }]);
	});

	test('goes on where a worker died in the middle, and is not sent again by who still waits', async () => {
		await hub.aReader('p1');
		await hub.post({});
		await hub.db.write((tx) =>
			tx.update(message).set({ state: 'sending', claimedUntil: new Date(hub.clock.at.getTime() + HOUR_MS), takenAt: hub.clock.at }),
		);
		await hub.messages.runDue();
		expect(hub.sent).toHaveLength(0);
		hub.pass(1.1);
		await hub.messages.runDue();
		expect(hub.sent).toHaveLength(1);
		const reasons = (await hub.db.read.select().from(messageDecision)).map(({ reason }) => reason);
		expect(reasons).toEqual(['resumed', 'sent']);
	});
});

test('mails of the outbox count, wait and are explained like all others', async () => {
	await hub.aReader('p1');
	const mail = (id: string, purpose: 'marketing.email' | 'necessary') =>
		hub.messages.deliver({
			...{ personId: 'p1', purpose, locale: 'en' },
			compose: () => ({ to: 'p1@bottling.example', subject: 's', text: 't', html: 'h', messageId: `<${id}@hub.example>` }),
		});
	expect(await mail('o1', 'marketing.email')).toBeUndefined();
	expect(await mail('o2', 'marketing.email')).toEqual({ deferredUntil: new Date('2026-03-03T08:00:00Z') });
	expect(await mail('o3', 'necessary')).toBeUndefined();
	expect(await mail('o3', 'necessary')).toBeUndefined();
	expect(hub.sent.map(({ messageId }) => messageId)).toEqual(['<o1@hub.example>', '<o3@hub.example>']);
	expect(await hub.states()).toEqual({ 'outbox:o1': 'sent: sent', 'outbox:o2': 'deferred: cap-day', 'outbox:o3': 'sent: sent' });
});

test('a mail of the outbox that waited and is no longer wanted comes to its end', async () => {
	await hub.aReader('p1');
	await hub.post({});
	await hub.messages.runDue();
	const order = { kind: 'webinar-invitation', key: 'i1', payload: {}, personId: 'p1', dueAt: hub.clock.at };
	await hub.db.write((tx) => enqueue(tx, order, hub.clock.at, systemRandom));
	const [row] = await hub.db.read.select().from(outbox).where(eq(outbox.key, 'i1'));
	const id = row?.id ?? '';
	await hub.messages.deliver({
		...{ personId: 'p1', purpose: 'marketing.email', locale: 'en' },
		compose: () => ({ to: 'p1@bottling.example', subject: 's', text: 't', html: 'h', messageId: `<${id}@hub.example>` }),
	});
	await hub.messages.runDue();
	expect(await hub.states()).toMatchObject({ [`outbox:${id}`]: 'deferred: cap-day' });
	await hub.db.write((tx) => withdraw(tx, ['i1']));
	await hub.messages.runDue();
	expect(await hub.states()).toMatchObject({ [`outbox:${id}`]: 'dropped: withdrawn' });
	const [named] = (await hub.messages.list({ origin: 'webinar-invitation' })).items;
	expect(named).toMatchObject({ id, class: 'mailing' });
});

describe('an SMS', () => {
	const phone = '+41525550161';

	test('goes to who agreed to SMS and left a number, and says how to stop them', async () => {
		const got: TextMessage[] = [];
		const other = await createQueuedHub({
			composer: async () => ({ channel: 'sms', locale: 'en', text: 'The new drive is here.', url: null }),
			sms: { send: async (one) => void got.push(one) },
		});
		await other.aReader('p1', { phone });
		await other.aReader('p2');
		await other.consent('p1', 'marketing.sms', true);
		await other.consent('p2', 'marketing.sms', true);
		await other.aReader('p3', { phone: '+41525550162' });
		await other.post({ channel: 'sms' }, { key: 'k2', personId: 'p2', channel: 'sms' }, { key: 'k3', personId: 'p3', channel: 'sms' });
		await other.messages.runDue();
		expect(got).toMatchObject([{ to: phone, text: expect.stringMatching(/^The new drive is here\. Stop: https:\/\/hub\.example\/u\/stop\//) }]);
		expect(await other.states()).toEqual({ k1: 'sent: sent', k2: 'dropped: no-address', k3: 'dropped: no-consent' });
		expect(other.messages.channels).toEqual(['mail', 'sms']);
		await other.close();
	});

	test('is dropped as not configured where there is no gateway', async () => {
		const other = await createQueuedHub({ composer: async () => ({ channel: 'sms', locale: 'en', text: 'Words', url: null }) });
		await other.aReader('p1', { phone });
		await other.consent('p1', 'marketing.sms', true);
		await other.post({ channel: 'sms' });
		await other.messages.runDue();
		expect(await other.states()).toEqual({ k1: 'dropped: not-configured' });
		expect(other.messages.channels).toEqual(['mail']);
		await other.close();
	});
});
