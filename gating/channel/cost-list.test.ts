import { expect, test } from 'vitest';

import { checkCosts, type CostFacts, MOST_COST_LINES, textOfCosts } from './cost-list.ts';
import { treeOf } from './tree.ts';

const facts: CostFacts = {
	channels: treeOf([]),
	campaigns: ['Spring fairs'],
	entered: [{ channel: 'fair', campaign: '', month: '2026-03', currency: 'EUR', amountCents: 100_000 }],
};
const HEAD = 'channel,campaign,month,currency,amount';
const check = (...lines: readonly string[]) => {
	const found = checkCosts([HEAD, ...lines].join('\r\n'), facts);
	return 'lines' in found ? found.lines.map(({ state, error }) => error ?? state) : found.problem;
};

test.each([
	['fair,,2026-03,EUR,1000', 'same'],
	['fair,,2026-03,EUR,1200.50', 'changed'],
	['fair,,2026-03,EUR,0', 'removed'],
	['fair,,2026-03,CNY,1000', 'new'],
	['Trade fairs,spring FAIRS,2026-03,eur,1000', 'new'],
	['展会,,2026年3月,CNY,"1250,5"', 'new'],
	['mail,,2026-04,EUR,0', 'same'],
	['nowhere,,2026-03,EUR,1', 'channel'],
	['fair,Autumn,2026-03,EUR,1', 'campaign'],
	['fair,,2026-13,EUR,1', 'month'],
	['fair,,March,EUR,1', 'month'],
	['fair,,2026-03,XXX,1', 'currency'],
	['fair,,2026-03,EUR,"1,250"', 'amount'],
	['fair,,2026-03,EUR,-5', 'amount'],
	['fair,,2026-03,EUR,1e9', 'amount'],
	['fair,2026-03,EUR,1', 'columns'],
])('the line %s is %s', (line, outcome) => expect(check(line)).toEqual([outcome]));

test('a line that says again what another one says is an error, and changes nothing', () =>
	expect(check('fair,,2026-05,EUR,1', 'fair,,2026/5,EUR,2')).toEqual(['new', 'twice']));

test('amounts are whole hundredths', () => {
	const found = checkCosts(`${HEAD}\nfair,,2026-03,EUR,1200.5\nfair,,2026-04,EUR,"0,07"`, facts);
	expect('lines' in found && found.lines.map(({ cost }) => cost?.amountCents)).toEqual([120_050, 7]);
});

test('what is no list of costs is refused as a whole', () => {
	expect(checkCosts('  ', facts)).toEqual({ problem: 'empty' });
	expect(checkCosts('a;b\n1;2', facts)).toEqual({ problem: 'head' });
	expect(checkCosts(`${HEAD}\n`, facts)).toEqual({ problem: 'empty' });
	expect(check(...Array.from({ length: MOST_COST_LINES + 1 }, () => 'fair,,2026-03,EUR,1'))).toBe('too-many');
	expect(textOfCosts(new Uint8Array(600_000))).toBeNull();
});

test('a list from a Chinese Excel is read, with its own heads and semicolons', () => {
	const found = checkCosts('\u{FEFF}渠道;月份;币种;金额\n展会;2026-06;CNY;5000', facts);
	expect('lines' in found && found.lines[0]?.cost).toEqual({
		channel: 'fair',
		campaign: '',
		month: '2026-06',
		currency: 'CNY',
		amountCents: 500_000,
	});
});
