import { setTimeout as pause } from 'node:timers/promises';

import { and, asc, count, eq, gt, inArray, sql, sum } from 'drizzle-orm';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';

import { nextNumber } from '#kernel/counter.ts';
import { prepared } from '#kernel/database.ts';
import { isUniqueViolation } from '#kernel/errors.ts';
import { systemRandom, newId } from '#kernel/id.ts';
import { audit, counter, idempotency, job, mailbox } from '#kernel/schema.ts';
import { createTestDatabase, type TestDatabase } from '#tests/support/database.ts';

const at = new Date('2026-11-22T10:00:00.123Z');
const counterByKey = prepared((handle) =>
	handle
		.select()
		.from(counter)
		.where(eq(counter.key, sql.placeholder('key')))
		.prepare('counter.by-key'),
);

describe('database', () => {
	let one: TestDatabase;
	beforeAll(async () => void (one = await createTestDatabase()));
	afterAll(() => one.close());
	beforeEach(() =>
		one.db.write(async (tx) => {
			await tx.delete(counter);
			await tx.delete(mailbox);
			await tx.delete(idempotency);
		}),
	);
	const put = (key: string, value: number) => one.db.write(async (tx) => void (await tx.insert(counter).values({ key, value })));
	const valueOf = async (key: string) => (await one.db.read.select().from(counter).where(eq(counter.key, key)))[0]?.value;

	test('a body that throws leaves nothing behind', async () => {
		const failing = one.db.write(async (tx) => {
			await tx.insert(counter).values({ key: 'a', value: 1 });
			throw new Error('no');
		});
		await expect(failing).rejects.toThrow('no');
		expect(await valueOf('a')).toBeUndefined();
	});

	test('a body reads its own rows; readers outside do not see them yet', async () => {
		let outside: unknown;
		let inside: unknown;
		await one.db.write(async (tx) => {
			await tx.insert(counter).values({ key: 'b', value: 1 });
			inside = (await tx.select().from(counter)).length;
			if (one.db.dialect === 'sqlite') outside = (await one.db.read.select().from(counter)).length;
		});
		expect(inside).toBe(1);
		if (one.db.dialect === 'sqlite') expect(outside).toBe(0);
	});

	test('a write inside a write is refused instead of waiting for itself', async () => {
		const nested = one.db.write(async () => one.db.write(async () => 1));
		await expect(nested).rejects.toThrow('write() inside write()');
	});

	test('what a body set off may write when the body is over', async () => {
		let later: Promise<unknown> = Promise.resolve();
		await one.db.write(async () => {
			later = pause(10).then(() => put('later', 1));
		});
		await later;
		expect(await valueOf('later')).toBe(1);
	});

	test('awaiting anything but the store inside a body is an error on SQLite', async () => {
		const body = one.db.write(async () => pause(5));
		if (one.db.dialect === 'sqlite') await expect(body).rejects.toThrow('not the store');
		else await expect(body).resolves.toBeUndefined();
	});

	test('concurrent read-modify-writes lose nothing', async () => {
		await put('n', 0);
		const raise = (options?: { locks: string }) =>
			one.db.write(async (tx) => {
				const [row] = await tx.select().from(counter).where(eq(counter.key, 'n'));
				await tx
					.update(counter)
					.set({ value: (row?.value ?? 0) + 1 })
					.where(eq(counter.key, 'n'));
			}, options);
		await Promise.all(Array.from({ length: 60 }, () => raise({ locks: 'n' })));
		await Promise.all(Array.from({ length: 8 }, () => raise()));
		expect(await valueOf('n')).toBe(68);
	});

	test('numbers of an ordered log come without gaps, and a reader never misses one', async () => {
		const seen: number[] = [];
		let isWriting = true;
		const reading = (async () => {
			let last = 0;
			while (isWriting || last < 100) {
				const rows = await one.db.read
					.select()
					.from(idempotency)
					.where(and(eq(idempotency.scope, 'log'), gt(idempotency.status, last)))
					.orderBy(asc(idempotency.status));
				for (const row of rows) seen.push((last = row.status));
				await pause(1);
			}
		})();
		await Promise.all(
			Array.from({ length: 100 }, (_, index) =>
				one.db.write(
					async (tx) => {
						const status = await nextNumber(tx, 'log');
						await tx.insert(idempotency).values({ scope: 'log', key: String(index), requestHash: '', status, body: '', expiresAt: at });
					},
					{ locks: 'log' },
				),
			),
		);
		isWriting = false;
		await reading;
		expect(seen).toEqual(Array.from({ length: 100 }, (_, index) => index + 1));
	});

	test('a prepared statement sees the open transaction it is used in', async () => {
		await counterByKey(one.db.read).execute({ key: 'p' });
		const found = await one.db.write(async (tx) => {
			await tx.insert(counter).values({ key: 'p', value: 7 });
			return counterByKey(tx).execute({ key: 'p' });
		});
		expect(found).toEqual([{ key: 'p', value: 7 }]);
	});

	test('a long read runs off the main thread or in the pool, and its failure is told', async () => {
		await Promise.all([put('long-a', 2), put('long-b', 3)]);
		const module = new URL('../support/long-read.ts', import.meta.url);
		expect(await one.db.analyse({ module, name: 'sumOver', params: { least: 3 } })).toEqual({ total: 3 });
		await expect(one.db.analyse({ module, name: 'nothing', params: null })).rejects.toThrow('exports no nothing');
	});

	test('a unique violation is told from other errors', async () => {
		await put('u', 1);
		const error: unknown = await put('u', 2).catch((thrown: unknown) => thrown);
		expect(isUniqueViolation(error)).toBe(true);
		expect(isUniqueViolation(new Error('other'))).toBe(false);
	});

	describe('both dialects answer alike', () => {
		test('counts and sums are numbers', async () => {
			await Promise.all([put('x', 2), put('y', 3)]);
			const [row] = await one.db.read.select({ n: count(), total: sum(counter.value).mapWith(Number) }).from(counter);
			expect(row).toEqual({ n: 2, total: 5 });
			expect(await one.db.read.$count(counter)).toBe(2);
		});

		test('changed rows are counted by what is returned', async () => {
			await Promise.all([put('x', 2), put('y', 3)]);
			const changed = await one.db.write(async (tx) =>
				tx
					.update(counter)
					.set({ value: sql`${counter.value} + 1` })
					.where(inArray(counter.key, ['x', 'y', 'z']))
					.returning(),
			);
			expect(changed.length).toBe(2);
		});

		test('an empty list matches nothing', async () => {
			await put('x', 2);
			expect(await one.db.read.select().from(counter).where(inArray(counter.key, []))).toEqual([]);
		});

		test('an upsert reports whether the row is new', async () => {
			const insert = () => one.db.write(async (tx) => tx.insert(counter).values({ key: 'w', value: 1 }).onConflictDoNothing().returning());
			expect((await insert()).length).toBe(1);
			expect((await insert()).length).toBe(0);
		});

		test('instants keep milliseconds, json keeps its key order, bytes and 53-bit integers their value', async () => {
			const detail = { z: 1, a: 'ä 中 😀', nested: { y: [1, null] } };
			const id = newId(at, systemRandom);
			await one.db.write(async (tx) => {
				await tx.insert(audit).values({ id, at, actor: 'system', action: 'test', subject: 'x:1', origin: '', detail });
				await tx.insert(mailbox).values({ id, personId: null, sealed: Buffer.from([0, 255, 7]), createdAt: at });
				await tx.insert(counter).values({ key: 'big', value: Number.MAX_SAFE_INTEGER });
			});
			const [row] = await one.db.read.select().from(audit).where(eq(audit.id, id));
			const [mail] = await one.db.read.select().from(mailbox);
			expect(row?.at).toEqual(at);
			expect(JSON.stringify(row?.detail)).toBe(JSON.stringify(detail));
			expect(Buffer.from(mail!.sealed)).toEqual(Buffer.from([0, 255, 7]));
			expect(await valueOf('big')).toBe(Number.MAX_SAFE_INTEGER);
		});

		test('text sorts by code point', async () => {
			await Promise.all(['b', 'A', 'a', 'Z', '中', 'ä'].map((key, index) => put(key, index)));
			const rows = await one.db.read.select({ key: counter.key }).from(counter).orderBy(asc(counter.key));
			expect(rows.map((row) => row.key)).toEqual(['A', 'Z', 'a', 'b', 'ä', '中']);
		});

		test('a comparison with an instant column takes a Date', async () => {
			await one.db.write(
				async (tx) =>
					void (await tx.insert(job).values({
						key: newId(at, systemRandom),
						kind: 'k',
						params: {},
						dueAt: at,
						leaseUntil: at,
						state: 'waiting',
						done: 0,
						total: 0,
						attempts: 0,
						createdAt: at,
					})),
			);
			const rows = await one.db.read
				.select()
				.from(job)
				.where(and(eq(job.kind, 'k'), gt(job.dueAt, new Date(at.getTime() - 1))));
			expect(rows.length).toBe(1);
		});
	});
});
