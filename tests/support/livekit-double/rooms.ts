import {
	type AddTrackRequest, ConnectionQuality, DisconnectReason, JoinResponse, LeaveRequest, LeaveRequest_Action, ParticipantInfo, ParticipantInfo_State,
	ParticipantPermission, Pong, Room, SignalRequest, SignalResponse, TrackInfo, TrackSource,
} from '@livekit/protocol'; // prettier-ignore
import type { VideoGrant } from 'livekit-server-sdk';

import type { MediaEnds } from './media-ends.ts';
import type { Socket } from './websocket.ts';

type Said = NonNullable<NonNullable<ConstructorParameters<typeof SignalResponse>[0]>['message']>;

interface Seat {
	readonly room: string;
	readonly info: ParticipantInfo;
	readonly socket: Socket;
	/** The browser's names of its tracks by ours, and those that have come. */
	readonly cids: Map<string, string>;
	readonly come: Set<string>;
	negotiation: Promise<unknown>;
	answered: () => void;
}

const SOURCES: Readonly<Record<string, TrackSource>> = {
	camera: TrackSource.CAMERA,
	microphone: TrackSource.MICROPHONE,
	screen_share: TrackSource.SCREEN_SHARE,
	screen_share_audio: TrackSource.SCREEN_SHARE_AUDIO,
};

/** Who sits in which room, and what they are told: what LiveKit says to browsers, as far as the hub's stage uses it. */
export function doubleRooms(ends: MediaEnds, tell: (event: string, room: string, participant: ParticipantInfo) => void) {
	const seats = new Set<Seat>();
	let number = Date.now();

	const say = (seat: Seat, message: Said): void => seat.socket.send(new SignalResponse({ message }).toBinary());
	const others = (seat: Seat): Seat[] => [...seats].filter((one) => one !== seat && one.room === seat.room);
	const isHidden = ({ info }: Seat): boolean => info.permission?.hidden ?? false;
	const spread = (seat: Seat): void => {
		const told: Said = { case: 'update', value: { participants: [seat.info] } };
		say(seat, told);
		if (!isHidden(seat)) for (const other of others(seat)) say(other, told);
	};
	/** One offer at a time; the next waits for the answer. */
	const feed = (seat: Seat): void => {
		seat.negotiation = seat.negotiation.then(async () => {
			if (!seats.has(seat)) return;
			const wanted = others(seat).flatMap(({ info, cids, come }) =>
				[...come].map((sid) => ({ cid: cids.get(sid) ?? '', stream: `${info.sid}|${sid}` })),
			);
			const sdp = await ends.offer(seat.info.sid, wanted);
			if (sdp === null || !seats.has(seat)) return;
			const answered = new Promise<void>((done) => (seat.answered = done));
			say(seat, { case: 'offer', value: { type: 'offer', sdp } });
			await answered;
		});
	};
	const unpublish = (seat: Seat, gone: (track: TrackInfo) => boolean): void => {
		for (const { sid } of seat.info.tracks.filter(gone)) {
			seat.cids.delete(sid);
			seat.come.delete(sid);
			say(seat, { case: 'trackUnpublished', value: { trackSid: sid } });
			tell('track_unpublished', seat.room, seat.info);
		}
		seat.info.tracks = seat.info.tracks.filter((track) => !gone(track));
	};
	const publish = (seat: Seat, { cid, type, name, source, muted, width, height }: AddTrackRequest): void => {
		const { canPublish, canPublishSources } = seat.info.permission ?? {};
		if (!canPublish || (canPublishSources && canPublishSources.length > 0 && !canPublishSources.includes(source))) return;
		const track = new TrackInfo({ sid: `TR_${++number}`, type, name, source, muted, width, height });
		seat.cids.set(track.sid, cid);
		seat.info.tracks.push(track);
		say(seat, { case: 'trackPublished', value: { cid, track } });
	};
	const offered = async (seat: Seat, sdp: string, id: number): Promise<void> => {
		const sent = sentTracks(sdp);
		const answer = await ends.answer(seat.info.sid, sdp, sent);
		say(seat, { case: 'answer', value: { type: 'answer', sdp: answer, id } });
		const names = sent.map(([, cid]) => cid);
		unpublish(seat, ({ sid }) => seat.come.has(sid) && !names.includes(seat.cids.get(sid) ?? ''));
		for (const [sid, cid] of seat.cids) {
			if (seat.come.has(sid) || !names.includes(cid)) continue;
			seat.come.add(sid);
			tell('track_published', seat.room, seat.info);
		}
		spread(seat);
		for (const other of others(seat)) feed(other);
	};
	const muteTrack = (seat: Seat, sid: string, muted: boolean): void => {
		const track = seat.info.tracks.find((one) => one.sid === sid);
		if (track) track.muted = muted;
		spread(seat);
	};
	const leave = (seat: Seat, reason: DisconnectReason | null): void => {
		if (!seats.delete(seat)) return;
		if (reason !== null) say(seat, { case: 'leave', value: new LeaveRequest({ reason, action: LeaveRequest_Action.DISCONNECT }) });
		seat.socket.close();
		seat.answered();
		seat.info.state = ParticipantInfo_State.DISCONNECTED;
		if (!isHidden(seat)) for (const other of others(seat)) say(other, { case: 'update', value: { participants: [seat.info] } });
		tell('participant_left', seat.room, seat.info);
		void ends.drop(seat.info.sid);
	};

	return {
		/** Takes a seat for who holds a token; the same identity elsewhere loses its own. */
		join: (identity: string, name: string, grant: VideoGrant, socket: Socket): { take(message: Buffer): void; gone(): void } => {
			const room = grant.room ?? '';
			for (const seat of seats) if (seat.room === room && seat.info.identity === identity) leave(seat, DisconnectReason.DUPLICATE_IDENTITY);
			const info = new ParticipantInfo({
				...{ sid: `PA_${++number}`, identity, name, state: ParticipantInfo_State.ACTIVE, permission: permissionOf(grant) },
				...{ joinedAt: BigInt(Math.floor(Date.now() / 1_000)), joinedAtMs: BigInt(Date.now()) },
			});
			const seat: Seat = { room, info, socket, cids: new Map(), come: new Set(), negotiation: Promise.resolve(), answered: () => undefined };
			seats.add(seat);
			const shown = others(seat).filter((other) => !isHidden(other));
			const codecs = ['video/VP8', 'audio/opus', 'audio/red'].map((mime) => ({ mime, fmtpLine: '' }));
			const joined = new JoinResponse({
				...{
					room: new Room({ name: room, sid: `RM_${room}`, enabledCodecs: codecs }),
					participant: info,
					otherParticipants: shown.map((one) => one.info),
				},
				...{ subscriberPrimary: true, serverVersion: '0.0.0', enabledPublishCodecs: codecs },
			});
			say(seat, { case: 'join', value: joined });
			tell('participant_joined', room, info);
			if (!isHidden(seat)) for (const other of shown) say(other, { case: 'update', value: { participants: [info] } });
			say(seat, { case: 'connectionQuality', value: { updates: [{ participantSid: info.sid, quality: ConnectionQuality.EXCELLENT }] } });
			feed(seat);
			let offers = Promise.resolve();
			const take = (bytes: Buffer): void => {
				const { message } = SignalRequest.fromBinary(bytes);
				if (message.case === 'offer') offers = offers.then(() => offered(seat, message.value.sdp, message.value.id));
				if (message.case === 'answer') void ends.take(info.sid, message.value.sdp).then(() => seat.answered());
				if (message.case === 'addTrack') publish(seat, message.value);
				if (message.case === 'mute') muteTrack(seat, message.value.sid, message.value.muted);
				if (message.case === 'leave') leave(seat, null);
				if (message.case === 'pingReq')
					say(seat, { case: 'pongResp', value: new Pong({ lastPingTimestamp: message.value.timestamp, timestamp: BigInt(Date.now()) }) });
			};
			return { take, gone: () => leave(seat, null) };
		},
		list: (room: string): ParticipantInfo[] => [...seats].filter((seat) => seat.room === room).map(({ info }) => info),
		find: (room: string, identity: string): ParticipantInfo | null => seatOf(room, identity)?.info ?? null,
		allow: (room: string, identity: string, permission: ParticipantPermission | undefined, name: string): void => {
			const seat = seatOf(room, identity);
			if (!seat) return;
			if (permission) seat.info.permission = permission;
			if (name !== '') seat.info.name = name;
			if (!seat.info.permission?.canPublish) unpublish(seat, () => true);
			spread(seat);
		},
		mute: (room: string, identity: string, sid: string, muted: boolean): void => {
			const seat = seatOf(room, identity);
			if (!seat) return;
			say(seat, { case: 'mute', value: { sid, muted } });
			muteTrack(seat, sid, muted);
		},
		remove: (room: string, identity: string): void => {
			const seat = seatOf(room, identity);
			if (seat) leave(seat, DisconnectReason.PARTICIPANT_REMOVED);
		},
		end: (room: string): void => {
			for (const seat of seats) if (seat.room === room) leave(seat, DisconnectReason.ROOM_DELETED);
		},
	};

	function seatOf(room: string, identity: string): Seat | undefined {
		return [...seats].find((seat) => seat.room === room && seat.info.identity === identity);
	}
}
export type DoubleRooms = ReturnType<typeof doubleRooms>;

