import fc from 'fast-check';
import { describe, expect, test } from 'vitest';

import { armOf, decideStep, type StepFacts, waitUntil } from './decide.ts';
import type { JourneyDefinition, WaitStep } from './definition.ts';
import { EVERYBODY } from '../tag/condition.ts';

const NOW = new Date('2026-03-06T16:30:00Z'); // a Friday, 17:30 in Zurich
const FACTS: StepFacts = { timeZone: 'Europe/Zurich', holds: () => false, isIn: () => false, outcome: null, happened: () => false };
const time = (over: Partial<WaitStep> = {}): WaitStep => ({
	...{
		id: 'w',
		next: '',
		kind: 'wait',
		mode: 'time',
		span: { amount: 1, unit: 'days' },
		days: 0,
		time: '09:00',
		workdays: false,
		types: [],
		about: '',
	},
	...{ late: '', ...over },
});
const journey = (...steps: JourneyDefinition['steps']): JourneyDefinition => ({
	...{ name: 'x', trigger: { kind: 'form', forms: [] }, audience: EVERYBODY, reentry: { kind: 'once', days: 0 }, goal: EVERYBODY, exit: EVERYBODY },
	...{ steps, agreedToEverybody: false },
});

describe('waiting until a time of their day', () => {
	test.each([
		['the next morning', time(), 'Europe/Zurich', '2026-03-07T08:00:00Z'],
		['the same day, where it has not struck', time({ time: '18:00' }), 'Europe/Zurich', '2026-03-06T17:00:00Z'],
		['their own morning', time(), 'Asia/Shanghai', '2026-03-07T01:00:00Z'],
		['Monday, where weekends are passed over', time({ workdays: true }), 'Europe/Zurich', '2026-03-09T08:00:00Z'],
		['after so many days', time({ days: 3 }), 'Europe/Zurich', '2026-03-09T08:00:00Z'],
		['over the change to summer time', time({ days: 24 }), 'Europe/Zurich', '2026-03-30T07:00:00Z'],
	])('%s', (_name, step, zone, expected) => {
		expect(waitUntil(step, NOW, zone).toISOString()).toBe(new Date(expected).toISOString());
	});
});

describe('deciding', () => {
	const here = { enrolmentId: 'e1', step: 'w', since: NOW, until: null };

	test('a wait stays to its end and then goes on, whenever it is looked at', () => {
		fc.assert(
			fc.property(fc.integer({ min: 0, max: 200 }), (hours) => {
				const at = new Date(NOW.getTime() + hours * 3_600_000);
				const decision = decideStep(
					journey(time({ mode: 'for', span: { amount: 100, unit: 'hours' } }), { id: 'e', next: '', kind: 'end' }),
					here,
					FACTS,
					at,
				);
				expect(decision.kind).toBe(hours < 100 ? 'stay' : 'go');
				if (decision.kind === 'stay') expect(decision.until.getTime()).toBe(NOW.getTime() + 100 * 3_600_000);
			}),
		);
	});

	test('an event that came counts also when its time is over by then', () => {
		const wait = time({ mode: 'event', types: ['download'], late: 'e', next: 'f' });
		const definition = journey(wait, { id: 'e', next: '', kind: 'end' }, { id: 'f', next: '', kind: 'end' });
		const late = new Date(NOW.getTime() + 48 * 3_600_000);
		expect(decideStep(definition, here, { ...FACTS, happened: () => true }, late)).toMatchObject({ kind: 'go', to: 'f', because: 'came' });
		expect(decideStep(definition, here, FACTS, late)).toMatchObject({ kind: 'go', to: 'e', because: 'late' });
	});

	test('goal and exit go before any step; a step that is gone is left', () => {
		const goal = { match: 'all', groups: [{ match: 'all', conditions: [] }] } as const;
		const definition = journey(time());
		expect(decideStep({ ...definition, goal }, here, { ...FACTS, holds: () => true }, NOW)).toEqual({ kind: 'leave', reason: 'goal' });
		expect(decideStep({ ...definition, exit: goal }, here, { ...FACTS, holds: () => true }, NOW)).toEqual({ kind: 'leave', reason: 'exit' });
		expect(decideStep(definition, { ...here, step: 'x' }, FACTS, NOW)).toEqual({ kind: 'leave', reason: 'gone' });
	});
});

test('a split sends the same person the same way, in the proportions asked for', () => {
	const arms = [{ weight: 1 }, { weight: 3 }];
	const ways = Array.from({ length: 4_000 }, (_none, n) => armOf(arms, `unit-${n}`));
	const second = ways.filter((arm) => arm === 1).length / ways.length;
	expect(second).toBeGreaterThan(0.72);
	expect(second).toBeLessThan(0.78);
	expect(armOf(arms, 'unit-7')).toBe(ways[7]);
});
