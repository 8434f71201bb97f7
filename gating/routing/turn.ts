/** What each member of a round robin has in hand, by staff id; nobody named has nothing. */
export type Turns = ReadonlyMap<string, number>;

/**
 * Whose turn it is: everybody there gains their weight, whoever has most is chosen and pays what all gained. So shares follow the weights without
 * runs, and who was away gets no backlog. Null when nobody is there. Ties go to the first in the list.
 *
 * Source: https://github.com/nginx/nginx/commit/52327e0627f49dbda1e8db695e63a4b0af4448b1
 */
export function takeTurn(
	members: readonly { readonly staffId: string; readonly weight: number }[],
	turns: Turns,
): { readonly staffId: string; readonly turns: Turns } | null {
	const total = members.reduce((sum, { weight }) => sum + weight, 0);
	const gained = new Map(turns);
	for (const { staffId, weight } of members) gained.set(staffId, (gained.get(staffId) ?? 0) + weight);
	const chosen = members.reduce<string | null>(
		(best, { staffId }) => (best === null || (gained.get(staffId) ?? 0) > (gained.get(best) ?? 0) ? staffId : best),
		null,
	);
	if (chosen === null) return null;
	gained.set(chosen, (gained.get(chosen) ?? 0) - total);
	return { staffId: chosen, turns: gained };
}
