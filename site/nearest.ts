import type { ContentItem } from '#cms/content.ts';

/** Words of a mistyped address, without those that only name a folder or a language. */
export function wordsOfAddress(pathname: string): readonly string[] {
	const last = pathname
		.split('/')
		.filter((part) => part !== '' && part !== 'zh-CN')
		.at(-1);
	return [
		...new Set(
			decoded(last ?? '')
				.toLowerCase()
				.split(/[^\p{Letter}\p{Number}]+/u),
		),
	]
		.filter((word) => word.length > 1)
		.slice(0, 12);
}

/** Pieces whose address or title has most of the words, best first; a word also counts when it only begins, or is begun by, one of theirs. */
export function nearestTo(words: readonly string[], items: readonly ContentItem[], limit: number): readonly ContentItem[] {
	return items
		.map((item) => ({ item, points: points(words, wordsOf(item)) }))
		.filter((entry) => entry.points > 0)
		.sort((a, b) => b.points - a.points || a.item.slug.length - b.item.slug.length)
		.slice(0, limit)
		.map((entry) => entry.item);
}

function wordsOf(item: ContentItem): readonly string[] {
	return `${item.slug} ${item.title.en} ${item.title['zh-CN']}`.toLowerCase().split(/[^\p{Letter}\p{Number}]+/u);
}

function points(asked: readonly string[], known: readonly string[]): number {
	return asked.reduce((sum, word) => {
		if (known.includes(word)) return sum + 2;
		const isPart = word.length > 3 && known.some((other) => other.length > 3 && (other.startsWith(word) || word.startsWith(other)));
		return sum + (isPart ? 1 : 0);
	}, 0);
}

function decoded(part: string): string {
	try {
		return decodeURIComponent(part);
	} catch {
		return part;
	}
}
