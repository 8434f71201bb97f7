/** Collects which leads belong to which cell: as counts of all cells, or as the leads of one. */
export interface Sink {
	put(cell: string, leadId: string): void;
}

export interface Counting extends Sink {
	counts(): ReadonlyMap<string, number>;
}

/** Counts every cell. */
export function counting(): Counting {
	const tallies = new Map<string, { count: number }>();
	const put = (cell: string): void => {
		const tally = tallies.get(cell);
		if (tally) tally.count++;
		else tallies.set(cell, { count: 1 });
	};
	return { put, counts: () => new Map([...tallies].map(([cell, { count }]) => [cell, count])) };
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
