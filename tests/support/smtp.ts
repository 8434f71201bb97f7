import type { AddressInfo } from 'node:net';

import { type ParsedMail, simpleParser } from 'mailparser';
import { SMTPServer } from 'smtp-server';

import { until } from './until.ts';

export interface TestMailServer {
	readonly url: string;
	readonly received: readonly ParsedMail[];
	/** Waits for a mail to `address` that `fits`. */
	mailTo(address: string, fits?: (mail: ParsedMail) => boolean): Promise<ParsedMail>;
	stop(): Promise<void>;
}

/** A real SMTP server on the loopback that keeps what it gets. `port` 0 takes a free one. */
export async function startMailServer(port = 0): Promise<TestMailServer> {
	const received: ParsedMail[] = [];
	const server = new SMTPServer({
		authOptional: true,
		disabledCommands: ['STARTTLS'],
		logger: false,
		closeTimeout: 100,
		onData: (stream, _session, done) => {
			simpleParser(stream).then(
				(mail) => {
					received.push(mail);
					done();
				},
				(error: unknown) => done(error instanceof Error ? error : new Error(String(error))),
			);
		},
	});
	await new Promise<void>((resolve, reject) => {
		server.on('error', reject);
		server.listen(port, '127.0.0.1', resolve);
	});
	const { port: taken } = server.server.address() as AddressInfo;
	return {
		url: `smtp://127.0.0.1:${taken}`,
		received,
		mailTo: (address, fits = () => true) =>
			until(`a mail to ${address}`, () => received.find((mail) => addressesOf(mail).includes(address) && fits(mail)) ?? null, 30_000),
		stop: () => new Promise((resolve) => server.close(() => resolve())),
	};
}

function addressesOf(mail: ParsedMail): string[] {
	const fields = mail.to === undefined ? [] : Array.isArray(mail.to) ? mail.to : [mail.to];
	return fields.flatMap((field) => field.value.map((entry) => entry.address ?? ''));
}
