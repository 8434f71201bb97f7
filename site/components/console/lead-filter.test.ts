import { expect, test } from 'vitest';

import { filterAddress, isNarrowed, queryOf, readFilter } from './lead-filter.ts';

const filter = (query: string) => readFilter(new URLSearchParams(query));
const NOW = new Date('2026-11-22T10:00:00Z');

test('what an address does not know is any', () => {
	expect(isNarrowed(filter('stage=boss&grade=E9&state=x&period=3&created=ever&sort=name'))).toBe(false);
});

test('periods begin at midnight of the company', () => {
	expect(queryOf(filter('period=7'), NOW, 'Asia/Shanghai').activeSince).toEqual(new Date('2026-11-15T16:00:00Z'));
	expect(queryOf(filter('created=today'), NOW, 'Europe/Berlin').createdSince).toEqual(new Date('2026-11-21T23:00:00Z'));
});

test('a changed filter starts at the first page', () => {
	expect(filterAddress(filter('stage=mql&cursor=abc'), { sort: 'company' })).toBe('/console/leads?stage=mql&sort=company');
	expect(filterAddress(filter('stage=mql'), { stage: '' })).toBe('/console/leads');
});
