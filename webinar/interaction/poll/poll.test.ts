import { describe, expect, test } from 'vitest';

import { checkAnswer, pointsOf, rankingOf, takesAnswers } from './poll.ts';

const both = (text: string) => ({ en: text, 'zh-CN': text });
const poll = (form: 'single' | 'multiple' | 'text' | 'cloud' | 'quiz', correct: readonly number[] = []) => ({
	form,
	options: [both('a'), both('b'), both('c')],
	correct,
	points: 10,
});

describe('an answer', () => {
	test.each([
		['single', [1], '', { status: 'valid', choices: [1], text: null }],
		['single', [0, 1], '', { status: 'invalid', code: 'option' }],
		['single', [], '', { status: 'invalid', code: 'option' }],
		['single', [3], '', { status: 'invalid', code: 'option' }],
		['single', [-1], '', { status: 'invalid', code: 'option' }],
		['single', [0.5], '', { status: 'invalid', code: 'option' }],
		['multiple', [2, 0, 2], '', { status: 'valid', choices: [0, 2], text: null }],
		['multiple', [], '', { status: 'invalid', code: 'option' }],
		['text', [], '  More torque ', { status: 'valid', choices: [], text: 'More torque' }],
		['text', [], '   ', { status: 'invalid', code: 'empty' }],
		['text', [], 'x'.repeat(201), { status: 'invalid', code: 'too-long' }],
		['text', [], 'a\u0000b', { status: 'invalid', code: 'characters' }],
		['cloud', [], 'heat dust noise speed', { status: 'valid', choices: [], text: 'heat\ndust\nnoise' }],
		['cloud', [], '发热，粉尘、发热', { status: 'valid', choices: [], text: '发热\n粉尘' }],
		['cloud', [], 'Heat, heat', { status: 'valid', choices: [], text: 'heat' }],
		['cloud', [], 'safe stop, ＩＰ６５', { status: 'valid', choices: [], text: 'safe stop\nIP65' }],
		['cloud', [], 'x'.repeat(25), { status: 'invalid', code: 'too-long' }],
	] as const)('to %s: %j “%s”', (form, choices, text, checked) => {
		expect(checkAnswer(poll(form), { choices, text })).toEqual(checked);
	});

	test('of a quiz: several may be right, and only all of them count', () => {
		const quiz = poll('quiz', [2, 0]);
		expect(checkAnswer(quiz, { choices: [0, 2], text: '' })).toMatchObject({ status: 'valid', choices: [0, 2] });
		expect([[0, 2], [0], [2], [0, 1, 2]].map((choices) => pointsOf(quiz, choices))).toEqual([10, 0, 0, 0]);
		expect(pointsOf(poll('single', [0]), [0])).toBe(0);
	});

	test('is taken while it is open, by the clock that closes it', () => {
		const closesAt = new Date(10_000);
		const at = (ms: number, state: 'planned' | 'open' | 'closed', until: Date | null = closesAt) =>
			takesAnswers({ state, closesAt: until }, new Date(ms));
		expect([at(9_999, 'open'), at(10_000, 'open'), at(1, 'planned'), at(1, 'closed'), at(1e12, 'open', null)]).toEqual([
			true,
			false,
			false,
			false,
			true,
		]);
	});
});

describe('the ranking', () => {
	test('goes by points, then by time of right answers; the same in both is the same rank', () => {
		const answers = [
			{ personId: 'slow', points: 10, tookMs: 9_000 },
			{ personId: 'quick', points: 10, tookMs: 2_000 },
			{ personId: 'twin', points: 10, tookMs: 2_000 },
			{ personId: 'best', points: 10, tookMs: 8_000 },
			{ personId: 'best', points: 5, tookMs: 8_000 },
			{ personId: 'wrong', points: 0, tookMs: 100 },
			{ personId: 'quick', points: 0, tookMs: 60_000 },
		];
		expect(rankingOf(answers).map(({ personId, rank, points }) => [personId, rank, points])).toEqual([
			['best', 1, 15],
			['quick', 2, 10],
			['twin', 2, 10],
			['slow', 4, 10],
		]);
		expect(rankingOf([])).toEqual([]);
	});
});
