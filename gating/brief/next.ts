import type { Snapshot } from '#cms/content.ts';

/** What is known of a lead's interest. */
export interface Interest {
	/** `<type>:<content id>` of what they have seen. */
	readonly seen: ReadonlySet<string>;
	/** Slug of their industry; '' when not known. */
	readonly industry: string;
}

const MOST = 3;
/** An own topic weighs more than an industry that many share; what comes later in a decision weighs a little more than what comes first. */
const WEIGHT = { topic: 3, industry: 2, product: 4, stage: { awareness: 0, consideration: 1, decision: 2 } as Readonly<Record<string, number>> };

/**
 * What to send next, best first: papers, cases, articles and webinars that they have not seen, by topics and products of what they have, and by
 * their industry. Empty where nothing fits: a guess would be advertising.
 */
export function nextContent({ whitePapers, cases, articles, webinars, products }: Snapshot, { seen, industry }: Interest): string[] {
	const items = [...whitePapers, ...cases, ...articles, ...webinars];
	const known = [...items, ...products].filter((item) => seen.has(`${item.type}:${item.id}`));
	const topics = countOf(known.flatMap((item) => item.topics));
	const own = new Set(known.flatMap((item) => (item.type === 'products' ? [item.id] : 'products' in item ? item.products : [])));
	const scored = items
		.filter((item) => !seen.has(`${item.type}:${item.id}`))
		.map((item) => {
			const shared = item.topics.reduce((sum, topic) => sum + (topics.get(topic) ?? 0), 0);
			const products = 'products' in item ? item.products.filter((id) => own.has(id)).length : 0;
			const fits = industry !== '' && item.industries.includes(industry) ? 1 : 0;
			const basis = shared * WEIGHT.topic + products * WEIGHT.product + fits * WEIGHT.industry;
			const stage = 'stageRole' in item ? (WEIGHT.stage[item.stageRole] ?? 0) : 0;
			return { subject: `${item.type}:${item.id}`, points: basis === 0 ? 0 : basis + stage, at: item.publishedAt.getTime() };
		})
		.filter(({ points }) => points > 0);
	return scored
		.sort((one, other) => other.points - one.points || other.at - one.at || (one.subject < other.subject ? -1 : 1))
		.slice(0, MOST)
		.map(({ subject }) => subject);
}

function countOf(words: readonly string[]): ReadonlyMap<string, number> {
	const counts = new Map<string, number>();
	for (const word of words) counts.set(word, (counts.get(word) ?? 0) + 1);
	return counts;
}
