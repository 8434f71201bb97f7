import { expect, test } from 'vitest';

import { creditText, moneyText, perText, returnText, sumMoney } from './attribution.ts';

const euros = [{ currency: 'EUR', amountCents: 120_000 }];
const both = [...euros, { currency: 'CNY', amountCents: 50_000 }];

test('currencies stand beside each other and are never added up', () => {
	expect(moneyText(both, 'en')).toBe('€1,200 + CN¥500');
	expect(sumMoney([both, euros])).toEqual([
		{ currency: 'EUR', amountCents: 240_000 },
		{ currency: 'CNY', amountCents: 50_000 },
	]);
});

test('a return is told for currencies that have both cost and revenue, and for no other', () => {
	expect(returnText({ EUR: 300_000 }, euros, 'en')).toBe('+150%');
	expect(returnText({ CNY: 300_000 }, euros, 'en')).toBeNull();
	expect(returnText({ EUR: 60_000, CNY: 50_000 }, both, 'en')).toBe('EUR -50%, CNY 0%');
	expect(returnText({ EUR: 5 }, [], 'en')).toBeNull();
});

test('nothing is divided by nothing', () => {
	expect(perText(euros, 0, 'en')).toBeNull();
	expect(perText([], 3, 'en')).toBeNull();
	expect(perText(euros, 16, 'en')).toBe('€75.00');
	expect(perText(euros, 4, 'en')).toBe('€300');
});

test('credits are told to the hundredth, and large ones whole', () =>
	expect([0, 4_000, 333_333, 12_500_000, 240_000_000].map((parts) => creditText(parts, 1_000_000, 'en'))).toEqual([
		'0',
		'<0.01',
		'0.33',
		'12.5',
		'240',
	]));
