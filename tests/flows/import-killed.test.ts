import { fork } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { describe, expect, test } from 'vitest';

import { openSqlite } from '#kernel/database-sqlite.ts';
import { createGate } from '#tests/support/gate.ts';
import { csvOf } from '#tests/support/imports.ts';

import { importBatch, person } from '../../gating/schema.ts';

describe('a run that was killed', () => {
	test('goes on where it ended: nobody twice, nobody missing', { timeout: 180_000 }, async () => {
		const folder = mkdtempSync(join(tmpdir(), 'foyer-import-'));
		const file = join(folder, 'foyer.db');
		const rows = Array.from({ length: 1_500 }, (_, index) => [
			`Person ${index}`,
			`p${index % 1_400}@firm${index % 90}.example`,
			'',
			`Firm ${index % 90}`,
			String(index),
		]);
		const child = fork(join(import.meta.dirname, '../support/import-child.ts'), [file], {
			serialization: 'advanced',
			stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
		});
		const said = await new Promise<{ id: string; done: number }>((resolve, reject) => {
			child.on('message', (message: { id: string; done: number }) => void (child.kill('SIGKILL') && resolve(message)));
			child.on('error', reject);
			child.send(csvOf(rows));
		});
		await new Promise((resolve) => (child.exitCode !== null || child.signalCode !== null ? resolve(null) : child.once('exit', resolve)));
		expect(child.signalCode).toBe('SIGKILL');
		const db = openSqlite(file);
		const [held] = await db.read.select().from(importBatch);
		expect(held).toMatchObject({ id: said.id, state: 'running' });
		expect(held?.done).toBeGreaterThan(0);
		expect(held?.done).toBeLessThan(1_500);

		const again = await createGate({ database: db });
		await again.gating.imports.work(said.id);
		expect(await again.gating.imports.get(said.id)).toMatchObject({ state: 'done', done: 1_500, counts: { accept: 1_500 } });
		expect(await db.read.$count(person)).toBe(new Set(rows.map(([, mail]) => mail)).size);
		await db.close();
		rmSync(folder, { recursive: true, force: true });
	});
});
