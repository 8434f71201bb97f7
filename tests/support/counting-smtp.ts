import type { AddressInfo } from 'node:net';

import { SMTPServer } from 'smtp-server';

/** A mail server that keeps the Message-IDs it was given, in order, and tells of each. */
export async function startCountingServer(heard: (ids: readonly string[]) => void = () => undefined) {
	const ids: string[] = [];
	const server = new SMTPServer({
		...{ authOptional: true, disabledCommands: ['STARTTLS'], logger: false, closeTimeout: 100 },
		onData: (stream, _session, done) => {
			let text = '';
			stream.on('data', (chunk: Buffer) => (text += chunk.toString('latin1')));
			stream.on('end', () => {
				ids.push(/^message-id:\s*<([^@]+)@/im.exec(text)?.[1] ?? '');
				done();
				heard(ids);
			});
		},
	});
	await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
	server.on('error', () => undefined); // a killed client resets its connections
	return {
		ids,
		url: `smtp://127.0.0.1:${(server.server.address() as AddressInfo).port}`,
		stop: () => new Promise<void>((resolve) => server.close(() => resolve())),
	};
}
