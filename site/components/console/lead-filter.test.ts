import { expect, test } from 'vitest';

import { filterAddress, isNarrowed, queryOf, readFilter, viewAddress, viewQueryOf } from './lead-filter.ts';

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

test('nobody’s leads, somebody’s, and those overdue at this moment', () => {
	expect(queryOf(filter('owner=none'), NOW, 'UTC').owner).toBeNull();
	expect(queryOf(filter('owner=u1&overdue=yes'), NOW, 'UTC')).toMatchObject({ owner: 'u1', overdueAt: NOW });
	expect(queryOf(filter(''), NOW, 'UTC').owner).toBeUndefined();
	expect(isNarrowed(filter('segment=s1'))).toBe(true);
	expect(isNarrowed(filter('columns=name&view=v&sort=company'))).toBe(false);
});

test('columns are one list, however the form sends them', () => {
	expect(filter('columns=name&columns=email&columns=name').columns).toBe('name,email');
	expect(filter('columns=name,email,%3Cb%3E').columns).toBe('name,email');
});

test('a view keeps filters, order and columns, and not who was looked for', () => {
	const query = viewQueryOf(filter('q=ada%40x.example&stage=mql&sort=company&columns=name&cursor=c&view=old'));
	expect(query).toBe('stage=mql&columns=name&sort=company');
	expect(viewAddress({ id: 'v1', query })).toBe('/console/leads?stage=mql&columns=name&sort=company&view=v1');
});
