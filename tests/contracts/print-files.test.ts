import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { buffer } from 'node:stream/consumers';

import { afterEach, beforeEach, describe, expect, test } from 'vitest';

import { HOUR_MS, MINUTE_MS } from '#kernel/clock.ts';
import { type FileStore, folderFileStore } from '#kernel/files.ts';
import { systemRandom } from '#kernel/id.ts';
import { createKeptFiles, type KeepRequest, type KeptFiles } from '#kernel/kept-files.ts';
import { createLog } from '#kernel/log.ts';
import { createOutbox } from '#kernel/outbox.ts';
import { createTestDatabase, type TestDatabase } from '#tests/support/database.ts';

const KEY = Buffer.alloc(32, 7);
const TEXT = Buffer.from('张伟 · zhang.wei@packline.example · '.repeat(20_000));
const request = (over: Partial<KeepRequest> = {}): KeepRequest => ({
	...{ id: 'stamp:1', key: KEY, personId: 'person-1', mediaType: 'application/pdf', filename: 'paper.pdf', keptForMs: HOUR_MS },
	...over,
});

let database: TestDatabase;
let folder = '';
let store: FileStore;
let kept: KeptFiles;
let at = new Date('2026-03-02T09:00:00Z');
let made = 0;
const make = () => Promise.resolve({ bytes: TEXT, detail: { pages: ++made } });
const pass = (ms: number) => (at = new Date(at.getTime() + ms));
const bytesOnDisk = () => readdirSync(folder, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile());

beforeEach(async () => {
	made = 0;
	at = new Date('2026-03-02T09:00:00Z');
	database = await createTestDatabase();
	folder = mkdtempSync(join(tmpdir(), 'foyer-kept-'));
	store = folderFileStore(folder);
	kept = createKeptFiles({ db: database.db, store, now: () => at, random: systemRandom, limitBytes: TEXT.length * 3 });
});
afterEach(async () => {
	await database.close();
	rmSync(folder, { recursive: true, force: true });
});

describe('a file that the hub keeps', () => {
	test('is made once for all who ask at the same time, and again only when it has expired', async () => {
		const files = await Promise.all([1, 2, 3].map(() => kept.keep(request(), make)));
		expect(new Set(files.map(({ hash }) => hash)).size).toBe(1);
		expect(await kept.keep(request(), make)).toMatchObject({ detail: { pages: 1 }, sizeBytes: TEXT.length });
		pass(HOUR_MS);
		expect(await kept.find('stamp:1')).toBeNull();
		expect(await kept.keep(request(), make)).toMatchObject({ detail: { pages: 2 } });
		expect(bytesOnDisk()).toHaveLength(1);
	});

	test('gives back any part of its bytes', async () => {
		const file = await kept.keep(request(), make);
		expect((await buffer(await kept.read(file, KEY))).equals(TEXT)).toBe(true);
		for (const [start, end] of [
			[0, 0],
			[1, 20],
			[15, 16],
			[16, 31],
			[300_001, 300_100],
			[TEXT.length - 5, TEXT.length - 1],
		] as const)
			expect((await buffer(await kept.read(file, KEY, { start, end }))).equals(TEXT.subarray(start, end + 1))).toBe(true);
	});

	test('cannot be read on the disk, nor with another key', async () => {
		const file = await kept.keep(request(), make);
		for (const { parentPath, name } of bytesOnDisk()) expect(readFileSync(join(parentPath, name)).includes('packline')).toBe(false);
		expect((await buffer(await kept.read(file, Buffer.alloc(32, 8)))).includes('packline')).toBe(false);
	});

	test('that everybody may see lies as it is', async () => {
		const file = await kept.keep(request({ id: 'open', key: null, personId: null }), make);
		expect((await buffer(await kept.read(file, null, { start: 3, end: 9 }))).equals(TEXT.subarray(3, 10))).toBe(true);
	});

	test('whose making fails is not kept, and the next try makes it', async () => {
		await expect(kept.keep(request(), () => Promise.reject(new Error('no ink')))).rejects.toThrow('no ink');
		expect(await kept.keep(request(), make)).toMatchObject({ detail: { pages: 1 } });
	});

	test('whose bytes were lost is made again', async () => {
		await store.remove((await kept.keep(request(), make)).hash);
		expect(await kept.find('stamp:1')).toBeNull();
		expect(await kept.keep(request(), make)).toMatchObject({ detail: { pages: 2 } });
	});
});

describe('sweeping', () => {
	test('removes rows and bytes of what has expired, and nothing else', async () => {
		await kept.keep(request(), make);
		await kept.keep(request({ id: 'longer', keptForMs: 2 * HOUR_MS }), make);
		pass(HOUR_MS + MINUTE_MS);
		expect(await kept.sweep()).toBe(1);
		expect(bytesOnDisk()).toHaveLength(1);
		expect(await kept.find('longer')).not.toBeNull();
	});

	test('keeps bytes that another file still has', async () => {
		await kept.keep(request({ id: 'a', key: null }), make);
		const longer = await kept.keep(request({ id: 'b', key: null, keptForMs: 2 * HOUR_MS }), make);
		pass(HOUR_MS + MINUTE_MS);
		await kept.sweep();
		expect((await buffer(await kept.read(longer, null))).length).toBe(TEXT.length);
	});

	test('over the limit removes what expires next', async () => {
		for (const [id, hours] of [
			['a', 4],
			['b', 1],
			['c', 3],
			['d', 2],
		] as const)
			await kept.keep(request({ id, keptForMs: hours * HOUR_MS }), make);
		expect(await kept.sweep()).toBe(1);
		expect(await kept.find('b')).toBeNull();
		expect(bytesOnDisk()).toHaveLength(3);
	});

	test('removes bytes that no row knows when it sees them a second time', async () => {
		await store.put(Buffer.from('left behind by a crash'));
		await kept.sweep();
		expect(bytesOnDisk()).toHaveLength(1);
		await kept.sweep();
		expect(bytesOnDisk()).toHaveLength(0);
	});
});

describe('a person', () => {
	test('is told of their files, and takes them along when erased', async () => {
		await kept.keep(request(), make);
		await kept.keep(request({ id: 'other', personId: 'person-2' }), make);
		const { personalData, handlers } = kept;
		expect(await personalData.export(database.db.read, 'person-1')).toMatchObject([{ filename: 'paper.pdf', sizeBytes: TEXT.length }]);
		await database.db.write(async (tx) => personalData.erase(tx, 'person-1'));
		await createOutbox({ db: database.db, now: () => at, random: systemRandom, log: createLog('silent'), handlers }).runDue();
		expect(await kept.find('stamp:1')).toBeNull();
		expect(bytesOnDisk()).toHaveLength(1);
		expect(await kept.find('other')).not.toBeNull();
	});
});
