interface Sent {
	readonly id: string;
	readonly invitationId: string;
	readonly at: Date;
}

/**
 * Ids of those who came by one invitation with the same `keyOf` in a crowd: more than `most` within `withinMs`. A crowd of one company is a
 * company; `companyOf` is '' for whoever is of none.
 */
export function burstsIn<T extends Sent>(
	all: readonly T[],
	keyOf: (one: T) => string,
	{ most, withinMs }: { readonly most: number; readonly withinMs: number },
	companyOf: (one: T) => string,
): ReadonlySet<string> {
	const groups = new Map<string, T[]>();
	for (const one of all) {
		const key = keyOf(one);
		if (key !== '') groups.set(`${one.invitationId}\n${key}`, [...(groups.get(`${one.invitationId}\n${key}`) ?? []), one]);
	}
	const found = new Set<string>();
	for (const group of groups.values()) {
		const sorted = group.toSorted((one, other) => one.at.getTime() - other.at.getTime());
		for (let from = 0, to = 0; to < sorted.length; to++) {
			while (sorted[to]!.at.getTime() - sorted[from]!.at.getTime() > withinMs) from++;
			const crowd = sorted.slice(from, to + 1);
			const companies = new Set(crowd.map(companyOf));
			const isOneCompany = companies.size === 1 && !companies.has('');
			if (crowd.length > most && !isOneCompany) for (const { id } of crowd) found.add(id);
		}
	}
	return found;
}
