import { describe, expect, test } from 'vitest';

import { houseTerms, standingOf, type Standing, type Terms } from './expiry.ts';

const at = (hours: number): Date => new Date(Date.UTC(2026, 2, 1) + hours * 3_600_000);
const terms = (over: Partial<Terms> = {}): Terms => ({ ...houseTerms('live'), ...over });
const pass = (firstPlayedAt: Date | null, extendedUntil: Date | null = null) => ({ firstPlayedAt, extendedUntil });
const open = (until: Date | null): Standing => ({ status: 'open', until });
const expired = (since: Date): Standing => ({ status: 'expired', since });

describe('a replay', () => {
	test.each<[string, Terms, Parameters<typeof standingOf>[1], Date, Standing]>([
		['waits for whoever has not begun', terms(), null, at(1_000), open(null)],
		['is open for 72 hours from the first play', terms(), pass(at(0)), at(71.9), open(at(72))],
		['and ends with them', terms(), pass(at(0)), at(72), expired(at(72))],
		['may be longer', terms({ hours: 100 }), pass(at(0)), at(99), open(at(100))],
		['ends at a date for all', terms({ kind: 'until', untilAt: at(10) }), pass(at(9)), at(10), expired(at(10))],
		['and is open before', terms({ kind: 'until', untilAt: at(10) }), null, at(9), open(at(10))],
		['on demand has no end', houseTerms('on-demand'), pass(at(0)), at(9_999), open(null)],
		['was never given', terms({ kind: 'closed' }), pass(at(0)), at(1), { status: 'closed' }],
		['is longer for whom the host gives more', terms(), pass(at(0), at(200)), at(150), open(at(200))],
		['is not shorter for it', terms(), pass(at(0), at(10)), at(50), open(at(72))],
		['opens for one where it is closed for others', terms({ kind: 'closed' }), pass(null, at(10)), at(5), open(at(10))],
	])('%s', (_name, held, played, now, standing) => {
		expect(standingOf(held, played, now, 0)).toEqual(standing);
	});

	test('is longer by the days that somebody earned, and no shorter than what the host gave', () => {
		expect(standingOf(terms(), pass(at(0)), at(72), 2)).toEqual(open(at(120)));
		expect(standingOf(terms(), pass(at(0)), at(120), 2)).toEqual(expired(at(120)));
		expect(standingOf(terms(), pass(at(0), at(200)), at(130), 2)).toEqual(open(at(200)));
		expect(standingOf(terms({ kind: 'closed' }), pass(at(0)), at(1), 2)).toEqual({ status: 'closed' });
	});
});
