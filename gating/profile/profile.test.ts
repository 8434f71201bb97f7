import { expect, test } from 'vitest';

import { HALF_LIFE_DAYS, learn, nothingLearnt } from './profile.ts';

const NOW = Date.UTC(2026, 10, 20);
const DAY = 86_400_000;
const termsOf = (subject: string): ReadonlyMap<string, number> =>
	new Map(subject === 'terms:t1' ? [['topic:motion', 1]] : subject === 'white_papers:w1' ? [['topic:motion', 1], ['industry:water', 0.6]] : []); // prettier-ignore

test.each([
	['a query, by the topic of its hits', 'search.query', 'terms:t1', 0, { 'topic:motion': 1 }],
	['a result that was opened', 'search.click', 'white_papers:w1', 0, { 'topic:motion': 1, 'industry:water': 0.6 }],
	['a download', 'download', 'white_papers:w1', 0, { 'topic:motion': 4, 'industry:water': 2.4 }],
	['half of it after the half-life', 'download', 'white_papers:w1', HALF_LIFE_DAYS, { 'topic:motion': 2, 'industry:water': 1.2 }],
	['nothing from what tells nothing', 'mail.opened', 'white_papers:w1', 0, {}],
	['nothing from what is about nothing', 'search.query', '', 0, {}],
])('%s is learnt from', (_name, type, subject, days, interests) => {
	const learnt = nothingLearnt(NOW);
	learn(learnt, { type, subject, at: NOW - days * DAY, props: {} }, termsOf);
	expect(Object.fromEntries(learnt.interests)).toEqual(interests);
});
