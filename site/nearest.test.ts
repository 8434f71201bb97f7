import { expect, test } from 'vitest';

import type { ContentItem } from '#cms/content.ts';

import { nearestTo, wordsOfAddress } from './nearest.ts';

const item = (slug: string, en: string, zh = '') => ({ slug, title: { en, 'zh-CN': zh } }) as unknown as ContentItem;
const ITEMS = [
	item('bearing-damage-from-vibration', 'Bearing damage from vibration', '从振动看轴承损伤'),
	item('mounting-a-vibration-sensor', 'Mounting a vibration sensor'),
	item('hm2-132', 'Asynchronous motor HM2-132'),
];
const found = (path: string) => nearestTo(wordsOfAddress(path), ITEMS, 3).map(({ slug }) => slug);

test.each<[string, readonly string[]]>([
	['/white-papers/bearing-damage', ['bearing-damage-from-vibration']],
	['/articles/vibrations', ['mounting-a-vibration-sensor', 'bearing-damage-from-vibration']],
	['/products/motors/HM2-132.html', ['hm2-132']],
	['/zh-CN/nothing-at-all', []],
	['/%E0%A4%A', []],
	['/', []],
])('%s is near %j', (path, slugs) => {
	expect(found(path)).toEqual(slugs);
});
