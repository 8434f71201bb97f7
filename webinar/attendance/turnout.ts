import { SECOND_MS } from '#kernel/clock.ts';

import type { Span } from '../programme/status.ts';
import type { Presence } from './fold.ts';

/** How somebody who registered turned out. */
export type Turnout = 'no-show' | 'left-early' | 'stayed';

/** Where the borders are. */
export const TURNOUT = {
	/** Who was there for less did not come. */
	cameSeconds: 60,
	/** Who left before this share of the programme left early… */
	endShare: 0.85,
	/** …and so did who was there for less than this share of what was left when they came. */
	presentShare: 0.5,
} as const;

/** No-show, left early or stayed. Who comes late and stays to the end stayed; who looks in at both ends did not. */
export function turnoutOf(
	presence: Pick<Presence, 'seconds' | 'firstJoinedAt' | 'lastLeftAt'> | null,
	{ startsAt, endsAt }: Span,
	borders: typeof TURNOUT = TURNOUT,
): Turnout {
	if (!presence?.firstJoinedAt || !presence.lastLeftAt || presence.seconds < borders.cameSeconds) return 'no-show';
	const end = startsAt.getTime() + (endsAt.getTime() - startsAt.getTime()) * borders.endShare;
	const left = endsAt.getTime() - presence.firstJoinedAt.getTime();
	const isToTheEnd = presence.lastLeftAt.getTime() >= end;
	return isToTheEnd && presence.seconds * SECOND_MS >= left * borders.presentShare ? 'stayed' : 'left-early';
}
