import type { RoomsConfig } from '#config';

import { noRooms } from './none.ts';
import type { Rooms } from './rooms.ts';

/** The rooms that the configuration names. LiveKit's library, 36 MB in memory, is loaded only where it is used. */
export async function createRooms(config: RoomsConfig): Promise<Rooms> {
	if (config.kind !== 'livekit') return noRooms();
	const { livekitRooms } = await import('./livekit.ts');
	return livekitRooms(config);
}
