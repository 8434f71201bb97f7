import { expect, test } from 'vitest';

import { addresses } from '#kernel/texts/addresses.ts';
import { textsFor } from '#kernel/texts/index.ts';

import { currentAt, navigation } from './navigation.ts';

const here = (path: string, type: string | null = null, locale: 'en' | 'zh-CN' = 'en') =>
	navigation(path, type, addresses(locale), textsFor(locale).site.nav)
		.filter(({ current }) => current !== undefined)
		.map(({ href, current }) => [href, current]);

test.each([
	['/', null, []],
	['/library', null, []],
	['/library', 'cases', [['/library?type=cases', 'page']]],
	['/cases/flow-wrapper-rebuild', null, [['/library?type=cases', 'true']]],
	['/white-papers/x', null, [['/library?type=white_papers', 'true']]],
	['/webinars', null, [['/webinars', 'page']]],
	['/webinars/x/room', null, [['/webinars', 'true']]],
	['/industries/packaging', null, [['/industries', 'true']]],
])('the navigation at %s (type %s) marks %j', (path, type, marked) => {
	expect(here(path, type)).toEqual(marked);
});

test('marks in Chinese as in English', () => {
	expect(here('/zh-CN/articles/x', null, 'zh-CN')).toEqual([['/zh-CN/library?type=articles', 'true']]);
});

test('a longer name is not below a shorter one', () => {
	expect(currentAt('/products-old', '/products')).toBeUndefined();
});
