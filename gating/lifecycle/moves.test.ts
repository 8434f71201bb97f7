import { describe, expect, test } from 'vitest';

import { CAUSE_KINDS, mayMoveStage, mayMoveState } from './moves.ts';
import { STAGES, WORKING_STATES } from './stage.ts';

describe('golden (b): the table of moves between stages', () => {
	test('only sales reaches SQL, and only from identified or MQL', () => {
		const ways = STAGES.flatMap((from) => CAUSE_KINDS.filter((kind) => mayMoveStage(from, 'sql', kind)).map((kind) => `${from} by ${kind}`));
		expect(ways).toEqual(['identified by sales', 'mql by sales']);
	});

	test('no list moves a lead; recognition does, once the list is in', () => {
		for (const from of STAGES) for (const to of STAGES) expect(mayMoveStage(from, to, 'import')).toBe(false);
	});

	test('a rule moves neither into nor out of what sales gave, but that a customer’s new interest opens an opportunity', () => {
		const given = ['sql', 'opportunity', 'customer'] as const;
		for (const one of STAGES) {
			for (const stage of given) {
				expect(mayMoveStage(one, stage, 'rule')).toBe(one === 'customer' && stage === 'opportunity');
				expect(mayMoveStage(stage, one, 'rule')).toBe(stage === 'customer' && one === 'opportunity');
			}
		}
	});

	test.each([
		['sql', 'opportunity', ['sales', 'api']],
		['opportunity', 'customer', ['sales', 'api']],
		['customer', 'opportunity', ['rule', 'sales', 'api']],
		['sql', 'identified', ['sales', 'api']],
		['mql', 'customer', []],
		['sql', 'customer', []],
		['identified', 'mql', ['rule']],
	] as const)('from %s to %s', (from, to, kinds) => expect(CAUSE_KINDS.filter((kind) => mayMoveStage(from, to, kind))).toEqual(kinds));

	test('nothing moves to where it is', () => {
		for (const stage of STAGES) for (const kind of CAUSE_KINDS) expect(mayMoveStage(stage, stage, kind)).toBe(false);
	});
});

describe('the table of moves between working states', () => {
	test.each([
		['open', 'quarantine', ['rule', 'import']],
		['screening', 'quarantine', []],
		['sales', 'nurture', ['sales', 'api']],
		['nurture', 'open', ['rule', 'staff']],
		['quarantine', 'sales', []],
		['disqualified', 'sales', []],
		['disqualified', 'open', ['staff']],
	] as const)('from %s to %s', (from, to, kinds) => expect(CAUSE_KINDS.filter((kind) => mayMoveState(from, to, kind))).toEqual(kinds));

	test('every state can be left by staff', () => {
		for (const from of WORKING_STATES) expect(WORKING_STATES.some((to) => mayMoveState(from, to, 'staff'))).toBe(true);
	});
});
