import type { ContentItem, Snapshot } from '#cms/content.ts';

import type { TermsOf } from './profile.ts';

/** A piece's topics count whole, the industries and product lines it stands in a part. */
const SHARES = { topic: 1, industry: 0.6, line: 0.6 } as const;
const NOTHING: ReadonlyMap<string, number> = new Map();
const made = new WeakMap<Snapshot, TermsOf>();

/** What each piece of a snapshot is about. */
export function termsIn(snapshot: Snapshot): TermsOf {
	const known = made.get(snapshot);
	if (known) return known;
	const lines = new Map(snapshot.products.map(({ slug, rootCategory }) => [slug, rootCategory]));
	const bySubject = new Map<string, ReadonlyMap<string, number>>();
	for (const item of itemsOf(snapshot)) bySubject.set(`${item.type}:${item.id}`, termsOfItem(item, lines));
	for (const { id, kind, slug } of snapshot.terms)
		if (kind === 'topic' || kind === 'industry') bySubject.set(`terms:${id}`, new Map([[`${kind}:${slug}`, 1]]));
	for (const { id, slug, parent } of snapshot.categories) bySubject.set(`categories:${id}`, new Map([[`line:${parent ?? slug}`, 1]]));
	const termsOf: TermsOf = (subject) => bySubject.get(subject) ?? NOTHING;
	made.set(snapshot, termsOf);
	return termsOf;
}

/** Everything that slots can show. */
export const itemsOf = ({ whitePapers, cases, articles, products, webinars }: Snapshot): readonly ContentItem[] => [
	...whitePapers,
	...cases,
	...articles,
	...products,
	...webinars,
];

/** Terms of one piece by `topic:<slug>`, `industry:<slug>`, `line:<slug>`; `lines`: topmost category by product. */
function termsOfItem(item: ContentItem, lines: ReadonlyMap<string, string>): ReadonlyMap<string, number> {
	const terms = new Map<string, number>();
	for (const slug of item.topics) terms.set(`topic:${slug}`, SHARES.topic);
	for (const slug of item.industries) terms.set(`industry:${slug}`, SHARES.industry);
	if (item.type === 'cases' && item.industry) terms.set(`industry:${item.industry}`, 1);
	const own = item.type === 'products' ? [item.rootCategory] : 'products' in item ? item.products.map((slug) => lines.get(slug) ?? '') : [];
	for (const line of own) if (line !== '') terms.set(`line:${line}`, item.type === 'products' ? 1 : SHARES.line);
	return terms;
}
