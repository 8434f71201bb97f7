import type { Taken } from '../registration/registration.ts';
import type { Occurrence } from './occurrence.ts';
import { statusAt, type Times } from './status.ts';

/** What the next person who registers gets. */
export type Seats = 'open' | 'waiting' | 'full' | 'closed';

/** The waiting list takes half as many people as there are seats, and never fewer than these. */
const SHORTEST_WAITING_LIST = 5;

/**
 * `closed` from the end on, or when cancelled; `full` when the waiting list is too. Who comes later never gets a seat before those in
 * line. No capacity means that everybody fits.
 */
export function seatsOf(occurrence: Times & Pick<Occurrence, 'capacity' | 'cancelledAt'>, taken: Taken, now: Date): Seats {
	if (occurrence.cancelledAt || statusAt(occurrence, now) === 'ended') return 'closed';
	const { capacity } = occurrence;
	if (capacity === null || (taken.seats < capacity && taken.waiting === 0)) return 'open';
	return taken.waiting < Math.max(SHORTEST_WAITING_LIST, Math.floor(capacity / 2)) ? 'waiting' : 'full';
}

const RANKS: readonly Seats[] = ['open', 'waiting', 'full', 'closed'];

/** The best that several sessions have to give; `closed` for none. */
export function bestSeats(all: readonly Seats[]): Seats {
	return RANKS.find((seats) => all.includes(seats)) ?? 'closed';
}
