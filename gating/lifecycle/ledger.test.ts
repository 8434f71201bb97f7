import { describe, expect, test } from 'vitest';

import { DAY_MS } from '#kernel/clock.ts';

import { NOTHING_KNOWN } from '../scoring/attributes.ts';
import { DEFAULT_MODEL } from '../scoring/default-model.ts';
import { foldScore } from '../scoring/fold.ts';
import type { ScoredEvent } from '../scoring/history.ts';
import type { LedgerEntry } from './ledger.ts';

const now = new Date('2026-03-31T12:00:00Z');
const daysAgo = (days: number) => new Date(now.getTime() - days * DAY_MS);
const aDownload = (id: string, days: number): ScoredEvent => ({
	...{ id, type: 'download', version: 1, at: daysAgo(days), personId: 'p1', subject: `white_papers:${id}`, props: {} },
});
const fold = (events: readonly ScoredEvent[], ledger: readonly LedgerEntry[], objectors: ReadonlySet<string> = new Set()) =>
	foldScore({
		content: new Map(),
		colleagues: [],
		events,
		ledger,
		attributes: NOTHING_KNOWN,
		live: { version: 1, model: DEFAULT_MODEL },
		now,
		timeZone: 'Europe/Zurich',
		objectors,
	});

describe('the ledger', () => {
	const returned = {
		...{ id: 'l1', personId: 'p1', rule: 'returned-by-sales', ruleVersion: 1, points: -1_000, halfLifeDays: 45 },
		...{ reason: 'no-need', by: 'staff:u1', at: daysAgo(0) },
	};

	test('golden (b): a return is one dated line of engagement, and the lines still add up', () => {
		const events = [aDownload('e1', 3), aDownload('e2', 1)];
		const before = fold(events, []);
		const after = fold(events, [returned]);
		expect(after.total).toBe(before.total - 1_000);
		expect(after.fit).toEqual(before.fit);
		expect(after.engagement.lines.filter(({ eventId }) => eventId !== 'l1')).toEqual(before.engagement.lines);
		expect(after.engagement.lines[0]).toMatchObject({
			rule: 'returned-by-sales',
			at: returned.at,
			points: -1_000,
			what: { params: { reason: 'no-need' } },
		});
		expect(after.engagement.lines.reduce((sum, { points }) => sum + points, 0)).toBe(after.engagement.total);
	});

	test('it fades like what it took away', () => {
		expect(fold([], [{ ...returned, at: daysAgo(45) }])).toMatchObject({ total: -500, hasDecay: true });
	});

	test('of a person who objected it counts nothing, as what they did counts nothing', () => {
		expect(fold([aDownload('e1', 1)], [returned], new Set(['p1'])).total).toBe(0);
	});
});
