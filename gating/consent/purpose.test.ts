import fc from 'fast-check';
import { expect, test } from 'vitest';

import { consentsHeld, needsVisitor, PURPOSES } from './purpose.ts';

const at = (minute: number) => new Date(minute * 60_000);

test('the newest answer of each purpose holds', () => {
	const held = consentsHeld([
		{ id: '2', purpose: 'analytics', given: false, at: at(2) },
		{ id: '1', purpose: 'analytics', given: true, at: at(1) },
		{ id: '3', purpose: 'marketing.email', given: true, at: at(1) },
		{ id: '4', purpose: 'telepathy', given: true, at: at(1) },
	]);
	expect([...held]).toEqual(['marketing.email']);
});

test('the order in which answers are read does not matter', () => {
	const answer = fc.record({ id: fc.uuid(), purpose: fc.constantFrom(...PURPOSES), given: fc.boolean(), at: fc.nat(5).map(at) });
	fc.assert(
		fc.property(fc.uniqueArray(answer, { selector: ({ id }) => id }), (answers) => {
			expect([...consentsHeld([...answers].reverse())].sort()).toEqual([...consentsHeld(answers)].sort());
		}),
	);
});

test('only analytics and personalisation need a browser to be recognised', () => {
	expect(PURPOSES.filter((purpose) => needsVisitor([purpose]))).toEqual(['analytics', 'personalisation']);
});
