import fc from 'fast-check';
import { describe, expect, test } from 'vitest';

import { type Achievements, type EligibilityRule, judgeEligibility, NOTHING_DONE, sharePercent } from './eligibility.ts';

const done = (some: Partial<Achievements>): Achievements => ({ ...NOTHING_DONE, ...some });

describe('a rule is met', () => {
	test.each<[string, EligibilityRule, Partial<Achievements>, boolean]>([
		['nothing asked: by everybody', {}, {}, true],
		['zero asks nothing', { minMinutes: 0, polls: 0, survey: false, checkedIn: false }, {}, true],
		['exactly the minutes', { minMinutes: 30 }, { liveMinutes: 30 }, true],
		['one minute too few', { minMinutes: 30 }, { liveMinutes: 29 }, false],
		['replay counts with live', { minMinutes: 30 }, { liveMinutes: 10, replayMinutes: 20 }, true],
		['replay does not count as live', { minLiveMinutes: 30 }, { liveMinutes: 10, replayMinutes: 60 }, false],
		['share', { minSharePercent: 80 }, { sharePercent: 80 }, true],
		['share too small', { minSharePercent: 80 }, { sharePercent: 79 }, false],
		['polls', { polls: 2 }, { polls: 2 }, true],
		['polls too few', { polls: 2 }, { polls: 1 }, false],
		['pass mark', { quizPoints: 60 }, { quizPoints: 75 }, true],
		['below the pass mark', { quizPoints: 60 }, { quizPoints: 59 }, false],
		['survey', { survey: true }, { hasSurvey: true }, true],
		['survey missing', { survey: true }, { liveMinutes: 90 }, false],
		['checked in', { checkedIn: true }, { isCheckedIn: true }, true],
		['not checked in', { checkedIn: true }, {}, false],
		['all of several', { minMinutes: 30, polls: 1, survey: true }, { liveMinutes: 40, polls: 1, hasSurvey: true }, true],
		['one of several missing', { minMinutes: 30, polls: 1, survey: true }, { liveMinutes: 40, polls: 1 }, false],
	])('%s', (_name, rule, some, isEligible) => {
		expect(judgeEligibility(rule, done(some)).isEligible).toBe(isEligible);
	});
});

test('says what is done and what is missing, in the order of the rule', () => {
	expect(judgeEligibility({ survey: true, minMinutes: 30, polls: 2 }, done({ liveMinutes: 50, polls: 1 })).steps).toEqual([
		{ kind: 'minutes', needed: 30, done: 30, isMet: true },
		{ kind: 'polls', needed: 2, done: 1, isMet: false },
		{ kind: 'survey', needed: 1, done: 0, isMet: false },
	]);
});

test('golden: doing more never takes away what was reached', () => {
	const count = fc.integer({ min: 0, max: 100 });
	const achievements = fc.record({
		liveMinutes: count,
		replayMinutes: count,
		sharePercent: count,
		polls: count,
		quizPoints: count,
		hasSurvey: fc.boolean(),
		isCheckedIn: fc.boolean(),
	});
	const rule = fc.record(
		{
			minMinutes: count,
			minLiveMinutes: count,
			minSharePercent: count,
			polls: count,
			quizPoints: count,
			survey: fc.boolean(),
			checkedIn: fc.boolean(),
		},
		{ requiredKeys: [] },
	);
	fc.assert(
		fc.property(rule, achievements, achievements, (asked, first, more) => {
			const later: Achievements = {
				liveMinutes: first.liveMinutes + more.liveMinutes,
				replayMinutes: first.replayMinutes + more.replayMinutes,
				sharePercent: Math.max(first.sharePercent, more.sharePercent),
				polls: first.polls + more.polls,
				quizPoints: first.quizPoints + more.quizPoints,
				hasSurvey: first.hasSurvey || more.hasSurvey,
				isCheckedIn: first.isCheckedIn || more.isCheckedIn,
			};
			const before = judgeEligibility(asked, first);
			const after = judgeEligibility(asked, later);
			if (before.isEligible) expect(after.isEligible).toBe(true);
			expect(after.steps.filter(({ isMet }) => isMet).length).toBeGreaterThanOrEqual(before.steps.filter(({ isMet }) => isMet).length);
			expect(before.steps.every(({ done: reached, needed }) => reached >= 0 && reached <= needed)).toBe(true);
		}),
	);
});

test.each([
	[0, 2_700, 0],
	[1_349, 2_700, 49],
	[2_700, 2_700, 100],
	[9_999, 2_700, 100],
	[10, 0, 0],
])('%i of %i seconds are %i %%', (seconds, length, percent) => {
	expect(sharePercent(seconds, length)).toBe(percent);
});
