/** What a list of another platform says of one person, without saying who: the rows of all their visits put together. */
export interface AttendeeFacts {
	/** Row of the list of people, from 1. */
	readonly row: number;
	/** ISO 8601; null where the list does not say. */
	readonly registeredAt: string | null;
	readonly attended: boolean;
	/** Visits as from and to, ISO 8601; empty where only minutes are given. */
	readonly visits: readonly (readonly [from: string, to: string])[];
	/** Live seconds: the union of the visits, or what the list says. */
	readonly liveSeconds: number;
	readonly replaySeconds: number;
	/** As the list names it, or ''. */
	readonly source: string;
}
