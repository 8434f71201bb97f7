import { expect, test } from 'vitest';

import { DEFAULT_STANDARD, type HandOverStandard, standardInput, type StandardFacts, unmetOf } from './standard.ts';

const good: StandardFacts = { stage: 'mql', mqlCause: 'need-budget-ability', grade: 'A1', isCoreCredible: true, mayContact: true, isClean: true };
const strict: HandOverStandard = { ...DEFAULT_STANDARD, causes: ['need-budget-ability'], grades: ['A1', 'A2'] };

test('a lead that meets all of it is handed over', () => {
	expect(unmetOf(strict, good)).toEqual([]);
});

test.each([
	['stage', { stage: 'identified' }],
	['stage', { stage: 'sql' }],
	['causes', { mqlCause: 'score-threshold' }],
	['causes', { mqlCause: null }],
	['grades', { grade: 'A3' }],
	['needsCore', { isCoreCredible: false }],
	['needsConsent', { mayContact: false }],
	['needsClean', { isClean: false }],
] as const)('without %s (%o) it is not', (part, over) => {
	expect(unmetOf(strict, { ...good, ...over })).toEqual([part]);
});

test('what the standard does not ask, nobody needs', () => {
	const loose = { ...DEFAULT_STANDARD, needsCore: false, needsConsent: false, needsClean: false };
	expect(unmetOf(loose, { ...good, mqlCause: null, isCoreCredible: false, mayContact: false, isClean: false, grade: 'D4' })).toEqual([]);
});

test('the shipped standard is one', () => {
	expect(standardInput.parse(DEFAULT_STANDARD)).toEqual(DEFAULT_STANDARD);
});
