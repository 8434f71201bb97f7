import { openSqlite } from '#kernel/database-sqlite.ts';
import { createGate } from '#tests/support/gate.ts';
import { settings } from '#tests/support/imports.ts';

import { importBatch } from '../../gating/schema.ts';

/** A process that runs the import it is sent, and says so as soon as some of it is stored, so that it can be killed in the middle. */
process.once('message', (bytes: Uint8Array) => {
	void run(Buffer.from(bytes));
});

async function run(bytes: Buffer): Promise<void> {
	const by = { actor: 'staff:m', origin: '', seesPeople: true };
	const db = openSqlite(process.argv[2] ?? '');
	const { gating } = await createGate({ database: db });
	const id = await gating.imports.upload(bytes, 'Killed', 'en', by);
	await gating.imports.check(id, settings(), by);
	await gating.imports.work(id);
	await gating.imports.run(id, by);
	const watch = async (): Promise<void> => {
		const [row] = await db.read.select({ done: importBatch.done }).from(importBatch);
		if ((row?.done ?? 0) > 0) process.send?.({ id, done: row?.done });
		else setImmediate(() => void watch());
	};
	void watch();
	await gating.imports.work(id);
}
