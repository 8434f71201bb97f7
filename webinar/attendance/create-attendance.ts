import type { WebinarsDeps } from '../deps.ts';
import type { PlaceOf } from '../room/admission.ts';
import type { Attendance } from './public.ts';
import { createRoomBeat } from './seat.ts';
import { createSessions } from './sessions.ts';
import { createSettle } from './settle.ts';

type Deps = Pick<WebinarsDeps, 'db' | 'keys' | 'now' | 'random' | 'log' | 'content' | 'gating' | 'rooms'> & { readonly placeOf: PlaceOf };

/** Who was there: what pages and the media server tell, and the settling of it. */
export function createAttendance(deps: Deps): Attendance {
	const sessions = createSessions(deps);
	return Object.freeze<Attendance>({ beat: createRoomBeat(deps), watch: sessions.watch, settleDue: createSettle({ ...deps, sessions }) });
}
