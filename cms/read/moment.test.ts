import { expect, test } from 'vitest';

import { aFile, aPaper, aWebinar, both, rowsOf } from '#tests/support/rows.ts';

import { project } from './project.ts';

const NOW = new Date('2026-03-01T12:00:00Z');
const files = { files: [aFile()] };

test('moments stand in the order of time, with keys of their own; what leads nowhere is left out', () => {
	const moments = [
		{
			at_seconds: 60,
			kind: 'poll',
			key: 'a',
			...both('text', 'Q'),
			options: [
				{ en: '1', zh: '一' },
				{ en: '2', zh: '二' },
			],
		},
		{ at_seconds: 5, kind: 'chat', key: 'a', ...both('text', 'Hello') },
		{ at_seconds: 70, kind: 'poll', ...both('text', 'Q'), options: [{ en: '1', zh: '一' }] },
		{ at_seconds: 80, kind: 'resource', target: 'white-papers/a-paper' },
		{ at_seconds: 90, kind: 'resource', target: 'white-papers/gone' },
	];
	const { snapshot, problems } = project(rowsOf({ webinars: [aWebinar({ moments })], white_papers: [aPaper()] }, files), NOW, 1);
	expect(snapshot.webinars[0]?.moments.map(({ atSeconds, key, target }) => [atSeconds, key, target])).toEqual([
		[5, 'a', null],
		[60, 'poll-60', null],
		[80, 'resource-80', 'white_papers/a-paper'],
	]);
	expect(problems.map(({ code }) => code).sort()).toEqual(['dangling-reference', 'invalid-field']);
});

test('a quiz, a call and a draw are planned with what they need, and reported without it', () => {
	const two = [
		{ en: 'A', zh: '甲' },
		{ en: 'B', zh: '乙', is_right: true },
	];
	const moments = [
		{ at_seconds: 1, kind: 'poll', poll_form: 'quiz', key: 'q', ...both('text', 'Q'), options: two, seconds: 20, shows: 'closed' },
		{ at_seconds: 2, kind: 'poll', poll_form: 'cloud', key: 'c', ...both('text', 'Q') },
		{ at_seconds: 3, kind: 'call', action: 'demo', key: 'd', ...both('text', 'See it run') },
		{
			at_seconds: 4,
			kind: 'draw',
			key: 'w',
			...both('text', 'Kits'),
			polls: 1,
			prizes: [{ name_en: 'Kit', name_zh: '套件', stock: 3 }],
			draw_after: 60,
		},
		{ at_seconds: 5, kind: 'poll', poll_form: 'quiz', ...both('text', 'Q'), options: two.slice(0, 1).concat(two.slice(0, 1)) },
		{ at_seconds: 6, kind: 'call', action: 'page', ...both('text', 'Nowhere') },
		{ at_seconds: 7, kind: 'draw', ...both('text', 'Nothing') },
	];
	const { snapshot, problems } = project(rowsOf({ webinars: [aWebinar({ moments })] }, files), NOW, 1);
	expect(snapshot.webinars[0]?.moments).toMatchObject([
		{ key: 'q', poll: { form: 'quiz', correct: [1], points: 10, seconds: 20, shows: 'closed' } },
		{ key: 'c', options: [], poll: { form: 'cloud', correct: [], points: 0, seconds: 0, shows: 'live' } },
		{ key: 'd', action: 'demo', target: null },
		{ key: 'w', draw: { minMinutes: 0, polls: 1, quizPoints: 0, prizes: [{ name: { en: 'Kit' }, stock: 3 }], seconds: 60 } },
	]);
	expect(snapshot.webinars[0]?.moments).toHaveLength(4);
	expect(problems.map(({ code }) => code).sort()).toEqual(['dangling-reference', 'invalid-field', 'invalid-field']);
});
