import { readFileSync } from 'node:fs';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';

import {
	CreateRoomRequest, DeleteRoomRequest, ListParticipantsRequest, ListParticipantsResponse, MuteRoomTrackRequest, type ParticipantInfo,
	Room, RoomParticipantIdentity, UpdateParticipantRequest,
} from '@livekit/protocol'; // prettier-ignore
import { type ClaimGrants, TokenVerifier } from 'livekit-server-sdk';

import { hookSender } from './hooks.ts';
import { openMediaEnds } from './media-ends.ts';
import { doubleRooms, turnAway } from './rooms.ts';
import { acceptSocket } from './websocket.ts';

/** Takes `livekit-server`'s arguments and file: the hub starts, kills and restarts it like the real one. */
const file = process.argv[process.argv.indexOf('--config') + 1] ?? '';
const { port, keys, webhook } = JSON.parse(readFileSync(file, 'utf8')) as {
	readonly port: number;
	readonly keys: Readonly<Record<string, string>>;
	readonly webhook: { readonly urls: readonly string[] };
};
const [[apiKey, apiSecret]] = Object.entries(keys) as [[string, string]];
const ends = await openMediaEnds();
const rooms = doubleRooms(ends, hookSender({ url: webhook.urls[0] ?? '', apiKey, apiSecret }));
const verifier = new TokenVerifier(apiKey, apiSecret);
const NOTHING = { ignoreUnknownFields: false };

/** The calls of LiveKit's room service that the hub makes, by name: what they need, what they do. Null: nobody is there. */
const CALLS: Readonly<Record<string, (body: string, claims: ClaimGrants) => string | null | 'forbidden'>> = {
	CreateRoom: (body, { video }) => {
		const { name } = CreateRoomRequest.fromJsonString(body, NOTHING);
		return video?.roomCreate ? new Room({ name, sid: `RM_${name}` }).toJsonString() : 'forbidden';
	},
	DeleteRoom: (body, { video }) => {
		if (!video?.roomCreate) return 'forbidden';
		rooms.end(DeleteRoomRequest.fromJsonString(body, NOTHING).room);
		return '{}';
	},
	ListParticipants: (body, claims) => {
		const { room } = ListParticipantsRequest.fromJsonString(body, NOTHING);
		return isAdmin(claims, room) ? new ListParticipantsResponse({ participants: rooms.list(room) }).toJsonString() : 'forbidden';
	},
	GetParticipant: (body, claims) => {
		const { room, identity } = RoomParticipantIdentity.fromJsonString(body, NOTHING);
		return isAdmin(claims, room) ? answerOf(rooms.find(room, identity)) : 'forbidden';
	},
	RemoveParticipant: (body, claims) => {
		const { room, identity } = RoomParticipantIdentity.fromJsonString(body, NOTHING);
		if (!isAdmin(claims, room)) return 'forbidden';
		if (rooms.find(room, identity) === null) return null;
		rooms.remove(room, identity);
		return '{}';
	},
	UpdateParticipant: (body, claims) => {
		const { room, identity, permission, name } = UpdateParticipantRequest.fromJsonString(body, NOTHING);
		if (!isAdmin(claims, room)) return 'forbidden';
		rooms.allow(room, identity, permission, name);
		return answerOf(rooms.find(room, identity));
	},
	MutePublishedTrack: (body, claims) => {
		const { room, identity, trackSid, muted } = MuteRoomTrackRequest.fromJsonString(body, NOTHING);
		if (!isAdmin(claims, room)) return 'forbidden';
		rooms.mute(room, identity, trackSid, muted);
		return rooms.find(room, identity) === null ? null : '{}';
	},
};

const server = createServer((request, response) => void answer(request, response));
server.on('upgrade', (request, stream) => {
	const { pathname, searchParams } = new URL(request.url ?? '/', 'http://double');
	// Of the two ways in, the one with a connection for each direction.
	if (pathname !== '/rtc') return void stream.end('HTTP/1.1 404 Not Found\r\n\r\n');
	void verifier.verify(searchParams.get('access_token') ?? '').then(
		(claims) => {
			if (!claims.video?.roomJoin || !claims.video.room || !claims.sub) return void stream.end('HTTP/1.1 403 Forbidden\r\n\r\n');
			// Nobody's seat outlives their connection here: who wants theirs back takes a new one.
			if (searchParams.get('reconnect') === '1') return turnAway(acceptSocket(request, stream, () => undefined, () => undefined)); // prettier-ignore
			const socket = acceptSocket(request, stream, (message) => seat.take(message), () => seat.gone()); // prettier-ignore
			const seat = rooms.join(claims.sub, claims.name ?? '', claims.video, socket);
		},
		() => void stream.end('HTTP/1.1 401 Unauthorized\r\n\r\n'),
	);
});
server.listen(port, '127.0.0.1');
process.on('SIGTERM', () => void ends.close().finally(() => process.exit(0)));

async function answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
	const { pathname } = new URL(request.url ?? '/', 'http://double');
	const end = (status: number, body: string, type = 'text/plain'): void =>
		void response.writeHead(status, { 'content-type': type, 'access-control-allow-origin': '*' }).end(body);
	if (pathname === '/') return end(200, 'OK');
	const call = CALLS[/^\/twirp\/livekit\.RoomService\/(\w+)$/.exec(pathname)?.[1] ?? ''];
	if (!call) return end(404, 'not found');
	const twirp = (status: number, code: string): void => end(status, JSON.stringify({ code, msg: code }), 'application/json');
	try {
		const chunks: Buffer[] = [];
		for await (const chunk of request) chunks.push(chunk as Buffer);
		const claims = await verifier.verify((request.headers.authorization ?? '').replace(/^Bearer /, '')).catch(() => null);
		if (claims === null) return twirp(401, 'unauthenticated');
		const said = call(Buffer.concat(chunks).toString(), claims);
		if (said === 'forbidden') return twirp(403, 'permission_denied');
		return said === null ? twirp(404, 'not_found') : end(200, said, 'application/json');
	} catch (error) {
		return twirp(400, `malformed: ${String(error)}`);
	}
}

function isAdmin({ video }: ClaimGrants, room: string): boolean {
	return video?.roomAdmin === true && video.room === room;
}

function answerOf(participant: ParticipantInfo | null): string | null {
	return participant?.toJsonString() ?? null;
}
