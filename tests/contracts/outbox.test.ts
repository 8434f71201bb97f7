import { eq } from 'drizzle-orm';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';

import { DomainError } from '#kernel/errors.ts';
import { systemRandom } from '#kernel/id.ts';
import { once, requestHash } from '#kernel/idempotency.ts';
import { createJobs, schedule } from '#kernel/job.ts';
import { silentLog } from '#kernel/log.ts';
import { createOutbox, enqueue, type OutboxHandler, reschedule, withdraw } from '#kernel/outbox.ts';
import { job as jobTable } from '#kernel/schema.ts';
import { createTestDatabase, type TestDatabase } from '#tests/support/database.ts';

const start = new Date('2026-11-22T10:00:00Z');
const after = (seconds: number) => new Date(start.getTime() + seconds * 1_000);

describe('outbox', () => {
	let one: TestDatabase;
	let time = start;
	beforeAll(async () => void (one = await createTestDatabase()));
	afterAll(() => one.close());
	const now = () => time;
	const worker = (handlers: Record<string, OutboxHandler>) => createOutbox({ db: one.db, now, random: systemRandom, log: silentLog, handlers });
	const put = (kind: string, key: string, dueAt = start) => one.db.write((tx) => enqueue(tx, { kind, key, payload: {}, dueAt }, now(), systemRandom));

	test('the same key is put in once', async () => {
		expect(await put('a', 'same')).toBe(true);
		expect(await put('a', 'same')).toBe(false);
		await one.db.write((tx) => withdraw(tx, ['same']));
	});

	test('several workers deliver each row once', async () => {
		for (let index = 0; index < 60; index++) await put('b', `b${index}`);
		const delivered: string[] = [];
		const handlers = { b: async ({ key }: { key: string }) => void delivered.push(key) };
		await Promise.all([worker(handlers).runDue(), worker(handlers).runDue(), worker(handlers).runDue()]);
		expect(delivered.length).toBe(60);
		expect(new Set(delivered).size).toBe(60);
	});

	test('a failed delivery is tried again later, and not before', async () => {
		await put('c', 'c1');
		let tries = 0;
		const failing = worker({ c: async () => Promise.reject(new Error(`try ${++tries}`)) });
		expect(await failing.runDue()).toBe(1);
		expect(await failing.runDue()).toBe(0);
		time = after(7);
		expect(await failing.runDue()).toBe(1);
		time = start;
		await one.db.write((tx) => withdraw(tx, ['c1']));
	});

	test('a row whose worker died is delivered when its claim ends', async () => {
		await put('d', 'd1');
		const hanging = worker({ d: () => new Promise(() => undefined) });
		void hanging.runDue();
		const delivered: string[] = [];
		const other = worker({ d: async ({ key }) => void delivered.push(key) });
		await expect.poll(async () => ((time = after(0)), other.runDue())).toBe(0);
		time = after(121);
		await other.runDue();
		expect(delivered).toEqual(['d1']);
		time = start;
	});

	test('a refusal for good becomes a dead letter that a person can send again', async () => {
		await put('e', 'e1');
		let isFixed = false;
		const handlers = { e: async () => (isFixed ? undefined : Promise.reject(new DomainError('invalid', 'no such address'))) };
		await worker(handlers).runDue();
		const [dead] = await worker(handlers).deadLetters();
		expect(dead).toMatchObject({ key: 'e1', lastError: 'no such address' });
		isFixed = true;
		expect(await worker(handlers).retry(dead!.id)).toBe(true);
		expect(await worker(handlers).runDue()).toBe(1);
		expect(await worker(handlers).deadLetters()).toEqual([]);
	});

	test('what waits can be moved and taken back; what is delivered cannot', async () => {
		await put('f', 'f1', after(60));
		expect(await one.db.write((tx) => reschedule(tx, 'f1', start))).toBe(true);
		await worker({ f: async () => undefined }).runDue();
		expect(await one.db.write((tx) => reschedule(tx, 'f1', after(90)))).toBe(false);
		expect(await one.db.write((tx) => withdraw(tx, ['f1']))).toBe(0);
	});

	test('a nightly job runs once however many workers there are', async () => {
		for (let worker = 0; worker < 3; worker++) {
			await one.db.write((tx) => schedule(tx, { key: 'decay:2026-11-22', kind: 'decay', params: {}, dueAt: start }, start));
		}
		let runs = 0;
		const workers = [1, 2, 3].map(() => createJobs({ db: one.db, now, log: silentLog, handlers: { decay: async () => void runs++ } }));
		await Promise.all(workers.map((each) => each.runDue()));
		expect(runs).toBe(1);
	});

	test('a crashed job goes on where it was', async () => {
		await one.db.write((tx) => schedule(tx, { key: 'long', kind: 'long', params: {}, dueAt: start }, start));
		const crashed = createJobs({
			db: one.db,
			now,
			log: silentLog,
			handlers: { long: async (running) => running.progress(5, 10, 'row-5').then(() => new Promise<void>(() => undefined)) },
		});
		void crashed.runDue();
		const cursors: (string | null)[] = [];
		const next = createJobs({ db: one.db, now, log: silentLog, handlers: { long: async ({ cursor }) => void cursors.push(cursor) } });
		await expect.poll(() => one.db.read.$count(one.db.read.select().from(jobTable).where(eq(jobTable.cursor, 'row-5')))).toBe(1);
		time = after(61);
		await next.runDue();
		expect(cursors).toEqual(['row-5']);
		time = start;
	});

	test('a job that failed runs again at its cursor; one that cannot succeed does not', async () => {
		await one.db.write(async (tx) => {
			await schedule(tx, { key: 'flaky', kind: 'flaky', params: {}, dueAt: start }, start);
			await schedule(tx, { key: 'hopeless', kind: 'hopeless', params: {}, dueAt: start }, start);
		});
		const cursors: (string | null)[] = [];
		let refused = 0;
		const jobs = createJobs({
			db: one.db,
			now,
			log: silentLog,
			handlers: {
				flaky: async ({ cursor, progress }) => {
					cursors.push(cursor);
					if (cursor === null) await progress(3, 4, 'row-3').then(() => Promise.reject(new Error('the disk was full')));
				},
				hopeless: () => Promise.reject(new DomainError('invalid', `no such file, seen ${++refused} time`)),
			},
		});
		await jobs.runDue();
		time = after(59);
		await jobs.runDue();
		expect(cursors).toEqual([null]);
		time = after(61);
		await jobs.runDue();
		expect(cursors).toEqual([null, 'row-3']);
		const states = await one.db.read.select({ key: jobTable.key, state: jobTable.state, attempts: jobTable.attempts }).from(jobTable);
		expect(states).toContainEqual({ key: 'flaky', state: 'done', attempts: 1 });
		expect(states).toContainEqual({ key: 'hopeless', state: 'failed', attempts: 1 });
		expect(refused).toBe(1);
		time = start;
	});

	test('a repeated request gets the first answer; another body under its key is a conflict', async () => {
		let acts = 0;
		const act = async () => ({ status: 201, body: `made ${++acts}` });
		const ask = (body: string) => once(one.db, { scope: 's', key: 'k', hash: requestHash(body), now: start }, act);
		expect(await ask('a')).toEqual({ outcome: 'first', status: 201, body: 'made 1' });
		expect(await ask('a')).toEqual({ outcome: 'replayed', status: 201, body: 'made 1' });
		expect(await ask('b')).toEqual({ outcome: 'conflict' });
	});
});
