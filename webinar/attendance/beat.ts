import type { Visitor } from '#gating';
import { HOUR_MS, type Now } from '#kernel/clock.ts';
import { newId, type Random } from '#kernel/id.ts';
import type { Keys } from '#kernel/keys.ts';
import { readToken, signToken } from '#kernel/signed-token.ts';

import type { Signal, startOf, Stay } from './fold.ts';
import type { Stays } from './stays.ts';

/** How often a page in sight says so. */
export const BEAT_SECONDS = 5;
const TOKEN_MS = 12 * HOUR_MS;

export interface BeatInput {
	readonly slug: string;
	readonly visitor: Visitor;
	/** The token of the last answer; null at first. */
	readonly token: string | null;
	/** True as the last sign of a page that is left or hidden. */
	readonly isLeaving: boolean;
	/** See {@link Signal}. */
	readonly inSightMs?: number | null | undefined;
	readonly awayMs?: number | null | undefined;
}

export type BeatOutcome =
	/** Present this token with the next beat. */
	| { readonly status: 'counted'; readonly token: string; readonly nextInSeconds: number; readonly serverTime: Date }
	| { readonly status: 'left' }
	/** Not in the room, a forged token, or one of another person or webinar. */
	| { readonly status: 'refused' | 'unknown' };

/** Whose stay it is, and where. */
export interface Seat {
	readonly occurrenceId: string;
	readonly webinarId: string;
	readonly registrationId: string;
	readonly personId: string;
	/** False until the first stay of this registrant. */
	readonly hasJoined: boolean;
}

interface BeatDeps extends Stays {
	readonly keys: Keys;
	readonly now: Now;
	readonly random: Random;
	readonly startOf: typeof startOf;
	/** The webinar of a slug; null when there is none. */
	readonly webinarId: (slug: string) => string | null;
	/** The visitor's seat, if they may be in the room now. */
	readonly seat: (slug: string, visitor: Visitor) => Promise<Seat | 'refused' | 'unknown'>;
	/** Keeps a new stay, and that the registrant came if it is their first. */
	readonly open: (stayId: string, seat: Seat, startedAt: Date, at: Date, visitor: Visitor) => Promise<void>;
}

/** What a token names: a stay that is extended by its beats. Signed, so that nobody extends another's. */
interface Claim {
	readonly stayId: string;
	readonly webinarId: string;
	readonly personId: string;
}

/**
 * Proves presence by beats on the hub's own clock: a stay grows to the moment of each beat and breaks after a silence that the page does
 * not account for, so that nobody attends longer than time passes.
 */
export function createBeat({ keys, now, random, startOf: startIn, webinarId: webinarOf, seat, open, tell }: BeatDeps) {
	const answer = ({ stayId, webinarId, personId }: Claim): BeatOutcome => ({
		status: 'counted',
		token: signToken(keys, 'beat', JSON.stringify(['stay', stayId, webinarId, personId]), new Date(now().getTime() + TOKEN_MS)),
		nextInSeconds: BEAT_SECONDS,
		serverTime: now(),
	});

	const read = (token: string): Claim | null => {
		const result = readToken(keys, 'beat', token, now());
		if (result.status !== 'valid') return null;
		const [kind, stayId = '', webinarId = '', personId = ''] = JSON.parse(result.subject) as string[];
		return kind === 'stay' ? { stayId, webinarId, personId } : null;
	};

	const begin = async (slug: string, visitor: Visitor, signal: Signal, before: Stay | null): Promise<BeatOutcome> => {
		const found = await seat(slug, visitor);
		if (found === 'refused' || found === 'unknown') return { status: found };
		const stayId = newId(signal.at, random);
		await open(stayId, found, startIn(signal, before), signal.at, visitor);
		return answer({ stayId, webinarId: found.webinarId, personId: found.personId });
	};

	return async ({ slug, visitor, token, isLeaving, inSightMs = null, awayMs = null }: BeatInput): Promise<BeatOutcome> => {
		const signal: Signal = { kind: isLeaving ? 'left' : 'seen', at: now(), inSightMs, awayMs };
		if (token === null) return isLeaving ? { status: 'left' } : begin(slug, visitor, signal, null);
		const claim = read(token);
		if (!claim || !visitor.isVerified || claim.personId !== visitor.personId || webinarOf(slug) !== claim.webinarId) return { status: 'refused' };
		const told = await tell(claim.stayId, signal);
		if (isLeaving) return { status: 'left' };
		return told?.goesOn ? answer(claim) : begin(slug, visitor, signal, told?.stay ?? null);
	};
}
