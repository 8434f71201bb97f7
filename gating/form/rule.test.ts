import { describe, expect, test } from 'vitest';

import type { FieldRule } from '#cms/content.ts';

import { holds, standingOf } from './rule.ts';

const rule = (effect: FieldRule['effect'], field: string, ...values: string[]): FieldRule => ({ effect, field, values });

describe('a condition', () => {
	test.each<[string, FieldRule, Record<string, string>, boolean]>([
		['on any answer: with one', rule('show', 'industry'), { industry: 'packaging' }, true],
		['on any answer: without', rule('show', 'industry'), {}, false],
		['on any answer: with spaces only', rule('show', 'industry'), { industry: '  ' }, false],
		['on one answer: that one', rule('show', 'maker', 'other'), { maker: 'other' }, true],
		['on one answer: another', rule('show', 'maker', 'other'), { maker: 'halden' }, false],
		['on one answer: none', rule('show', 'maker', 'other'), {}, false],
		['on several: the second', rule('show', 'maker', 'a', 'b'), { maker: 'b' }, true],
		['on one of several chosen', rule('show', 'uses', 'pumps'), { uses: 'fans, pumps' }, true],
		['on a value with a comma', rule('show', 'place', 'Bern, CH'), { place: 'Bern, CH' }, true],
		['on a value in other letters', rule('show', 'maker', 'Other'), { maker: 'ＯＴＨＥＲ' }, true],
		['on what every object has', rule('show', 'constructor'), {}, false],
	])('%s', (_case, given, answers, expected) => {
		expect(holds(given, answers)).toBe(expected);
	});
});

describe('a field', () => {
	test.each<[string, Parameters<typeof standingOf>[0], Record<string, string>, ReturnType<typeof standingOf>]>([
		['without a rule stands as it is', { rule: null, isRequired: true }, {}, { belongs: true, isRequired: true }],
		['shown, and required then', { rule: rule('show', 'a'), isRequired: true }, { a: 'x' }, { belongs: true, isRequired: true }],
		['shown, and optional then', { rule: rule('show', 'a'), isRequired: false }, { a: 'x' }, { belongs: true, isRequired: false }],
		['not shown: never required', { rule: rule('show', 'a'), isRequired: true }, {}, { belongs: false, isRequired: false }],
		['required by another answer', { rule: rule('require', 'a'), isRequired: false }, { a: 'x' }, { belongs: true, isRequired: true }],
		['not required without it', { rule: rule('require', 'a'), isRequired: true }, {}, { belongs: true, isRequired: false }],
	])('%s', (_case, field, answers, expected) => {
		expect(standingOf(field, answers)).toEqual(expected);
	});
});
