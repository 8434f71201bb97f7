import { describe, expect, test } from 'vitest';

import { type Recognisable, recognise } from './recognise.ts';
import { STAGES } from './stage.ts';

type Over = Partial<Omit<Recognisable, 'knows'>> & { readonly without?: readonly (keyof Recognisable['knows'])[] };

/** A lead that fulfils every condition, but for what is named. */
function aLead({ without = [], ...over }: Over): Recognisable {
	const knows = { name: true, mail: true, address: true, company: true, industry: true, jobTitle: true };
	for (const field of without) knows[field] = false;
	return { stage: 'suspect', tookPart: true, knows, isClean: true, total: 6_000, mql: { from: 6_000, until: 4_500 }, ...over };
}

describe('from suspect', () => {
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
	])('%s', (_rule, over, stage) => expect(recognise(aLead(over))?.stage ?? null).toBe(stage));
});

describe('backwards', () => {
	test.each<[string, Over, string | null]>([
		['an MQL stays one until it falls under the lower threshold', { total: 4_500 }, null],
		['under the lower threshold it is identified again', { total: 4_499 }, 'identified'],
		['in quarantine an MQL is identified again', { isClean: false }, 'identified'],
		['without its company an MQL is a prospect', { without: ['company'] }, 'prospect'],
	])('%s', (_rule, over, stage) => expect(recognise(aLead({ stage: 'mql', ...over }))?.stage ?? null).toBe(stage));
});

test('the rule that moved it is named', () => {
	expect(recognise(aLead({}))?.rule).toBe('score-threshold');
	expect(recognise(aLead({ total: 0 }))?.rule).toBe('company-industry-title');
	expect(recognise(aLead({ without: ['industry'] }))?.rule).toBe('took-part');
	expect(recognise(aLead({ stage: 'mql', total: 0 }))?.rule).toBe('conditions-missing');
});

test('no score and no rule reaches or leaves what sales gave', () => {
	for (const stage of STAGES) {
		for (const total of [-9_999, 0, 99_999]) {
			expect(['sql', 'opportunity', 'customer']).not.toContain(recognise(aLead({ stage, total }))?.stage);
			if (['sql', 'opportunity', 'customer'].includes(stage)) expect(recognise(aLead({ stage, total, tookPart: false }))).toBeNull();
		}
	}
});
