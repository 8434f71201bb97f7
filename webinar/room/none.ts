import { DomainError } from '#kernel/errors.ts';

import type { Rooms } from './rooms.ts';

/** No media server: simulive and recordings work, live stages say why they do not. */
export function noRooms(): Rooms {
	const refuse = (): Promise<never> =>
		Promise.reject(new DomainError('unavailable', 'There is no media server: set LIVEKIT_URL, LIVEKIT_API_KEY and LIVEKIT_API_SECRET.'));
	return Object.freeze<Rooms>({
		isAvailable: false,
		mostViewers: 0,
		overflow: () => null,
		ensureRoom: refuse,
		mintToken: refuse,
		setRole: refuse,
		mute: refuse,
		kick: refuse,
		sessions: async () => [],
		end: async () => undefined,
		startRecording: async () => null,
		stopRecording: async () => undefined,
		readEvent: async () => null,
		status: () => ({ state: 'ok', reason: '' }),
	});
}
