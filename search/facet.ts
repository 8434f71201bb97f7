import { FACETS, type FacetCount, type FacetName, type Filters } from './engine.ts';

interface Found {
	readonly entry: { readonly facets: Readonly<Record<FacetName, readonly string[]>> };
}

/**
 * Keeps what passes all filters, and counts each facet's values among what passes the filters of the other facets.
 * Counts are sorted, the most frequent first.
 */
export function narrow<T extends Found>(found: readonly T[], filters: Filters): { kept: T[]; facets: Record<FacetName, FacetCount[]> } {
	const chosen = FACETS.flatMap((name) => {
		const values = filters[name] ?? [];
		return values.length === 0 ? [] : [{ name, values: new Set(values) }];
	});
	const tallies = new Map(FACETS.map((name) => [name, new Map<string, number>()]));
	const tally = (one: T, name: FacetName): void => {
		const counts = tallies.get(name)!;
		for (const value of one.entry.facets[name]) counts.set(value, (counts.get(value) ?? 0) + 1);
	};
	const kept: T[] = [];
	for (const one of found) {
		const failed = chosen.filter(({ name, values }) => !one.entry.facets[name].some((value) => values.has(value)));
		if (failed.length === 0) {
			kept.push(one);
			for (const name of FACETS) tally(one, name);
		} else if (failed.length === 1) {
			tally(one, failed[0]!.name);
		}
	}
	const facets = Object.fromEntries([...tallies].map(([name, counts]) => [name, sortedCounts(counts)])) as Record<FacetName, FacetCount[]>;
	return { kept, facets };
}

/** Most frequent first; equal ones by name. */
export function sortedCounts(counts: Iterable<readonly [string, number]>): FacetCount[] {
	return [...counts].map(([value, count]) => ({ value, count })).sort((a, b) => b.count - a.count || (a.value < b.value ? -1 : 1));
}
