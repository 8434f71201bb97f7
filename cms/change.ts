import { isDeepStrictEqual } from 'node:util';

import type { Snapshot } from './content.ts';

/** The collection that each list of a snapshot comes from. */
const LISTS = {
	whitePapers: 'white_papers',
	cases: 'cases',
	articles: 'articles',
	products: 'products',
	webinars: 'webinars',
	pages: 'pages',
	categories: 'categories',
	speakers: 'speakers',
	terms: 'terms',
	forms: 'forms',
	consents: 'consents',
	banners: 'banners',
	slots: 'slots',
	searchRules: 'search_rules',
	mailTemplates: 'mail_templates',
	dealers: 'dealers',
	offers: 'offers',
} as const;

/** `<collection>` and `<collection>:<id>` of everything that came, went or differs; `site` for the settings. Empty when nothing does. */
export function changedTags(before: Snapshot, after: Snapshot): string[] {
	const tags = Object.entries(LISTS).flatMap(([list, collection]) => {
		const ids = changedIds(before[list as keyof typeof LISTS], after[list as keyof typeof LISTS]);
		return ids.length === 0 ? [] : [collection, ...ids.map((id) => `${collection}:${id}`)];
	});
	return isDeepStrictEqual(before.site, after.site) ? tags : [...tags, 'site'];
}

interface Identified {
	readonly id: string;
}

function changedIds(before: readonly Identified[], after: readonly Identified[]): string[] {
	const earlier = new Map(before.map((item) => [item.id, item]));
	const ids: string[] = [];
	for (const item of after) {
		const known = earlier.get(item.id);
		// Most items are the very same: comparing what they hold is for the few that were read anew.
		if (known !== item && !isDeepStrictEqual(known, item)) ids.push(item.id);
		earlier.delete(item.id);
	}
	return [...ids, ...earlier.keys()];
}
