import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { expect, test } from 'vitest';

import { silentLog } from '#kernel/log.ts';
import { createSearch, type Search } from '#search';
import { startMeilisearch as startOwn } from '#search/meilisearch-child.ts';
import { startMeilisearch } from '#tests/support/meilisearch.ts';
import { describeWith } from '#tests/support/needs.ts';
import { sampleContent } from '#tests/support/sample-content.ts';

describeWith('meilisearch', 'when Meilisearch fails', (binary) => {
	test('the embedded engine answers at once, and Meilisearch again when it is back', async () => {
		const folder = mkdtempSync(join(tmpdir(), 'foyer-search-'));
		const server = await startMeilisearch(binary);
		const content = sampleContent();
		let at = 0;
		const open = (url: string, key: string): Search =>
			createSearch({
				config: { engine: 'meilisearch', url, key, file: join(folder, 'search.db') },
				now: () => new Date(at),
				log: silentLog,
				content: () => content,
				timeoutMs: 3_000,
			});
		const search = open(server.url, server.key);
		const titles = async (q: string) => (await search.query({ q, locale: 'en', limit: 50 })).hits.map(({ title }) => title).sort();
		try {
			await search.rebuild();
			const expected = await titles('bearing');
			expect(search.status()).toMatchObject({ state: 'ok', engine: 'meilisearch' });

			server.freeze();
			expect(await titles('bearings')).toEqual(expected);
			expect(search.status()).toMatchObject({ state: 'degraded', engine: 'embedded' });
			const start = performance.now();
			await titles('motor');
			expect(performance.now() - start).toBeLessThan(2_000); // not asked again during the pause

			server.thaw();
			at = 10_000;
			expect(await titles('bearing')).toEqual(expected);
			expect(search.status()).toMatchObject({ state: 'ok', engine: 'meilisearch', reason: '' });

			await server.stop();
			at = 20_000;
			expect(await titles('bearing')).toEqual(expected);
			expect(search.status()).toMatchObject({ state: 'degraded', engine: 'embedded' });
		} finally {
			await search.close();
			await server.stop();
			rmSync(folder, { recursive: true, force: true });
		}
	});

	test('one that the hub runs has a key of its own, makes an unreadable database anew, and ends with it', async () => {
		const folder = mkdtempSync(join(tmpdir(), 'foyer-search-'));
		mkdirSync(join(folder, 'meilisearch', 'data'), { recursive: true });
		writeFileSync(join(folder, 'meilisearch', 'data', 'VERSION'), '0.1.0');
		const content = sampleContent();
		const own = await startOwn({ program: binary, port: 0, dataFolder: folder, file: join(folder, 'search.db'), log: silentLog });
		const search = createSearch({ config: own.search, now: () => new Date(0), log: silentLog, content: () => content, timeoutMs: 30_000 });
		try {
			expect(new URL(own.search.url).hostname).toBe('127.0.0.1');
			expect((await fetch(`${own.search.url}/indexes`)).status).toBe(401);
			await search.rebuild();
			expect((await search.query({ q: 'bearing', locale: 'en' })).total).toBeGreaterThan(0);
			expect(search.status()).toMatchObject({ state: 'ok', engine: 'meilisearch' });
			expect(readFileSync(join(folder, 'meilisearch.secret'), 'utf8').trim()).toBe(own.search.key);
		} finally {
			await search.close();
			await own.stop();
			await expect(fetch(`${own.search.url}/health`)).rejects.toThrow('fetch failed');
			rmSync(folder, { recursive: true, force: true });
		}
	});

	test('a wrong key, or a server that was never there, leaves a working search', async () => {
		const folder = mkdtempSync(join(tmpdir(), 'foyer-search-'));
		const content = sampleContent();
		const server = await startMeilisearch(binary);
		try {
			for (const [url, key] of [
				[server.url, 'wrong'],
				['http://127.0.0.1:1', 'any'],
			] as const) {
				const search = createSearch({
					config: { engine: 'meilisearch', url, key, file: join(folder, 'search.db') },
					now: () => new Date(0),
					log: silentLog,
					content: () => content,
				});
				await search.sync(content);
				expect((await search.query({ q: 'bearing', locale: 'en' })).total).toBeGreaterThan(0);
				expect(search.status()).toMatchObject({ state: 'degraded', engine: 'embedded' });
				await search.close();
			}
		} finally {
			await server.stop();
			rmSync(folder, { recursive: true, force: true });
		}
	});
});

test('an index that cannot be read is made anew', async () => {
	const folder = mkdtempSync(join(tmpdir(), 'foyer-search-'));
	const file = join(folder, 'search.db');
	const content = sampleContent();
	writeFileSync(file, 'this is no database, and long enough to be taken for one'.repeat(200));
	const search = createSearch({ config: { engine: 'embedded', file }, now: () => new Date(0), log: silentLog, content: () => content });
	await search.sync(content);
	expect((await search.query({ q: 'bearing', locale: 'en' })).total).toBeGreaterThan(0);
	await search.close();

	const again = createSearch({ config: { engine: 'embedded', file }, now: () => new Date(0), log: silentLog, content: () => content });
	expect((await again.query({ q: 'bearing', locale: 'en' })).total).toBeGreaterThan(0); // before any content came
	await again.close();
	rmSync(folder, { recursive: true, force: true });
});
