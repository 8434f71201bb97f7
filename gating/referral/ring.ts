/**
 * The edges that lie on a circle, as `from\nto`: of A who invites B who invites A, and of closed groups of any size. Every circle has somebody who
 * was known before, so what is told here is that the others of the circle may be his doing.
 */
export function ringsIn(edges: readonly (readonly [from: string, to: string])[]): ReadonlySet<string> {
	const ways = edges.filter(([from, to]) => from !== to);
	const group = groupsOf(ways);
	return new Set(ways.filter(([from, to]) => group.get(from) === group.get(to)).map(([from, to]) => `${from}\n${to}`));
}

/** Nodes that can reach each other have the same group. Source: Kosaraju's algorithm, with stacks instead of recursion. */
function groupsOf(ways: readonly (readonly [string, string])[]): ReadonlyMap<string, string> {
	const [ahead, back] = [neighbours(ways), neighbours(ways.map(([from, to]) => [to, from] as const))];
	const nodes = new Set(ways.flat());
	const order: string[] = [];
	const seen = new Set<string>();
	for (const node of nodes) visit(node, ahead, seen, (left) => order.push(left));
	const group = new Map<string, string>();
	const placed = new Set<string>();
	for (const node of order.reverse()) visit(node, back, placed, (left) => group.set(left, node));
	return group;
}

/** Goes to everything that can be reached from `start` and was not seen; tells each node after those behind it. */
function visit(start: string, ways: ReadonlyMap<string, readonly string[]>, seen: Set<string>, leave: (node: string) => void): void {
	if (seen.has(start)) return;
	seen.add(start);
	const path = [{ node: start, next: 0 }];
	for (let at = path.at(-1); at; at = path.at(-1)) {
		const to = ways.get(at.node)?.[at.next];
		at.next++;
		if (to === undefined) leave((path.pop() as typeof at).node);
		else if (!seen.has(to)) {
			seen.add(to);
			path.push({ node: to, next: 0 });
		}
	}
}

function neighbours(ways: readonly (readonly [string, string])[]): ReadonlyMap<string, readonly string[]> {
	const map = new Map<string, string[]>();
	for (const [from, to] of ways) map.set(from, [...(map.get(from) ?? []), to]);
	return map;
}
