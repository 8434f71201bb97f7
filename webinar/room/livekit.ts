import { AccessToken, RoomServiceClient, TrackSource, TwirpError, WebhookReceiver, type VideoGrant } from 'livekit-server-sdk';

import { SECOND_MS } from '#kernel/clock.ts';
import { DomainError } from '#kernel/errors.ts';

import { type Rooms, type StageRole, TOKEN_SECONDS } from './rooms.ts';

export interface LiveKitOptions {
	/** `ws://` or `wss://` address of the media server, for browsers and for the hub. */
	readonly url: string;
	readonly apiKey: string;
	readonly apiSecret: string;
}

const STAGE_SOURCES = [TrackSource.CAMERA, TrackSource.MICROPHONE, TrackSource.SCREEN_SHARE, TrackSource.SCREEN_SHARE_AUDIO];
/** Long enough for a host to reload, or for a crashed server's room to be made again by the next who joins. */
const EMPTY_SECONDS = 3_600;
const DEPARTURE_SECONDS = 600;
const REQUEST_SECONDS = 3;

/**
 * Rooms on a LiveKit server. Viewers are hidden: otherwise everybody's browser gets the list of everybody, and signalling
 * grows with the square of the audience.
 * Source: https://docs.livekit.io/frontends/authentication/tokens/
 */
export function livekitRooms({ url, apiKey, apiSecret }: LiveKitOptions): Rooms {
	const client = new RoomServiceClient(url.replace(/^ws/, 'http'), apiKey, apiSecret, { requestTimeout: REQUEST_SECONDS });
	const receiver = new WebhookReceiver(apiKey, apiSecret);
	let isDown = false;

	const asked = async <T>(request: Promise<T>): Promise<T> => {
		try {
			const answer = await request;
			isDown = false;
			return answer;
		} catch (error) {
			isDown = !(error instanceof TwirpError);
			if (isGone(error)) throw new DomainError('not-found', 'the room or participant is not there', { cause: error });
			throw new DomainError('unavailable', 'the media server does not answer', { cause: error });
		}
	};
	const unlessGone = async <T>(request: Promise<T>, otherwise: T): Promise<T> => {
		try {
			return await asked(request);
		} catch (error) {
			if (error instanceof DomainError && error.code === 'not-found') return otherwise;
			throw error;
		}
	};

	return Object.freeze<Rooms>({
		isAvailable: true,
		ensureRoom: async (room) => {
			await asked(client.createRoom({ name: room, emptyTimeout: EMPTY_SECONDS, departureTimeout: DEPARTURE_SECONDS }));
		},
		mintToken: async (room, { identity, name, role }, now) => {
			const token = new AccessToken(apiKey, apiSecret, { identity, ...(role === 'viewer' ? {} : { name }), ttl: TOKEN_SECONDS });
			token.addGrant(grantOf(room, role));
			return { url, token: await token.toJwt(), expiresAt: new Date(now.getTime() + TOKEN_SECONDS * SECOND_MS) };
		},
		setRole: async (room, identity, role) => {
			await asked(client.updateParticipant(room, identity, { permission: permissionOf(role) }));
		},
		mute: async (room, identity, trackId) => {
			await asked(client.mutePublishedTrack(room, identity, trackId, true));
		},
		kick: (room, identity) => unlessGone(client.removeParticipant(room, identity), undefined),
		sessions: async (room) => {
			const participants = await unlessGone(client.listParticipants(room), []);
			return participants.map(({ sid, identity, joinedAt, joinedAtMs }) => ({ sessionId: sid, identity, joinedAt: instantOf(joinedAt, joinedAtMs) }));
		},
		end: (room) => unlessGone(client.deleteRoom(room), undefined),
		readEvent: async (rawBody, authorization) => {
			try {
				const { event, id, createdAt, room, participant } = await receiver.receive(rawBody, authorization);
				return {
					id,
					type: event,
					room: room?.name ?? '',
					identity: participant?.identity ?? null,
					sessionId: participant?.sid ?? null,
					joinedAt: participant ? instantOf(participant.joinedAt, participant.joinedAtMs) : null,
					at: new Date(Number(createdAt) * SECOND_MS),
				};
			} catch {
				return null; // forged, expired or no webhook: the receiver tells them apart, a caller must not
			}
		},
		status: () =>
			isDown ? { state: 'down', reason: 'the media server does not answer; chat, polls and recordings go on' } : { state: 'ok', reason: '' },
	});
}

/** The grant of a token, every right named: what is left out would be allowed. */
export function grantOf(room: string, role: StageRole): VideoGrant {
	const isOnStage = role !== 'viewer';
	return {
		roomJoin: true,
		room,
		canPublish: isOnStage,
		...(isOnStage ? { canPublishSources: STAGE_SOURCES } : {}),
		canPublishData: false,
		canSubscribe: true,
		canUpdateOwnMetadata: false,
		hidden: !isOnStage,
	};
}

/**
 * The whole permission, since the server replaces it as a whole. Somebody brought back from the stage stays visible: hiding
 * them now would leave their picture in everybody's browser until they reconnect.
 */
function permissionOf(role: StageRole) {
	const isOnStage = role !== 'viewer';
	return {
		canPublish: isOnStage,
		canPublishSources: isOnStage ? STAGE_SOURCES : [],
		canPublishData: false,
		canSubscribe: true,
		canUpdateMetadata: false,
		hidden: false,
	};
}

const isGone = (error: unknown): boolean => error instanceof TwirpError && error.status === 404;

/** Older servers send whole seconds only. */
function instantOf(seconds: bigint, milliseconds: bigint): Date {
	return new Date(milliseconds > 0n ? Number(milliseconds) : Number(seconds) * SECOND_MS);
}
