import { expect, test } from 'vitest';

import { indexingOf } from './indexing.ts';

test.each([
	['/', '', true, ''],
	['/library', 'type=white_papers', true, '?type=white_papers'],
	['/library', 'type=webinars', false, ''],
	['/library', 'type=nonsense', true, ''],
	['/library', 'page=2', true, '?page=2'],
	['/library', 'type=cases&page=3', true, '?type=cases&page=3'],
	['/library', 'page=1', true, ''],
	['/library', 'page=-1', true, ''],
	['/library', 'sort=title', true, ''],
	['/library', 'topic=emc', false, ''],
	['/library', 'type=cases&topic=emc', false, '?type=cases'],
	['/library', 'topic=', true, ''],
	['/library', 'utm_source=mail', true, ''],
	['/white-papers/x', 'sent=1', false, ''],
	['/white-papers/x', '', true, ''],
	['/products/motors', 'page=2', true, '?page=2'],
	['/products/compare', 'p=a', false, ''],
	['/products/compare', '', false, ''],
	['/search', '', true, ''],
	['/preferences', '', false, ''],
	['/brochure', '', false, ''],
	['/c/token', '', false, ''],
	['/webinars/x/room', '', false, ''],
	['/webinars/x', '', true, ''],
	['/quote', 'product=hs4-100', true, ''],
])('%s?%s is indexed: %s, as itself with %j', (page, query, isIndexed, canonical) => {
	expect(indexingOf(page, new URLSearchParams(query))).toMatchObject({ isIndexed, query: canonical });
});
