import { afterEach, beforeEach, describe, expect, test } from 'vitest';

import { HOUR_MS } from '#kernel/clock.ts';
import { createQueuedHub, type QueuedHub } from '#tests/support/messages.ts';
import { mara } from '#tests/support/scored.ts';

import { countMessages } from '../../gating/message/reading.ts';
import { message } from '../../gating/schema.ts';

let hub: QueuedHub;
beforeEach(async () => void (hub = await createQueuedHub()));
afterEach(() => hub.close());

const lines = (...text: string[]) => Buffer.from(text.join('\r\n'));

/** A report by RFC 3464 of a mail server. */
const report = ({ id = '', to = 'p1@bottling.example', status = '5.1.1', action = 'failed', returnTo = 'hello@hub.example', quotes = true }) =>
	lines(
		'From: Mail Delivery System <mailer-daemon@bottling.example>',
		`To: ${returnTo}`,
		'Subject: Undelivered Mail Returned to Sender',
		'MIME-Version: 1.0',
		'Content-Type: multipart/report; report-type=delivery-status; boundary="b1"',
		'',
		'--b1',
		'Content-Type: text/plain',
		'',
		'Your mail could not be delivered.',
		'--b1',
		'Content-Type: message/delivery-status',
		'',
		'Reporting-MTA: dns; mx.bottling.example',
		'',
		`Final-Recipient: rfc822; ${to}`,
		`Action: ${action}`,
		`Status: ${status} (as the server says)`,
		'Diagnostic-Code: smtp; 550 5.1.1',
		' <unknown>',
		'',
		...(quotes
			? ['--b1', 'Content-Type: text/rfc822-headers', '', 'From: Halden Drives <hello@hub.example>', `Message-ID: <${id}@hub.example>`, '']
			: []),
		'--b1--',
		'',
	);

/** A complaint by RFC 5965 of a mailbox provider. */
const complaint = (id: string, type = 'abuse') =>
	lines(
		'From: <feedback@provider.example>',
		'To: <hello@hub.example>',
		'MIME-Version: 1.0',
		'Content-Type: multipart/report; report-type=feedback-report; boundary="b2"',
		'',
		'--b2',
		'Content-Type: text/plain',
		'',
		'This is an abuse report.',
		'--b2',
		'Content-Type: message/feedback-report',
		'',
		`Feedback-Type: ${type}`,
		'User-Agent: Provider/1.0',
		'Version: 1',
		'Original-Rcpt-To: <P1@bottling.example>',
		'',
		'--b2',
		'Content-Type: message/rfc822',
		'',
		`Message-ID: <${id}@hub.example>`,
		'Subject: Words',
		'',
		'Words',
		'--b2--',
		'',
	);

/** A mail that went to them, one more each day; its id. */
async function mailTo(personId: string): Promise<string> {
	hub.pass(24 * 8);
	const key = `${personId}:${hub.clock.at.toISOString()}`;
	await hub.post({ key, personId, origin: key });
	await hub.messages.runDue();
	const rows = await hub.db.read.select().from(message);
	return rows.find((row) => row.key === key)?.id ?? '';
}

const reasons = async () => (await hub.messages.suppressions()).items.map(({ reason, personId }) => [personId, reason]);

