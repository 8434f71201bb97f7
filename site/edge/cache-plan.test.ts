import { expect, test } from 'vitest';

import { planCache } from './cache-plan.ts';

test.each([
	['/products/motors', '', 'u/products/motors'],
	['/products/motors', '?sort=name&page=2', 'u/products/motors?sort=name&page=2'],
	['/products/motors', '?page=2&sort=name&utm_source=mail', 'u/products/motors?sort=name&page=2'],
	['/products/motors', '?gclid=abc&fbclid=def', 'u/products/motors'],
	['/products/motors', '?rated-power.min=&rated-power.max=&q=', 'u/products/motors'],
	['/products/motors', '?degree-of-protection=IP65', 'u/products/motors?degree-of-protection=IP65'],
	['/zh-CN/products/motors', '?view=table&degree-of-protection=IP65', 'u/zh-CN/products/motors?degree-of-protection=IP65&view=table'],
	['/products/motors', '?degree-of-protection=IP65&degree-of-protection=IP20', null],
	['/products/motors', '?degree-of-protection=IP65&fieldbus=EtherCAT', null],
	['/products/motors', '?rated-power.min=1.00001', null],
	['/products/motors', '?q=anything', null],
	['/products/motors', `?${'a'.repeat(61)}=1`, null],
	['/products/compare', '?p=a&p=b', null],
	['/products', '?degree-of-protection=IP65', 'u/products'],
	['/products/motors/hm2-071', '?degree-of-protection=IP65', 'u/products/motors/hm2-071'],
])('%s%s is kept as %s', (path, search, key) => {
	expect(planCache(path, search, {})?.key ?? null).toBe(key);
});

test.each([
	[{}, 'u/library'],
	[{ cookie: 'foyer_consent=1.' }, 'a/library'],
	[{ cookie: 'foyer_consent=1.analytics', 'sec-gpc': '1' }, 'a/library'],
	[{ cookie: 'foyer_consent=0.' }, 'u/library'],
	[{ 'sec-gpc': '1' }, 'a/library'],
	[{ dnt: '1' }, 'a/library'],
	[{ dnt: '0', 'sec-gpc': '0' }, 'u/library'],
])('with %j the page is kept as %s: the notice is shown to whoever gave no answer, nowhere', (headers, key) => {
	expect(planCache('/library', '', headers)?.key).toBe(key);
});
