import { describe, expect, test } from 'vitest';

import type { Row } from './client.ts';
import { NO_ROWS, type Rows } from './rows.ts';
import { followSlugs, formerOf, itemOfSlug } from './slugs.ts';

const NOW = new Date('2026-03-01T12:00:00Z');
const LATER = '2026-03-02T12:00:00Z';
const BEFORE = '2026-02-02T12:00:00Z';

const papers = (...rows: Row[]): Rows => ({ ...NO_ROWS, collections: { ...NO_ROWS.collections, white_papers: rows } });

describe('an address that shows nothing', () => {
	test.each([
		['has another name today', papers({ id: 'p', slug: 'new' }), 'p', { status: 'moved', slug: 'new' }],
		['went back to draft or was deleted', papers(), 'p', { status: 'gone' }],
		['reached the end of its time', papers({ id: 'p', slug: 'old', unpublish_at: BEFORE }), 'p', { status: 'gone' }],
		['comes later, under this name', papers({ id: 'p', slug: 'old', publish_at: LATER }), 'p', { status: 'unknown' }],
		['comes later, under another name', papers({ id: 'p', slug: 'new', publish_at: LATER }), 'p', { status: 'unknown' }],
		['is published but lacks what a page needs', papers({ id: 'p', slug: 'old' }), 'p', { status: 'unknown' }],
		['was never there', papers(), null, { status: 'unknown' }],
	] as const)('whose item %s', (_case, rows, itemId, expected) => {
		expect(formerOf(rows, 'white_papers', itemId, 'old', NOW)).toEqual(expected);
	});
});

describe('slugs', () => {
	test('outlive the item, so that a name changed while it was offline is noticed', () => {
		const first = followSlugs({}, papers({ id: 'p', slug: 'a' }));
		const offline = followSlugs(first.slugs, papers());
		const back = followSlugs(offline.slugs, papers({ id: 'p', slug: 'b' }));
		expect([first.changes, offline.changes]).toEqual([[], []]);
		expect(back.changes).toEqual([{ collection: 'white_papers', slug: 'a', itemId: 'p' }]);
		expect([itemOfSlug(back.slugs, 'white_papers', 'b'), itemOfSlug(back.slugs, 'white_papers', 'a')]).toEqual(['p', null]);
		expect(itemOfSlug(back.slugs, 'cases', 'b')).toBeNull();
	});
});