describe('a report of a mail server', () => {
	test('that there is no such mailbox suppresses the address and ends what waits for it', async () => {
		await hub.aReader('p1');
		const id = await mailTo('p1');
		await hub.post({ key: 'next', dueAt: new Date(hub.clock.at.getTime() + HOUR_MS) });
		expect(await hub.messages.take(report({ id }))).toEqual({ status: 'counted', kind: 'hard' });
		expect(await hub.messages.take(report({ id }))).toEqual({ status: 'known' });
		expect(await reasons()).toEqual([['p1', 'hard-bounce']]);
		expect(await hub.states()).toMatchObject({ next: 'dropped: suppressed' });
	});

	test('is matched by the address it came to where it quotes nothing', async () => {
		await hub.aReader('p1');
		const id = await mailTo('p1');
		expect(await hub.messages.take(report({ quotes: false }))).toEqual({ status: 'not-ours' });
		expect(await hub.messages.take(report({ quotes: false, returnTo: `bounces+${id}@hub.example` }))).toEqual({ status: 'counted', kind: 'hard' });
	});

	test('of a failure that may pass suppresses when it has repeated', async () => {
		await hub.aReader('p1');
		for (const mails of [1, 2, 3]) {
			expect(await hub.messages.take(report({ id: await mailTo('p1'), status: '5.2.2' }))).toEqual({ status: 'counted', kind: 'soft' });
			expect(await reasons()).toEqual(mails < 3 ? [] : [['p1', 'soft-bounces']]);
		}
	});

	test('of an address that they no longer have suppresses nothing', async () => {
		await hub.aReader('p1');
		const id = await mailTo('p1');
		expect(await hub.messages.take(report({ id, to: 'old@bottling.example' }))).toEqual({ status: 'counted', kind: 'hard' });
		expect(await reasons()).toEqual([]);
	});

	test.each([
		['a mail that only waits', report({ action: 'delayed', status: '4.4.1' }), 'no-report'],
		['a mail of somebody else', report({ id: '019ac8f0-0000-7000-8000-000000000000' }), 'not-ours'],
		['any other mail', lines('From: a@b.example', 'Subject: Hello', '', 'Hello'), 'no-report'],
		['no mail at all', Buffer.from([0, 255, 13, 10]), 'no-report'],
	])('of %s is nothing', async (_name, raw, status) => {
		expect(await hub.messages.take(raw)).toEqual({ status });
	});
});

describe('a complaint', () => {
	test('suppresses, until staff lift it', async () => {
		await hub.aReader('p1');
		expect(await hub.messages.take(complaint(await mailTo('p1'), 'not-spam'))).toEqual({ status: 'no-report' });
		expect(await hub.messages.take(complaint(await mailTo('p1')))).toEqual({ status: 'counted', kind: 'complaint' });
		await hub.post({ key: 'next' }, { key: 'answer', class: 'transactional' });
		await hub.messages.runDue();
		expect(await hub.states()).toMatchObject({ next: 'dropped: suppressed', answer: 'sent: sent' });
		const [one] = (await hub.messages.suppressions()).items;
		await hub.messages.lift(one?.id ?? '', mara);
		await expect(hub.messages.lift(one?.id ?? '', mara)).rejects.toMatchObject({ code: 'not-found' });
		expect(await mailTo('p1')).not.toBe('');
		expect(hub.sent.filter(({ to }) => to === 'p1@bottling.example').length).toBe(4);
	});
});

test('staff see what became of each message of a lead, and change how much one person is sent', async () => {
	const leadId = await hub.aReader('p1');
	const id = await mailTo('p1');
	const { messages } = await hub.messages.ofLead(leadId);
	expect(messages).toMatchObject([{ id, state: 'sent', decisions: [{ verdict: 'sending' }, { verdict: 'sent' }] }]);
	expect(await countMessages(hub.db.read)).toEqual([{ state: 'sent', reason: 'sent', count: 1 }]);
	const { version, body } = await hub.messages.settings();
	const wrong = { ...body, caps: { ...body.caps, mail: { ...body.caps.mail, promotion: { day: 3, week: 2, month: 9, gapMinutes: 0 } } } };
	await expect(hub.messages.changeSettings(wrong, version, mara)).rejects.toMatchObject({
		...{ code: 'invalid', fields: [{ field: 'caps.mail.promotion.week', code: 'order' }] },
	});
	await hub.messages.changeSettings({ ...body, quiet: { ...body.quiet, from: '21:00' } }, version, mara);
	await expect(hub.messages.changeSettings(body, version, mara)).rejects.toMatchObject({ code: 'conflict' });
	expect(await hub.messages.settings()).toMatchObject({ version: 1, by: 'staff:u1', body: { quiet: { from: '21:00' } } });
});
