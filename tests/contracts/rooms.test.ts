import { spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';

import { AccessToken, TokenVerifier } from 'livekit-server-sdk';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';

import { DomainError } from '#kernel/errors.ts';
import { describeWith } from '#tests/support/needs.ts';

import { grantOf, livekitRooms } from '../../webinar/room/livekit.ts';
import { memoryRooms } from '../../webinar/room/memory.ts';
import { noRooms } from '../../webinar/room/none.ts';
import type { Rooms } from '../../webinar/room/rooms.ts';

const NOW = new Date('2026-03-03T10:00:00Z');
const KEY = { apiKey: 'devkey', apiSecret: 'secret-of-at-least-thirty-two-characters' };
const PORT = 4_727;

/** What every media server must do. */
function contract(rooms: () => Rooms): void {
	test('makes a room once, however often it is asked', async () => {
		await rooms().ensureRoom('o1');
		await rooms().ensureRoom('o1');
		expect(await rooms().sessions('o1')).toEqual([]);
	});

	test('knows of nobody in a room that is not there', async () => {
		expect(await rooms().sessions('never-made')).toEqual([]);
	});

	test('changes the role of nobody who is not there', async () => {
		await rooms().ensureRoom('o1');
		await expect(rooms().setRole('o1', 'p_nobody', 'speaker', 'Ada')).rejects.toMatchObject({ code: 'not-found' });
	});

	test('kicks and ends without complaint what is gone', async () => {
		await rooms().kick('o1', 'p_nobody');
		await rooms().end('o1');
		await rooms().end('o1');
	});

	test('gives tokens of ten minutes', async () => {
		const { url, token, expiresAt } = await rooms().mintToken('o1', { identity: 'p_1', name: 'Ada', role: 'viewer' }, NOW);
		expect(url).toMatch(/^wss?:/);
		expect(token).not.toBe('');
		expect(expiresAt.toISOString()).toBe('2026-03-03T10:10:00.000Z');
	});

	test('takes no webhook that it did not sign', async () => {
		expect(await rooms().readEvent('{"event":"participant_joined","id":"EV_1"}', 'Bearer forged')).toBeNull();
		expect(await rooms().readEvent('not json', '')).toBeNull();
	});
}

describe('rooms in memory', () => {
	const rooms = memoryRooms(() => NOW);
	contract(() => rooms);

	test('a kicked participant is gone', async () => {
		const { token } = await rooms.mintToken('o2', { identity: 'p_1', name: '', role: 'viewer' }, NOW);
		await rooms.connect(token);
		await rooms.setRole('o2', 'p_1', 'speaker', 'Ada');
		expect(rooms.roleOf('o2', 'p_1')).toBe('speaker');
		await rooms.kick('o2', 'p_1');
		expect(await rooms.sessions('o2')).toEqual([]);
	});
});

describe('no media server', () => {
	test('says so, and lets everything else go on', async () => {
		const rooms = noRooms();
		expect(rooms.isAvailable).toBe(false);
		await expect(rooms.mintToken('o1', { identity: 'p', name: '', role: 'viewer' }, NOW)).rejects.toBeInstanceOf(DomainError);
		expect(await rooms.sessions('o1')).toEqual([]);
		expect(await rooms.readEvent('{}', '')).toBeNull();
		expect(rooms.status()).toEqual({ state: 'ok', reason: '' });
	});
});

describe('tokens and webhooks of LiveKit, which need no server', () => {
	const rooms = livekitRooms({ url: `ws://127.0.0.1:${PORT}`, ...KEY });
	const claims = async (role: 'host' | 'viewer') => {
		const { token } = await rooms.mintToken('o1', { identity: 'p_1', name: 'Ada', role }, NOW);
		return new TokenVerifier(KEY.apiKey, KEY.apiSecret).verify(token);
	};

	test('a viewer is hidden, listens only, and shows no name', async () => {
		const { sub, name, video, exp, nbf } = await claims('viewer');
		expect({ sub, name, video }).toEqual({ sub: 'p_1', name: undefined, video: { ...grantOf('o1', 'viewer') } });
		expect(video).toEqual({
			roomJoin: true,
			room: 'o1',
			canPublish: false,
			canPublishData: false,
			canSubscribe: true,
			canUpdateOwnMetadata: false,
			hidden: true,
		});
		expect((exp ?? 0) - (nbf ?? 0)).toBe(600);
	});

	test('a host publishes, and administers nothing from a browser', async () => {
		const { video } = await claims('host');
		expect(video).toMatchObject({
			canPublish: true,
			canPublishData: false,
			hidden: false,
			canPublishSources: ['camera', 'microphone', 'screen_share', 'screen_share_audio'],
		});
		expect(video).not.toHaveProperty('roomAdmin');
	});

	test('reads a webhook that is signed over its raw body, and no other', async () => {
		const body = JSON.stringify({
			event: 'participant_left',
			id: 'EV_1',
			createdAt: '1772532100',
			room: { name: 'o1' },
			participant: { sid: 'PA_1', identity: 'p_1', joinedAt: '1772532000', joinedAtMs: '1772532000500' },
		});
		const token = new AccessToken(KEY.apiKey, KEY.apiSecret, { ttl: 300 });
		token.sha256 = createHash('sha256').update(body).digest('base64');
		const header = await token.toJwt();
		expect(await rooms.readEvent(body, header)).toEqual({
			id: 'EV_1',
			type: 'participant_left',
			room: 'o1',
			identity: 'p_1',
			sessionId: 'PA_1',
			joinedAt: new Date(1_772_532_000_500),
			job: null,
			at: new Date(1_772_532_100_000),
		});
		expect(await rooms.readEvent(body.replace('p_1', 'p_2'), header)).toBeNull();
		expect(await rooms.readEvent(body, `Bearer ${header}`)).toBeNull();
	});

	test('a server that does not answer is unavailable, and reported as down', async () => {
		const nowhere = livekitRooms({ url: 'ws://127.0.0.1:1', ...KEY });
		await expect(nowhere.ensureRoom('o1')).rejects.toMatchObject({ code: 'unavailable' });
		expect(nowhere.status().state).toBe('down');
	});
});

describeWith('livekit', 'rooms on a real LiveKit server', (program) => {
	let server: ReturnType<typeof spawn>;
	const hooks: { readonly body: string; readonly authorization: string }[] = [];
	const receiver = createServer((req, res) => {
		let body = '';
		req.on('data', (chunk: Buffer) => (body += chunk.toString()));
		req.on('end', () => {
			hooks.push({ body, authorization: req.headers.authorization ?? '' });
			res.end();
		});
	});
	const rooms = livekitRooms({ url: `ws://127.0.0.1:${PORT}`, ...KEY });

	beforeAll(async () => {
		await new Promise<void>((resolve) => receiver.listen(0, '127.0.0.1', resolve));
		const config = {
			port: PORT,
			bind_addresses: ['127.0.0.1'],
			rtc: { tcp_port: PORT + 1, udp_port: PORT + 2, node_ip: '127.0.0.1', use_external_ip: false },
			keys: { [KEY.apiKey]: KEY.apiSecret },
			webhook: { api_key: KEY.apiKey, urls: [`http://127.0.0.1:${(receiver.address() as AddressInfo).port}/`] },
		};
		server = spawn(program, ['--config-body', JSON.stringify(config)], { stdio: 'ignore' });
		await vi.waitFor(async () => expect((await fetch(`http://127.0.0.1:${PORT}`)).ok).toBe(true), { timeout: 20_000, interval: 100 });
	});
	afterAll(() => {
		server.kill();
		receiver.close();
	});

	contract(() => rooms);

	test('its webhooks are read', async () => {
		await rooms.ensureRoom('o-hooked');
		const hook = await vi.waitFor(() => hooks.find(({ body }) => body.includes('o-hooked')) ?? expect.fail('no webhook yet'), { timeout: 10_000 });
		expect(await rooms.readEvent(hook.body, hook.authorization)).toMatchObject({ type: 'room_started', room: 'o-hooked', identity: null });
		expect(await rooms.readEvent(`${hook.body} `, hook.authorization)).toBeNull();
	});
});
