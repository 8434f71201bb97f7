import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { describe, expect, test } from 'vitest';

import { loadConfig } from './config.ts';

describe('configuration', () => {
	test('needs nothing: every part has a default on this machine', () => {
		const config = loadConfig({});
		expect(config.server.publicUrl).toBe('http://127.0.0.1:4321');
		expect(config.database.dialect).toBe('sqlite');
		expect(config.cms.directus).toBe('child');
		expect(config.mail.delivery).toBe('mailbox');
		expect(config.search.engine).toBe('embedded');
		expect(config.rooms.kind).toBe('none');
	});

	test('an empty variable is the same as none', () => {
		expect(loadConfig({ PORT: '', DATABASE_URL: '' })).toEqual(loadConfig({}));
	});

	test('names every problem in one message', () => {
		const act = () => loadConfig({ PORT: 'many', DATABASE_URL: 'mysql://x', SMTP_URL: 'mail.example.com', FOYER_API_TOKEN: 'short' });
		expect(act).toThrow(/PORT[\s\S]*DATABASE_URL[\s\S]*FOYER_API_TOKEN[\s\S]*SMTP_URL/);
	});

	test('a Directus elsewhere needs its token', () => {
		expect(() => loadConfig({ DIRECTUS_URL: 'http://cms.example' })).toThrow('DIRECTUS_TOKEN');
	});

	test('the clock can start elsewhere, but not in production', () => {
		const FOYER_CLOCK = '2026-12-01T13:55:00+01:00';
		expect(loadConfig({ NODE_ENV: 'development', FOYER_CLOCK }).clockStartsAt).toEqual(new Date('2026-12-01T12:55:00Z'));
		expect(loadConfig({}).clockStartsAt).toBeNull();
		expect(() => loadConfig({ FOYER_CLOCK })).toThrow('FOYER_CLOCK: is for development only');
		expect(() => loadConfig({ NODE_ENV: 'development', FOYER_CLOCK: 'tomorrow' })).toThrow('FOYER_CLOCK: must be an instant');
	});

	test('a LiveKit elsewhere needs keys of its own', () => {
		expect(() => loadConfig({ LIVEKIT_URL: 'wss://live.example' })).toThrow('LIVEKIT_API_SECRET');
		expect(loadConfig({ LIVEKIT_URL: 'ws://127.0.0.1:7880' }).rooms.kind).toBe('livekit');
	});

	test('a Meilisearch is used where one is named, and never for lying on the PATH', () => {
		const folder = mkdtempSync(join(tmpdir(), 'foyer-path-'));
		writeFileSync(join(folder, 'meilisearch'), '', { mode: 0o755 });
		const found = { PATH: folder, DATA_DIR: '/data' };
		expect(loadConfig(found).search).toEqual({ engine: 'embedded', file: '/data/search.db' });
		expect(loadConfig({ ...found, SEARCH_ENGINE: 'meilisearch' }).search).toEqual({
			...{ engine: 'meilisearch-child', program: join(folder, 'meilisearch') },
			...{ port: 7_700, file: '/data/search.db' },
		});
		expect(loadConfig({ ...found, SEARCH_ENGINE: 'meilisearch', MEILI_URL: 'http://m:7700' }).search).toMatchObject({ url: 'http://m:7700' });
		expect(loadConfig({ SEARCH_ENGINE: 'embedded', MEILI_URL: 'http://m:7700' }).search.engine).toBe('embedded');
		expect(() => loadConfig({ PATH: '', SEARCH_ENGINE: 'meilisearch' })).toThrow('MEILISEARCH_BIN');
		rmSync(folder, { recursive: true });
	});

	test('each choice of servers is a union', () => {
		const config = loadConfig({
			DATABASE_URL: 'postgres://h/db',
			MEILI_URL: 'http://m:7700',
			LIVEKIT_URL: 'wss://l',
			LIVEKIT_API_KEY: 'key',
			LIVEKIT_API_SECRET: 'own',
			SMTP_URL: 'smtp://s:25',
			TRUSTED_PROXIES: '10.0.0.0/8, ::1',
		});
		expect(config.database).toEqual({ dialect: 'postgres', url: 'postgres://h/db' });
		expect(config.search.engine).toBe('meilisearch');
		expect(config.rooms.kind).toBe('livekit');
		expect(config.mail.delivery).toBe('smtp');
		expect(config.server.trustedProxies).toEqual(['10.0.0.0/8', '::1']);
	});
});
