import type { WebinarsDeps } from '../deps.ts';
import type { PlaceOf } from '../room/admission.ts';
import type { Attendance } from './public.ts';
import { createRoomBeat } from './seat.ts';
import { createSessions } from './sessions.ts';
import { createSettle } from './settle.ts';

type Deps = Pick<WebinarsDeps, 'db' | 'keys' | 'now' | 'random' | 'log' | 'content' | 'gating' | 'rooms'> & {
	readonly placeOf: PlaceOf;
	/** Settles what was watched of recordings. */
	readonly settleMore: () => Promise<number>;
};

/** Who was there: what pages and the media server tell, and the settling of it. */
export function createAttendance(deps: Deps): Attendance {
	const sessions = createSessions(deps);
	const settle = createSettle({ ...deps, sessions });
	return Object.freeze<Attendance>({
		beat: createRoomBeat(deps),
		watch: sessions.watch,
		settleDue: async () => (await settle()) + (await deps.settleMore()),
	});
}
