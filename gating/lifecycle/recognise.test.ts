import { describe, expect, test } from 'vitest';

import { isCleanIn, MQL_CAUSES, type MqlCause, type Recognisable, recognise, TICKS } from './recognise.ts';
import { STAGES } from './stage.ts';

type Over = Partial<Omit<Recognisable, 'knows'>> & { readonly without?: readonly (keyof Recognisable['knows'])[] };

const NO_TICKS = { need: false, budget: false, ability: false };

/** A lead that fulfils every condition up to MQL by score, but for what is named. */
function aLead({ without = [], ...over }: Over): Recognisable {
	const knows = { name: true, mail: true, address: true, company: true, industry: true, jobTitle: true };
	for (const field of without) knows[field] = false;
	return {
		...{ stage: 'suspect', fitsTarget: true, tookPart: true, knows, isClean: true, ticks: NO_TICKS, isMarked: false, mqlCause: null, total: 6_000 },
		mql: { from: 6_000, until: 4_500 },
		...over,
	};
}

describe('golden (b): each stage with each of its conditions removed in turn', () => {
	test.each<[string, Over, string | null]>([
		['with everything it is an MQL', {}, 'mql'],
		['without a tactic it stays a suspect', { tookPart: false }, null],
		['without a name it stays a suspect', { without: ['name'] }, null],
		['without a mail it stays a suspect', { without: ['mail'] }, null],
		['without region or city it stays a suspect', { without: ['address'] }, null],
		['without a company it is a prospect', { without: ['company'] }, 'prospect'],
		['without an industry it is a prospect', { without: ['industry'] }, 'prospect'],
		['without a job title it is a prospect', { without: ['jobTitle'] }, 'prospect'],
		['under the threshold it is identified', { total: 5_999 }, 'identified'],
		['uncleaned it is identified, whatever the score', { isClean: false, total: 99_999 }, 'identified'],
		['outside the target and little known it is no suspect', { tookPart: false, fitsTarget: false }, 'raw'],
		['outside the target, what it did still counts', { fitsTarget: false }, 'mql'],
		['inside the target it is a suspect', { stage: 'raw', tookPart: false }, 'suspect'],
		['from outside the target it is a prospect by taking part', { stage: 'raw', fitsTarget: false, without: ['company'] }, 'prospect'],
	])('%s', (_rule, over, stage) => expect(recognise(aLead(over))?.stage ?? null).toBe(stage));
});

describe('golden (b): each cause of an MQL alone', () => {
	const ALONE: Readonly<Record<MqlCause, Over>> = {
		'need-budget-ability': { total: 0, ticks: { need: true, budget: true, ability: true } },
		'marked-by-hand': { total: 0, isMarked: true },
		'score-threshold': {},
	};

	test.each(MQL_CAUSES)('%s makes one, and is kept as its cause', (cause) => {
		expect(recognise(aLead({ stage: 'identified', ...ALONE[cause] }))).toEqual({ stage: 'mql', rule: cause, mqlCause: cause });
	});
	test.each(MQL_CAUSES)('%s makes none of a lead in quarantine, nor of one that is not identified', (cause) => {
		expect(recognise(aLead({ stage: 'identified', ...ALONE[cause], isClean: false }))).toBeNull();
		expect(recognise(aLead({ stage: 'prospect', ...ALONE[cause], without: ['jobTitle'] }))).toBeNull();
	});
	test.each(TICKS)('without the tick of %s the other two make none', (tick) => {
		const ticks = { need: true, budget: true, ability: true, [tick]: false };
		expect(recognise(aLead({ stage: 'identified', total: 0, ticks }))).toBeNull();
	});
	test('where several hold, the first named is the cause', () => {
		expect(recognise(aLead({ isMarked: true, ticks: { need: true, budget: true, ability: true } }))?.mqlCause).toBe('need-budget-ability');
	});
	test('its cause stays as long as it holds; then the next that holds takes its place', () => {
		expect(recognise(aLead({ stage: 'mql', mqlCause: 'score-threshold', isMarked: true }))).toBeNull();
		expect(recognise(aLead({ stage: 'mql', mqlCause: 'score-threshold', isMarked: true, total: 0 }))?.mqlCause).toBe('marked-by-hand');
	});
	test('who came by a mark has not passed the threshold: the lower one is not theirs', () => {
		expect(recognise(aLead({ stage: 'mql', mqlCause: 'marked-by-hand', total: 5_000 }))?.stage).toBe('identified');
	});
});

describe('backwards', () => {
	const byScore: Over = { stage: 'mql', mqlCause: 'score-threshold' };

	test.each<[string, Over, string | null]>([
		['an MQL stays one until it falls under the lower threshold', { total: 4_500 }, null],
		['under the lower threshold it is identified again', { total: 4_499 }, 'identified'],
		['in quarantine an MQL is identified again', { isClean: false }, 'identified'],
		['without its company an MQL is a prospect', { without: ['company'] }, 'prospect'],
	])('%s', (_rule, over, stage) => expect(recognise(aLead({ ...byScore, ...over }))?.stage ?? null).toBe(stage));
});

test('the rule that moved it is named', () => {
	expect(recognise(aLead({}))?.rule).toBe('score-threshold');
	expect(recognise(aLead({ total: 0 }))?.rule).toBe('company-industry-title');
	expect(recognise(aLead({ without: ['industry'] }))?.rule).toBe('took-part');
	expect(recognise(aLead({ stage: 'mql', total: 0 }))?.rule).toBe('conditions-missing');
	expect(recognise(aLead({ fitsTarget: false, tookPart: false }))?.rule).toBe('target-definition');
});

test('golden (b): no score, no answer, no mark and no rule reaches or leaves what sales gave', () => {
	for (const stage of STAGES) {
		for (const total of [-9_999, 0, 99_999]) {
			const everything = aLead({ stage, total, isMarked: true, ticks: { need: true, budget: true, ability: true } });
			expect(['sql', 'opportunity', 'customer']).not.toContain(recognise(everything)?.stage);
			if (['sql', 'opportunity', 'customer'].includes(stage)) expect(recognise(aLead({ stage, total, tookPart: false }))).toBeNull();
		}
	}
});

test('who is disqualified keeps the stage reached and reaches no further', () => {
	expect(isCleanIn('disqualified', 'mql')).toBe(true);
	expect(isCleanIn('disqualified', 'identified')).toBe(false);
	expect(isCleanIn('quarantine', 'mql')).toBe(false);
	expect(isCleanIn('nurture', 'identified')).toBe(true);
});
