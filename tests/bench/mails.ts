import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { eq } from 'drizzle-orm';

import { MINUTE_MS } from '#kernel/clock.ts';
import { openSqlite } from '#kernel/database-sqlite.ts';
import { startCountingServer } from '#tests/support/counting-smtp.ts';
import { crowd } from '#tests/support/crowd.ts';

import { LANES } from '../../gating/message/queue.ts';
import { message } from '../../gating/schema.ts';
import { line } from './children.ts';

const MAILS = Number(process.env['BENCH_MAILS'] ?? 100_000);
const DOMAINS = 20_000;
const AT = new Date('2026-03-04T10:00:00Z');

/** How long mails in such numbers take to a mail server on this machine, and whether all arrive though their process is killed on the way. */
export async function benchMails(): Promise<void> {
	const folder = mkdtempSync(join(tmpdir(), 'foyer-mails-'));
	const file = join(folder, 'foyer.db');
	const db = openSqlite(file);
	let kill: (() => void) | null = null;
	const server = await startCountingServer((ids) => {
		if (ids.length < MAILS / 2 || kill === null) return;
		kill();
		kill = null;
	});
	try {
		await crowd(db, MAILS, AT, DOMAINS);
		const start = performance.now();
		for (const round of [0, 1]) {
			const now = new Date(AT.getTime() + round * 10 * MINUTE_MS).toISOString();
			const child = spawn(process.execPath, ['tests/support/sending-process.ts', file, server.url, now], { stdio: 'inherit' });
			if (round === 0) kill = () => child.kill('SIGKILL');
			await once(child, 'exit');
		}
		const seconds = (performance.now() - start) / 1_000;
		const sent = await db.read.select({ id: message.id }).from(message).where(eq(message.state, 'sent'));
		const arrived = new Set(server.ids);
		const lost = MAILS - sent.filter(({ id }) => arrived.has(id)).length;
		const twice = server.ids.length - arrived.size;
		const told = `${(MAILS / seconds).toFixed(0)} a second, over one kill`;
		line(`${MAILS} mails sent, lost`, String(lost), '0', lost === 0, told);
		line(`${MAILS} mails sent, twice`, String(twice), `<= ${LANES}`, twice <= LANES, 'those in hand at the kill');
	} finally {
		await server.stop();
		await db.close();
		rmSync(folder, { recursive: true, force: true });
	}
}
