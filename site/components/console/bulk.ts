import type { BulkView, Gating } from '#gating';
import type { Locale } from '#cms/content.ts';
import { fill, type Texts } from '#kernel/texts/index.ts';

import { wordOf } from './words.ts';
import { staffName } from './work.ts';

/** What an act on many leads was, in words: `Given to Mara Brandt`. */
export async function bulkWords(
	{ work, tags, accounts }: Pick<Gating, 'work' | 'tags' | 'accounts'>,
	{ act: { kind, value, reason } }: Pick<BulkView, 'act'>,
	texts: Texts,
	locale: Locale,
): Promise<string> {
	const { acts } = texts.desk.bulk;
	switch (kind) {
		case 'assign':
			return value === '' ? acts.assignNobody : fill(acts.assign, { value: staffName(value, await work.staff()) });
		case 'tag':
			return fill(acts.tag, { value: (await tags.catalogue()).find(({ code }) => code === value)?.name[locale] ?? value });
		case 'target-list':
			return fill(acts['target-list'], { value: (await accounts.targets.list()).find(({ id }) => id === value)?.name ?? value });
		case 'disqualified':
			return fill(acts.disqualified, { value: wordOf(texts.lifecycle.reason, reason) });
		case 'nurture':
			return acts.nurture;
	}
}

/** How many leads it changed, or changed back. */
export function bulkCounts({ state, counts }: Pick<BulkView, 'state' | 'counts'>, { desk }: Texts): string {
	const { done, skipped, undone, kept } = counts;
	return state === 'undone' ? fill(desk.bulk.countsUndone, { undone, kept }) : fill(desk.bulk.counts, { done, skipped });
}
