/** Collects which leads belong to which cell: as counts of all cells, or as the leads of one. */
export interface Sink {
	put(cell: string, leadId: string): void;
}

export interface Counting extends Sink {
	readonly counts: ReadonlyMap<string, number>;
}

/** Counts every cell. */
export function counting(): Counting {
	const counts = new Map<string, number>();
	return { counts, put: (cell) => void counts.set(cell, (counts.get(cell) ?? 0) + 1) };
}

export interface Gathering extends Sink {
	readonly leads: ReadonlySet<string>;
}

/** Gathers the leads of one cell. */
export function gathering(asked: string): Gathering {
	const leads = new Set<string>();
	return { leads, put: (cell, leadId) => void (cell === asked && leads.add(leadId)) };
}

/** How long something took: so many, the middle one, and the one that nine in ten do not exceed. Milliseconds. */
export interface Durations {
	readonly count: number;
	readonly median: number;
	readonly p90: number;
}

/** By nearest rank: the least value that at least so many do not exceed. Null for none. */
export function durationsOf(values: readonly number[]): Durations | null {
	if (values.length === 0) return null;
	const sorted = Float64Array.from(values).sort();
	const rank = (share: number): number => sorted[Math.max(0, Math.ceil(share * sorted.length) - 1)] ?? 0;
	return { count: sorted.length, median: rank(0.5), p90: rank(0.9) };
}
