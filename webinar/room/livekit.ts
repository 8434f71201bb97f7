import {
	AccessToken,
	EgressClient,
	type EgressInfo,
	EgressStatus,
	EncodedFileOutput,
	RoomConfiguration,
	RoomServiceClient,
	SegmentedFileOutput,
	TrackSource,
	TwirpError,
	type VideoGrant,
	WebhookReceiver,
} from 'livekit-server-sdk';

import { SECOND_MS } from '#kernel/clock.ts';
import { DomainError } from '#kernel/errors.ts';

import { type RecorderJob, type Rooms, type StageRole, TOKEN_SECONDS } from './rooms.ts';

export interface LiveKitOptions {
	/** `ws://` or `wss://` address of the media server, for browsers and for the hub. */
	readonly url: string;
	readonly apiKey: string;
	readonly apiSecret: string;
	/** So many viewers fit into one room. */
	readonly mostViewers?: number;
	/** A folder that the recorder writes to and the hub reads, by the same path; null: nothing is recorded. */
	readonly recorderFolder?: string | null;
	/** Where that folder is published: the recorder then writes HLS too, for viewers beyond the cap. */
	readonly hlsUrl?: string | null;
}

const MOST_VIEWERS = 300;

const STAGE_SOURCES = [TrackSource.CAMERA, TrackSource.MICROPHONE, TrackSource.SCREEN_SHARE, TrackSource.SCREEN_SHARE_AUDIO];
/** Long enough for a host to reload, or for a crashed server's room to be made again by the next who joins. */
const EMPTY_SECONDS = 3_600;
const DEPARTURE_SECONDS = 600;
const ROOM_LIMITS = { emptyTimeout: EMPTY_SECONDS, departureTimeout: DEPARTURE_SECONDS };
const SEGMENT_SECONDS = 4;
const REQUEST_SECONDS = 3;

/**
 * Rooms on a LiveKit server. Viewers are hidden: otherwise everybody's browser gets the list of everybody, and signalling
 * grows with the square of the audience.
 * Source: https://docs.livekit.io/frontends/authentication/tokens/
 */
export function livekitRooms({ url, apiKey, apiSecret, mostViewers = MOST_VIEWERS, recorderFolder = null, hlsUrl = null }: LiveKitOptions): Rooms {
	const server = url.replace(/^ws/, 'http');
	const client = new RoomServiceClient(server, apiKey, apiSecret, { requestTimeout: REQUEST_SECONDS });
	const egress = new EgressClient(server, apiKey, apiSecret, { requestTimeout: REQUEST_SECONDS });
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
		mostViewers,
		overflow: (room) => (recorderFolder !== null && hlsUrl !== null ? `${hlsUrl}/${room}/hls/live.m3u8` : null),
		ensureRoom: async (room) => {
			await asked(client.createRoom({ name: room, ...ROOM_LIMITS }));
		},
		mintToken: async (room, { identity, name, role }, now) => {
			const token = new AccessToken(apiKey, apiSecret, { identity, ...(role === 'viewer' ? {} : { name }), ttl: TOKEN_SECONDS });
			token.addGrant(grantOf(room, role));
			token.roomConfig = new RoomConfiguration(ROOM_LIMITS);
			return { url, token: await token.toJwt(), expiresAt: new Date(now.getTime() + TOKEN_SECONDS * SECOND_MS) };
		},
		setRole: async (room, identity, role, name) => {
			await asked(client.updateParticipant(room, identity, { permission: permissionOf(role), ...(name === '' ? {} : { name }) }));
		},
		mute: async (room, identity) => {
			const { tracks } = await asked(client.getParticipant(room, identity));
			for (const { sid, source, muted } of tracks) {
				if (source === TrackSource.MICROPHONE && !muted) await asked(client.mutePublishedTrack(room, identity, sid, true));
			}
		},
		kick: (room, identity) => unlessGone(client.removeParticipant(room, identity), undefined),
		sessions: async (room) => {
			const participants = await unlessGone(client.listParticipants(room), []);
			return participants.map(({ sid, identity, joinedAt, joinedAtMs, tracks }) => ({
				...{ sessionId: sid, identity, joinedAt: instantOf(joinedAt, joinedAtMs), isOnStage: tracks.length > 0 },
			}));
		},
		end: (room) => unlessGone(client.deleteRoom(room), undefined),
		readEvent: async (rawBody, authorization) => {
			try {
				const { event, id, createdAt, room, participant, egressInfo } = await receiver.receive(rawBody, authorization);
				return {
					id,
					type: event,
					room: room?.name ?? egressInfo?.roomName ?? '',
					identity: participant?.identity ?? null,
					sessionId: participant?.sid ?? null,
					joinedAt: participant ? instantOf(participant.joinedAt, participant.joinedAtMs) : null,
					job: egressInfo ? jobOf(egressInfo) : null,
					at: new Date(Number(createdAt) * SECOND_MS),
				};
			} catch {
				return null; // forged, expired or no webhook: the receiver tells them apart, a caller must not
			}
		},
		startRecording: async (room) => {
			if (recorderFolder === null) return null;
			const folder = `${recorderFolder}/${room}`;
			const file = new EncodedFileOutput({ filepath: `${folder}/{time}.mp4`, disableManifest: true });
			const segments = new SegmentedFileOutput({
				...{ filenamePrefix: `${folder}/hls/part`, playlistName: 'all.m3u8', livePlaylistName: 'live.m3u8', segmentDuration: SEGMENT_SECONDS },
			});
			const { egressId } = await asked(egress.startRoomCompositeEgress(room, hlsUrl !== null ? { file, segments } : { file }, { layout: 'speaker' }));
			return egressId;
		},
		stopRecording: async (jobId) => {
			try {
				await asked(egress.stopEgress(jobId));
			} catch (error) {
				if (!isOver(error)) throw error;
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

/** What a recorder reports, in our words. */
function jobOf({ egressId, status, error, fileResults }: EgressInfo): RecorderJob {
	const [file] = fileResults;
	const isFailed = status === EgressStatus.EGRESS_FAILED || status === EgressStatus.EGRESS_ABORTED;
	const isComplete = status === EgressStatus.EGRESS_COMPLETE || status === EgressStatus.EGRESS_LIMIT_REACHED;
	return {
		id: egressId,
		state: isFailed ? 'failed' : isComplete ? 'complete' : 'recording',
		file: file?.filename ?? '',
		sizeBytes: Number(file?.size ?? 0n),
		durationSeconds: file ? Math.round(Number(file.duration) / 1e9) : null,
		error,
	};
}

/** A job that has ended cannot be stopped. */
const isOver = (error: unknown): boolean =>
	error instanceof DomainError && (error.code === 'not-found' || (error.cause instanceof TwirpError && error.cause.status === 412));

const isGone = (error: unknown): boolean => error instanceof TwirpError && error.status === 404;

/** Older servers send whole seconds only. */
function instantOf(seconds: bigint, milliseconds: bigint): Date {
	return new Date(milliseconds > 0n ? Number(milliseconds) : Number(seconds) * SECOND_MS);
}
