import type { Snapshot } from '#cms/content.ts';
import type { Hit } from '#search';

/** So many first hits tell what a query is about, and so many of them must share a topic. */
const FIRST = 5;
const SHARE = 0.6;

/**
 * The topic that a query is about, `terms:<id>`: the one that most of its first hits share. Null where they share none. Hits that stand for
 * a product and its files count once.
 */
export function topicOf(
	hits: readonly Pick<Hit, 'subject'>[],
	snapshot: Pick<Snapshot, 'terms'> & Parameters<typeof topicsBySubject>[0],
): string | null {
	const topics = topicsBySubject(snapshot);
	const first = [...new Set(hits.map(({ subject }) => subject))].slice(0, FIRST).flatMap((subject) => topics.get(subject) ?? []);
	const counts = new Map<string, number>();
	for (const slugs of first) for (const slug of new Set(slugs)) counts.set(slug, (counts.get(slug) ?? 0) + 1);
	const [best] = [...counts].sort((a, b) => b[1] - a[1] || (a[0] < b[0] ? -1 : 1));
	if (!best || best[1] < first.length * SHARE) return null;
	const term = snapshot.terms.find(({ kind, slug }) => kind === 'topic' && slug === best[0]);
	return term ? `terms:${term.id}` : null;
}

type Items = Pick<Snapshot, 'whitePapers' | 'cases' | 'articles' | 'products' | 'webinars' | 'pages'>;
const made = new WeakMap<Items, ReadonlyMap<string, readonly (readonly string[])[]>>();

/** The topics of each item, each list in a list of its own; made once for each snapshot. */
function topicsBySubject(snapshot: Items): ReadonlyMap<string, readonly (readonly string[])[]> {
	let found = made.get(snapshot);
	if (!found) {
		const { whitePapers, cases, articles, products, webinars, pages } = snapshot;
		const items = [...whitePapers, ...cases, ...articles, ...products, ...webinars, ...pages];
		made.set(snapshot, (found = new Map(items.map(({ type, id, topics }) => [`${type}:${id}`, [topics]]))));
	}
	return found;
}
