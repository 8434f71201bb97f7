import { ConnectionQuality, DisconnectReason, Room, RoomEvent, ScreenSharePresets, VideoPresets } from 'livekit-client';

import type { Grant } from './stage-grant.ts';

/** How the connection is, as the page tells it. */
export type Standing =
	| 'idle' | 'joining' | 'on' | 'reconnecting' | 'unreachable' | 'poor'
	| 'elsewhere' | 'removed' | 'closed' | 'banned' | 'refused' | 'full' | 'stage-full'; // prettier-ignore

export interface Connection {
	readonly room: Room;
	/** Connects, and goes on trying until {@link leave} or a refusal. */
	join(): Promise<void>;
	leave(): Promise<void>;
}

interface Options {
	readonly grant: () => Promise<Grant>;
	readonly tell: (standing: Standing, grant: Grant | null) => void;
}

const FIRST_WAIT_MS = 2_000;
const LONGEST_WAIT_MS = 30_000;
/** From the third failure on people are told that it may take a while. */
const PATIENCE = 3;

/** After these nobody comes back by itself: another device has the place, the host decided, or it is over. */
const FINAL: Readonly<Partial<Record<DisconnectReason, Standing>>> = {
	[DisconnectReason.DUPLICATE_IDENTITY]: 'elsewhere',
	[DisconnectReason.PARTICIPANT_REMOVED]: 'removed',
	[DisconnectReason.ROOM_DELETED]: 'closed',
	[DisconnectReason.CLIENT_INITIATED]: 'idle',
};

/** One connection to the stage. The library resumes and reconnects first; then this takes a new token and tries again, less and less often. */
export function connectStage({ grant, tell }: Options): Connection {
	const room = new Room({
		adaptiveStream: true,
		dynacast: true,
		videoCaptureDefaults: { resolution: VideoPresets.h720.resolution },
		publishDefaults: { videoCodec: 'vp8', simulcast: true, dtx: true, red: true, screenShareEncoding: ScreenSharePresets.h1080fps15.encoding },
	});
	let failures = 0;
	let timer: ReturnType<typeof setTimeout> | undefined;
	let wants = false;
	let isBusy = false;

	const later = (): void => {
		clearTimeout(timer);
		if (!wants) return;
		tell(failures >= PATIENCE ? 'unreachable' : 'reconnecting', null);
		const wait = Math.min(LONGEST_WAIT_MS, FIRST_WAIT_MS * 2 ** Math.min(failures, 5));
		timer = setTimeout(() => void attempt(), wait * (0.75 + Math.random() / 2));
	};
	const attempt = async (): Promise<void> => {
		clearTimeout(timer);
		if (!wants || isBusy || room.state !== 'disconnected') return;
		isBusy = true;
		try {
			const given = await grant();
			if (!wants) return;
			if (given.status === 'granted') {
				await room.connect(given.url, given.token, { maxRetries: 1 });
				failures = 0;
				tell('on', given);
				return;
			}
			if (given.status === 'unavailable' || given.status === 'unknown') throw new Error(given.status);
			wants = false;
			tell(given.status === 'not-live' ? 'idle' : given.status, given);
		} catch {
			failures++;
			later();
		} finally {
			isBusy = false;
		}
	};
	/** Back from sleep or from another network: not the moment to wait out a pause. */
	const soon = (): void => {
		if (wants && document.visibilityState === 'visible') void attempt();
	};

	room.on(RoomEvent.Reconnecting, () => tell('reconnecting', null));
	room.on(RoomEvent.Reconnected, () => tell('on', null));
	room.on(RoomEvent.ConnectionQualityChanged, (quality, participant) => {
		if (participant.isLocal && room.state === 'connected') tell(quality === ConnectionQuality.Poor ? 'poor' : 'on', null);
	});
	room.on(RoomEvent.Disconnected, (reason) => {
		const end = reason === undefined ? undefined : FINAL[reason];
		if (end !== undefined) {
			wants = false;
			return tell(end, null);
		}
		if (isBusy) return; // the attempt tells
		failures++;
		later();
	});
	addEventListener('online', soon);
	document.addEventListener('visibilitychange', soon);

	return {
		room,
		join: async () => {
			wants = true;
			failures = 0;
			if (room.state === 'disconnected') tell('joining', null);
			await attempt();
		},
		leave: async () => {
			wants = false;
			clearTimeout(timer);
			await room.disconnect();
		},
	};
}
