import type { BeatInput, BeatOutcome } from './beat.ts';

/** Who was there. */
export interface Attendance {
	/** A sign that the visitor is in the room, or leaves it. */
	beat(input: BeatInput): Promise<BeatOutcome>;
	/** What the media server tells of running rooms. Called every 30 s while there is one. */
	watch(): Promise<void>;
	/** Attendance of what is over. Called every minute. Returns how much was settled. */
	settleDue(): Promise<number>;
}

export type { BeatInput, BeatOutcome } from './beat.ts';
export type { Presence } from './fold.ts';
export { TURNOUT, type Turnout, turnoutOf } from './turnout.ts';
