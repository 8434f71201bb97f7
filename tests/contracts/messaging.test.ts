import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';

import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { SMTPServer } from 'smtp-server';

import { isDomainError } from '#kernel/errors.ts';
import { smtpMailer } from '#kernel/mailer.ts';
import { httpSms } from '#kernel/messaging/http-sms.ts';

/** What a channel makes of a message, and how the other side answers: taken, not now, never. */
type Answer = 'taken' | 'later' | 'never';

interface Double {
	/** Id and words of what was taken, in order. */
	readonly got: { readonly id: string; readonly text: string }[];
	send(id: string, text: string): Promise<void>;
	close(): Promise<void>;
}

const GATEWAY = { taken: 202, later: 503, never: 400 } as const;

function smsDouble(body: string): (answer: () => Answer) => Promise<Double> {
	return async (answer) => {
		const got: Double['got'] = [];
		const server = createServer((request, response) => {
			let text = '';
			request.on('data', (chunk: Buffer) => (text += chunk.toString()));
			request.on('end', () => {
				const isJson = request.headers['content-type'] === 'application/json';
				const fields = (isJson ? JSON.parse(text) : Object.fromEntries(new URLSearchParams(text))) as Record<string, string>;
				const isRight = request.method === 'POST' && request.headers.authorization === 'Bearer key' && fields['to'] === '+41525550161';
				const said = isRight ? answer() : 'never';
				if (said === 'taken') got.push({ id: fields['reference'] ?? '', text: fields['message'] ?? '' });
				response.writeHead(GATEWAY[said]).end();
			});
		});
		await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
		const sms = httpSms({ url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/send`, authorization: 'Bearer key', body });
		return {
			got,
			send: (id, text) => sms.send({ id, to: '+41525550161', text }),
			close: () => new Promise((resolve) => void server.close(() => resolve())),
		};
	};
}

async function mailDouble(answer: () => Answer): Promise<Double> {
	const got: Double['got'] = [];
	const server = new SMTPServer({
		...{ authOptional: true, disabledCommands: ['STARTTLS'], logger: false, closeTimeout: 100 },
		onData: (stream, _session, done) => {
			let text = '';
			stream.on('data', (chunk: Buffer) => (text += chunk.toString()));
			stream.on('end', () => {
				const said = answer();
				if (said === 'taken') {
					const id = /^message-id:\s*<([^@]+)@/im.exec(text)?.[1] ?? '';
					const [, words = ''] = /text\/plain[\s\S]*?\r\n\r\n([\s\S]*?)\r\n--/.exec(text) ?? [];
					got.push({ id, text: Buffer.from(words.replace(/=\r\n/g, '').replace(/=([0-9A-F]{2})/g, (_, hex: string) => String.fromCharCode(parseInt(hex, 16))), 'latin1').toString() }); // prettier-ignore
				}
				done(said === 'taken' ? null : Object.assign(new Error(said), { responseCode: said === 'later' ? 451 : 550 }));
			});
		},
	});
	await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
	const mailer = smtpMailer({ url: `smtp://127.0.0.1:${(server.server.address() as AddressInfo).port}`, from: 'Hub <hub@hub.example>' });
	return {
		got,
		send: (id, text) => mailer.send({ to: 'p1@bottling.example', subject: 's', text, html: `<p>${id}</p>`, messageId: `<${id}@hub.example>` }, null),
		close: async () => {
			await mailer.close();
			await new Promise<void>((resolve) => server.close(() => resolve()));
		},
	};
}

describe.each([
	['mail by SMTP', mailDouble],
	['SMS by a gateway that takes JSON', smsDouble('{"to":"{to}","message":"{text}","reference":"{id}"}')],
	['SMS by a gateway that takes forms', smsDouble('to={to}&message={text}&reference={id}')],
])('a channel: %s', (_name, start) => {
	let answer: Answer;
	let double: Double;
	beforeEach(async () => {
		answer = 'taken';
		double = await start(() => answer);
	});
	afterEach(() => double.close());

	test('hands words over whole, whatever they hold', async () => {
		const text = 'Grüße, 您好: "a" & {b} \\ 100 %';
		await double.send('m1', text);
		expect(double.got).toEqual([{ id: 'm1', text }]);
	});

	test('is worth another try while the other side is busy, under the same id', async () => {
		answer = 'later';
		const failed = await double.send('m1', 'words').catch((error: unknown) => error);
		expect(failed).toBeInstanceOf(Error);
		expect(isDomainError(failed)).toBe(false);
		answer = 'taken';
		await double.send('m1', 'words');
		expect(double.got).toEqual([{ id: 'm1', text: 'words' }]);
	});

	test('says when a message is refused for good', async () => {
		answer = 'never';
		await expect(double.send('m1', 'words')).rejects.toMatchObject({ name: 'DomainError', code: 'invalid' });
	});
});
