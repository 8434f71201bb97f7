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
	const beat = createRoomBeat(deps);
	return Object.freeze<Attendance>({
		beat: async (input) => {
			const outcome = await beat(input);
			if (outcome.status === 'refused' && input.token !== null) deps.log.warn({ slug: input.slug }, 'a proof of presence was refused');
			return outcome;
		},
		watch: sessions.watch,
		settleDue: async () => (await settle()) + (await deps.settleMore()),
	});
}
