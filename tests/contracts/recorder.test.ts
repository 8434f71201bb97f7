import { createHash } from 'node:crypto';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';

import { AccessToken, EgressInfo, RoomCompositeEgressRequest, TokenVerifier, WebhookEvent } from 'livekit-server-sdk';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';

import { livekitRooms } from '../../webinar/room/livekit.ts';

const KEY = { apiKey: 'devkey', apiSecret: 'secret-of-at-least-thirty-two-characters' };
interface Asked {
	readonly path: string;
	readonly body: unknown;
	readonly token: string;
}

/** A recorder's side of the media server: keeps what it is asked, and answers as told. */
describe('the recorder of a media server, by what it is asked', () => {
	const asked: Asked[] = [];
	const answer = { status: 200, body: new EgressInfo({ egressId: 'EG_1' }).toJsonString() };
	let server: Server;
	let url = '';

	beforeAll(async () => {
		server = createServer((req, res) => {
			let body = '';
			req.on('data', (chunk: Buffer) => (body += chunk.toString()));
			req.on('end', () => {
				asked.push({ path: req.url ?? '', body: JSON.parse(body), token: (req.headers.authorization ?? '').replace('Bearer ', '') });
				res.writeHead(answer.status, { 'content-type': 'application/json' }).end(answer.body);
			});
		});
		await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
		url = `ws://127.0.0.1:${(server.address() as AddressInfo).port}`;
	});
	afterAll(() => void server.close());
	beforeEach(() => {
		asked.length = 0;
		Object.assign(answer, { status: 200, body: new EgressInfo({ egressId: 'EG_1' }).toJsonString() });
	});
	const rooms = (hlsUrl: string | null = null) => livekitRooms({ url, ...KEY, recorderFolder: '/out', hlsUrl });

	test('begins with one file for the whole room, under a token that may record and nothing else', async () => {
		expect(await rooms().startRecording('o1')).toBe('EG_1');
		const [first] = asked;
		expect(first?.path).toBe('/twirp/livekit.Egress/StartRoomCompositeEgress');
		// Fields that the protocol does not know would throw.
		const request = RoomCompositeEgressRequest.fromJson(first?.body as never);
		expect(request.roomName).toBe('o1');
		expect(request.fileOutputs.length + (request.output.case === 'file' ? 1 : 0)).toBe(1);
		expect(JSON.stringify(first?.body)).toContain('/out/o1/{time}.mp4');
		const { video } = await new TokenVerifier(KEY.apiKey, KEY.apiSecret).verify(first?.token ?? '');
		expect(video).toEqual({ roomRecord: true });
	});

	test('writes HLS beside where that folder is published, and viewers beyond the cap are sent there', async () => {
		await rooms('https://cdn.example/live').startRecording('o1');
		expect(JSON.stringify(asked[0]?.body)).toContain('"livePlaylistName":"live.m3u8"');
		expect(rooms('https://cdn.example/live').overflow('o1')).toBe('https://cdn.example/live/o1/hls/live.m3u8');
		expect(rooms().overflow('o1')).toBeNull();
	});

	test('is ended by its job, also when that has ended before', async () => {
		await rooms().stopRecording('EG_1');
		expect(asked[0]).toMatchObject({ path: '/twirp/livekit.Egress/StopEgress', body: { egressId: 'EG_1' } });
		Object.assign(answer, { status: 412, body: JSON.stringify({ code: 'failed_precondition', msg: 'egress ended' }) });
		await rooms().stopRecording('EG_1');
		Object.assign(answer, { status: 503, body: JSON.stringify({ code: 'unavailable', msg: 'no response from egress service' }) });
		await expect(rooms().startRecording('o1')).rejects.toMatchObject({ code: 'unavailable' });
	});

	test('without a folder nothing is recorded, and nothing is asked', async () => {
		expect(await livekitRooms({ url, ...KEY }).startRecording('o1')).toBeNull();
		expect(asked).toEqual([]);
	});

	test.each([
		['EGRESS_ACTIVE', 'recording'],
		['EGRESS_COMPLETE', 'complete'],
		['EGRESS_LIMIT_REACHED', 'complete'],
		['EGRESS_FAILED', 'failed'],
		['EGRESS_ABORTED', 'failed'],
	])('%s means %s', async (status, state) => {
		const fileResults = [{ filename: '/out/o1/1.mp4', size: '5000', duration: '61000000000' }];
		const event = WebhookEvent.fromJson({
			event: 'egress_ended',
			id: 'EV_1',
			createdAt: '1772532100',
			egressInfo: { egressId: 'EG_1', roomName: 'o1', status, fileResults },
		});
		const body = event.toJsonString();
		const token = new AccessToken(KEY.apiKey, KEY.apiSecret, { ttl: 300 });
		token.sha256 = createHash('sha256').update(body).digest('base64');
		expect((await rooms().readEvent(body, await token.toJwt()))?.job).toEqual({
			...{ id: 'EG_1', state, file: '/out/o1/1.mp4', sizeBytes: 5_000, durationSeconds: 61, error: '' },
		});
	});
});
