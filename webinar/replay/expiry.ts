import { DAY_MS, HOUR_MS } from '#kernel/clock.ts';

import type { WebinarMode } from '../programme/status.ts';

/** Until when a replay may be watched. */
export interface Terms {
	/** So many hours from the first play; until a date; for good; or not at all. */
	readonly kind: 'first-play' | 'until' | 'open' | 'closed';
	readonly hours: number;
	readonly untilAt: Date | null;
	/** Path of an HLS playlist on this site; '' for none. */
	readonly hlsPath: string;
	/** Where in the recording the programme starts. */
	readonly offsetSeconds: number;
}

export const DEFAULT_HOURS = 72;

/** What holds where nobody said otherwise: what is on demand stays. */
export function houseTerms(mode: WebinarMode | 'on-site'): Terms {
	return { kind: mode === 'on-demand' ? 'open' : 'first-play', hours: DEFAULT_HOURS, untilAt: null, hlsPath: '', offsetSeconds: 0 };
}

export type Standing =
	/** `until` null: no end that is known yet. */
	| { readonly status: 'open'; readonly until: Date | null }
	| { readonly status: 'expired'; readonly since: Date }
	/** There is no replay for anybody. */
	| { readonly status: 'closed' };

interface Played {
	readonly firstPlayedAt: Date | null;
	readonly extendedUntil: Date | null;
}

/**
 * How somebody's replay stands at `now`. Days that they earned come after the end that everybody has. What the host gave them beyond the terms
 * counts, also where there is no replay otherwise.
 */
export function standingOf({ kind, hours, untilAt }: Terms, pass: Played | null, now: Date, earnedDays: number): Standing {
	const extended = pass?.extendedUntil ?? null;
	const ends = { 'first-play': pass?.firstPlayedAt ? new Date(pass.firstPlayedAt.getTime() + hours * HOUR_MS) : null, until: untilAt, open: null };
	if (kind === 'closed') return extended === null ? { status: 'closed' } : ending(extended, now);
	const common = ends[kind];
	if (common === null) return { status: 'open', until: null };
	const end = new Date(common.getTime() + earnedDays * DAY_MS);
	return ending(extended !== null && extended > end ? extended : end, now);
}

const ending = (end: Date, now: Date): Standing => (now < end ? { status: 'open', until: end } : { status: 'expired', since: end });
