import { expect, test } from 'vitest';

import { STAGES } from '../lifecycle/stage.ts';
import { type DealInput, stepsTo, wrongInDeal } from './deal.ts';

test.each([
	['sql', 'opportunity', ['opportunity']],
	['opportunity', 'opportunity', []],
	['customer', 'opportunity', ['opportunity']],
	['sql', 'won', ['opportunity', 'won']],
	['opportunity', 'won', ['won']],
	['customer', 'won', []],
	['sql', 'lost', ['lost']],
	['opportunity', 'lost', ['lost']],
	['customer', 'lost', []],
] as const)('a CRM brings a lead from %s to %s by %j', (from, to, steps) => expect(stepsTo(from, to, false)).toEqual(steps));

test('no CRM makes an SQL: before sales accepts a lead nothing leads on', () => {
	for (const from of STAGES.slice(0, STAGES.indexOf('sql')))
		for (const to of ['opportunity', 'won', 'lost'] as const) expect(stepsTo(from, to, false), `${from} to ${to}`).toBeNull();
});

test('a lead that was lost is lost: telling it again changes nothing', () => expect(stepsTo('mql', 'lost', true)).toEqual([]));

const good: DealInput = { state: 'won', reason: '', amount: 1_250, currency: 'EUR', closedOn: '2026-11-30' };

test.each<[string, Partial<DealInput>, string | null]>([
	['as it should be', {}, null],
	['without a value', { amount: null, currency: '' }, null],
	['with a broken amount', { amount: 12.5 }, 'amount'],
	['below zero', { amount: -1 }, 'amount'],
	['without a currency', { currency: '' }, 'currency'],
	['with a currency nobody has', { currency: 'EUX' }, 'currency'],
	['with a currency of nothing', { amount: null }, 'currency'],
	['with a day that is none', { closedOn: '2026-02-30' }, 'closedOn'],
	['open and closed at once', { state: 'open' }, 'closedOn'],
	['lost without a reason', { state: 'lost' }, 'reason'],
	['lost for a reason nobody knows', { state: 'lost', reason: 'rain' }, 'reason'],
	['won for a reason', { reason: 'price' }, 'reason'],
])('a deal %s', (_name, over, field) => expect(wrongInDeal({ ...good, ...over }).map((one) => one.field)).toEqual(field === null ? [] : [field]));
