import type { RoomsConfig } from '#config';

import { livekitRooms } from './livekit.ts';
import { noRooms } from './none.ts';
import type { Rooms } from './rooms.ts';

/** The rooms that the configuration names. */
export function createRooms(config: RoomsConfig): Rooms {
	return config.kind === 'livekit' ? livekitRooms(config) : noRooms();
}
