import { type AddressInfo } from 'node:net';

import { simpleParser } from 'mailparser';
import { SMTPServer } from 'smtp-server';
import { afterEach, describe, expect, test } from 'vitest';

import { DomainError } from '#kernel/errors.ts';
import { systemRandom } from '#kernel/id.ts';
import { type Mail, mailboxMailer, type Mailer, smtpMailer } from '#kernel/mailer.ts';
import { mailbox } from '#kernel/schema.ts';
import { createTestDatabase } from '#tests/support/database.ts';

const now = new Date('2026-11-22T10:00:00Z');
const mail: Mail = {
	to: 'zhou@suzhou.example',
	subject: '确认您的邮箱 – Halden',
	text: '您好',
	html: '<p>您好</p>',
	messageId: '<a1@hub.example>',
	calendar: { method: 'REQUEST', filename: 'webinar.ics', content: 'BEGIN:VCALENDAR\r\nEND:VCALENDAR\r\n' },
};

interface Sent {
	readonly subject: string;
	readonly text: string;
	readonly messageId: string;
}

interface Harness {
	readonly mailer: Mailer;
	sent(): Promise<readonly Sent[]>;
	close(): Promise<void>;
}

async function throughSmtp(refuses = false): Promise<Harness> {
	const raw: Promise<Sent>[] = [];
	const server = new SMTPServer({
		authOptional: true,
		disabledCommands: ['STARTTLS'],
		logger: false,
		onRcptTo: (_address, _session, done) => done(refuses ? Object.assign(new Error('no such user'), { responseCode: 550 }) : undefined),
		onData: (stream, _session, done) => {
			raw.push(
				simpleParser(stream).then((parsed) => ({
					subject: parsed.subject ?? '',
					text: (parsed.text ?? '').trim(),
					messageId: parsed.messageId ?? '',
				})),
			);
			stream.on('end', () => done());
		},
	});
	await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
	const { port } = server.server.address() as AddressInfo;
	const mailer = smtpMailer({ url: `smtp://127.0.0.1:${port}`, from: 'Halden <hello@hub.example>' });
	return {
		mailer,
		sent: () => Promise.all(raw),
		close: async () => {
			await mailer.close();
			await new Promise<void>((resolve) => server.close(resolve));
		},
	};
}

async function intoMailbox(): Promise<Harness> {
	const { db, close } = await createTestDatabase();
	const mailer = mailboxMailer({ db, now: () => now, random: systemRandom, seal: async (_personId, text) => Buffer.from(text) });
	return {
		mailer,
		sent: async () => (await db.read.select().from(mailbox)).map((row) => JSON.parse(row.sealed.toString('utf8')) as Sent),
		close,
	};
}

describe.each([
	['smtp', throughSmtp],
	['mailbox', intoMailbox],
])('mailer: %s', (_name, make) => {
	let harness: Harness;
	afterEach(() => harness.close());

	test('delivers subject, text and id unchanged, in Chinese too', async () => {
		harness = await make();
		await harness.mailer.send(mail, 'p1');
		expect(await harness.sent()).toEqual([expect.objectContaining({ subject: mail.subject, text: mail.text, messageId: mail.messageId })]);
		expect(await harness.mailer.check()).toBe('ok');
	});
});

describe('mailer: failures', () => {
	test('a receiver refused for good is told from a server that is down', async () => {
		const refusing = await throughSmtp(true);
		const refusal: unknown = await refusing.mailer.send(mail, 'p1').catch((error: unknown) => error);
		expect(refusal).toBeInstanceOf(DomainError);
		await refusing.close();
		const down: unknown = await refusing.mailer.send(mail, 'p1').catch((error: unknown) => error);
		expect(down).not.toBeInstanceOf(DomainError);
	});

	test('mail to an erased person goes nowhere', async () => {
		const { db, close } = await createTestDatabase();
		const mailer = mailboxMailer({ db, now: () => now, random: systemRandom, seal: async () => null });
		await expect(mailer.send(mail, 'p1')).rejects.toBeInstanceOf(DomainError);
		expect(await db.read.$count(mailbox)).toBe(0);
		await close();
	});
});
