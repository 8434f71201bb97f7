import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { buffer } from 'node:stream/consumers';

import { afterEach, beforeEach, describe, expect, test } from 'vitest';

import { type FileStore, folderFileStore } from './files.ts';

describe('file store in a folder', () => {
	let folder = '';
	let files: FileStore;
	beforeEach(() => {
		folder = mkdtempSync(join(tmpdir(), 'foyer-files-'));
		files = folderFileStore(folder);
	});
	afterEach(() => rmSync(folder, { recursive: true, force: true }));

	test('keeps the same bytes once and gives them back, whole or in part', async () => {
		const bytes = Buffer.from('0123456789');
		const hash = await files.put(bytes);
		expect(await files.put(bytes)).toBe(hash);
		expect(await files.list()).toEqual([hash]);
		expect(await files.size(hash)).toBe(10);
		expect(await buffer(files.read(hash))).toEqual(bytes);
		expect((await buffer(files.read(hash, { start: 2, end: 4 }))).toString()).toBe('234');
	});

	test('forgets what is removed', async () => {
		const hash = await files.put(Buffer.from('x'));
		await files.remove(hash);
		expect(await files.size(hash)).toBeNull();
	});

	test.each(['../../etc/passwd', '', 'A'.repeat(64)])('refuses the name %j', (name) => {
		expect(() => files.read(name)).toThrow('SHA-256');
	});
});
