import { describe, expect, test } from 'vitest';

import { isDue, nextDueAt } from './due.ts';

const NOW = new Date('2026-03-01T12:00:00Z');

describe('an item is online', () => {
	test.each([
		{ publish: null, unpublish: null, due: true },
		{ publish: '2026-03-01T12:00:00Z', unpublish: null, due: true },
		{ publish: '2026-03-01T12:00:00.001Z', unpublish: null, due: false },
		{ publish: null, unpublish: '2026-03-01T12:00:00Z', due: false },
		{ publish: null, unpublish: '2026-03-01T12:00:00.001Z', due: true },
		{ publish: '2026-02-01T00:00:00Z', unpublish: '2026-02-15T00:00:00Z', due: false },
		{ publish: 'no date', unpublish: '', due: true },
	])('from $publish until $unpublish: $due', ({ publish, unpublish, due }) => {
		expect(isDue({ publish_at: publish, unpublish_at: unpublish }, NOW)).toBe(due);
	});

	test('and the next change is the nearest instant ahead', () => {
		const rows = [{ publish_at: '2026-03-05T00:00:00Z' }, { publish_at: '2026-01-01T00:00:00Z', unpublish_at: '2026-03-02T00:00:00Z' }, {}];
		expect(nextDueAt(rows, NOW)).toEqual(new Date('2026-03-02T00:00:00Z'));
		expect(nextDueAt([{}], NOW)).toBeNull();
	});
});
