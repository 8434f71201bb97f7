import { FACETS, type FacetCount, type FacetName, type Filters } from './engine.ts';

type Facets = Readonly<Record<FacetName, readonly string[]>>;

/** Facet values by number, so that thousands of documents are counted in a moment. */
export interface FacetBook {
	/** The numbers of all values of a document; equal lists are one object. */
	numbersOf(facets: Facets): readonly number[];
	/** The number of a value, or null when no document has it. */
	numberOf(name: FacetName, value: string): number | null;
	/** The facet and value of each number. */
	readonly entries: readonly { readonly name: FacetName; readonly value: string }[];
}

export function createFacetBook(): FacetBook {
	const numbers = new Map<string, number>();
	const lists = new Map<string, readonly number[]>();
	const entries: { name: FacetName; value: string }[] = [];
	const keyOf = (name: FacetName, value: string): string => `${name}/${value}`;
	const take = (name: FacetName, value: string): number => {
		const key = keyOf(name, value);
		const number = numbers.get(key) ?? entries.push({ name, value }) - 1;
		numbers.set(key, number);
		return number;
	};
	return {
		numbersOf: (facets) => {
			const list = FACETS.flatMap((name) => facets[name].map((value) => take(name, value)));
			const key = list.join();
			const known = lists.get(key) ?? list;
			lists.set(key, known);
			return known;
		},
		numberOf: (name, value) => numbers.get(keyOf(name, value)) ?? null,
		entries,
	};
}

/**
 * Keeps what passes all filters, and counts each facet's values among what passes the filters of the other facets.
 * Counts are sorted, the most frequent first.
 */
export function narrow<T extends { readonly entry: { readonly values: readonly number[] } }>(
	found: readonly T[],
	filters: Filters,
	book: FacetBook,
): { kept: T[]; facets: Record<FacetName, FacetCount[]> } {
	const chosen = FACETS.flatMap((name) => {
		const values = filters[name] ?? [];
		return values.length === 0 ? [] : [{ name, numbers: new Set(values.map((value) => book.numberOf(name, value))) }];
	});
	const counts = new Uint32Array(book.entries.length);
	const kept: T[] = [];
	for (const one of found) {
		const { values } = one.entry;
		let failed: FacetName | null = null;
		let failures = 0;
		for (const { name, numbers } of chosen) {
			if (values.some((number) => numbers.has(number))) continue;
			failed = name;
			failures++;
		}
		if (failures > 1) continue;
		for (const number of values) if (failed === null || book.entries[number]!.name === failed) counts[number]!++;
		if (failed === null) kept.push(one);
	}
	return { kept, facets: sortedFacets(book, counts) };
}

function sortedFacets(book: FacetBook, counts: Uint32Array): Record<FacetName, FacetCount[]> {
	const byName = new Map<FacetName, [string, number][]>(FACETS.map((name) => [name, []]));
	for (const [number, { name, value }] of book.entries.entries()) if (counts[number]! > 0) byName.get(name)!.push([value, counts[number]!]);
	return Object.fromEntries([...byName].map(([name, pairs]) => [name, sortedCounts(pairs)])) as Record<FacetName, FacetCount[]>;
}

/** Most frequent first; equal ones by name. */
export function sortedCounts(counts: Iterable<readonly [string, number]>): FacetCount[] {
	return [...counts].map(([value, count]) => ({ value, count })).sort((a, b) => b.count - a.count || (a.value < b.value ? -1 : 1));
}