/** Tells a browser that its seat is gone and that it may join anew. */
export function turnAway(socket: Socket): void {
	const value = new LeaveRequest({ reason: DisconnectReason.STATE_MISMATCH, action: LeaveRequest_Action.RECONNECT });
	socket.send(new SignalResponse({ message: { case: 'leave', value } }).toBinary());
	socket.close();
}

/** What is left out of a grant is allowed, as LiveKit reads it. */
function permissionOf(grant: VideoGrant): ParticipantPermission {
	return new ParticipantPermission({
		canPublish: grant.canPublish ?? true,
		canPublishSources: (grant.canPublishSources ?? []).map((source) => SOURCES[String(source)] ?? (source as TrackSource)),
		canPublishData: grant.canPublishData ?? grant.canPublish ?? true,
		canSubscribe: grant.canSubscribe ?? true,
		canUpdateMetadata: grant.canUpdateOwnMetadata ?? false,
		hidden: grant.hidden ?? false,
	});
}

/** The parts of an offer that send, with the browser's names of their tracks. */
function sentTracks(sdp: string): (readonly [mid: string, cid: string])[] {
	return sdp
		.split('\r\nm=')
		.slice(1)
		.filter((part) => /a=send(?:recv|only)/.test(part))
		.flatMap((part) => {
			const [mid, cid] = [/a=mid:(\S+)/.exec(part)?.[1], /a=msid:\S+ (\S+)/.exec(part)?.[1]];
			return mid !== undefined && cid !== undefined ? [[mid, cid] as const] : [];
		});
}
