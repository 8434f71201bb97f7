import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';

import { expect, test } from 'vitest';

import { MINUTE_MS } from '#kernel/clock.ts';
import { startCountingServer } from '#tests/support/counting-smtp.ts';
import { crowd } from '#tests/support/crowd.ts';
import { createTestDatabase } from '#tests/support/database.ts';

import { LANES } from '../../gating/message/queue.ts';
import { message } from '../../gating/schema.ts';

const MAILS = 1_200;
const AT = new Date('2026-03-04T10:00:00Z');

test(
	'golden: of many mails none is lost over two kills of the sending process, and only those in its hands go twice',
	{ timeout: 120_000 },
	async () => {
		const database = await createTestDatabase();
		if (database.folder === null) return database.close(); // a database server has no file to hand to another process
		await crowd(database.db, MAILS, AT, 200);
		let child: ChildProcess | null = null;
		const kills = [MAILS / 4, MAILS / 2];
		const server = await startCountingServer((ids) => {
			if (kills[0] === undefined || ids.length < kills[0]) return;
			kills.shift();
			child?.kill('SIGKILL');
		});
		const sent = async () =>
			(await database.db.read.select({ id: message.id, state: message.state }).from(message)).filter(({ state }) => state === 'sent');

		const signals: (string | null)[] = [];
		for (let round = 0; round < 3; round++) {
			const now = new Date(AT.getTime() + round * 10 * MINUTE_MS).toISOString();
			child = spawn(process.execPath, ['tests/support/sending-process.ts', join(database.folder, 'foyer.db'), server.url, now], { stdio: 'inherit' });
			const [, signal] = (await once(child, 'exit')) as [number | null, string | null];
			signals.push(signal);
		}
		expect(signals).toEqual(['SIGKILL', 'SIGKILL', null]);
		const all = await sent();
		expect(all).toHaveLength(MAILS);
		expect(new Set(server.ids)).toEqual(new Set(all.map(({ id }) => id)));
		expect(server.ids.length - MAILS).toBeLessThanOrEqual(2 * LANES);
		await server.stop();
		await database.close();
	},
);
