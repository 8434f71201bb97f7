import { allOf, condition, EVERYBODY } from '../tag/condition.ts';
import type { JourneyDefinition, MessageStep, Outcome, Step, Trigger, WaitStep } from './definition.ts';

/** Journeys that come with the hub, in the order of a lead's life. None runs before somebody makes a draft of it and publishes that. */
export const SHIPPED = [
	'new-lead',
	'webinar-attended',
	'webinar-left-early',
	'webinar-no-show',
	'returned',
	'silent-90',
	'customer-interest',
] as const;
export type ShippedKey = (typeof SHIPPED)[number];

/** What is said to people: the name, and what staff are asked to do. */
export interface ShippedWords {
	readonly name: string;
	readonly task: string;
}

const NO_WAIT = { days: 0, time: '09:00', workdays: true, types: [], about: '', late: '', next: '' } as const;
const morning = (id: string, days: number): WaitStep => ({ ...NO_WAIT, id, kind: 'wait', mode: 'time', span: { amount: 1, unit: 'days' }, days });
const hours = (id: string, amount: number): WaitStep => ({ ...NO_WAIT, id, kind: 'wait', mode: 'for', span: { amount, unit: 'hours' } });
const until = (id: string, types: readonly string[], days: number, found: string, late: string): WaitStep => ({
	...{ ...NO_WAIT, id, kind: 'wait', mode: 'event', types, next: found, late },
	span: { amount: days, unit: 'days' },
});
const mail = (id: string, template: string): MessageStep => ({ id, next: '', kind: 'message', template, channel: 'mail', latestHours: 120 });
const task = (id: string, text: string): Step => ({ id, next: '', kind: 'task', text, days: 3 });
const END: Step = { id: 'end', next: '', kind: 'end' };
const ACTIVE = ['download', 'form.submitted', 'webinar.registered', 'offer.claimed'];

/** The draft of a ready-made journey. */
export function shippedJourney(key: ShippedKey, { name, task: words }: ShippedWords): JourneyDefinition {
	const base = { name, audience: EVERYBODY, goal: EVERYBODY, exit: EVERYBODY, agreedToEverybody: false };
	const inSales = allOf(condition('state', { values: ['sales'] }));
	switch (key) {
		case 'new-lead':
			return {
				...{ ...base, exit: inSales, trigger: { kind: 'form', forms: [] }, reentry: { kind: 'once', days: 0 } },
				steps: [morning('w1', 1), mail('m1', 'welcome-topic'), until('w2', ACTIVE, 10, 'end', 'm2'), mail('m2', 'digest'), END],
			};
		case 'webinar-attended':
			return afterWebinar(base, 'stayed', 'webinar-attended');
		case 'webinar-left-early':
			return afterWebinar(base, 'left-early', 'webinar-left-early');
		case 'webinar-no-show':
			return afterWebinar(base, 'no-show', 'webinar-no-show');
		case 'returned':
			return {
				...{ ...base, exit: inSales, reentry: { kind: 'after', days: 90 } },
				trigger: { kind: 'event', types: ACTIVE, about: '' },
				audience: allOf(condition('state', { values: ['nurture'] }), condition('known', { isNot: true, days: 60 })),
				steps: [morning('w1', 0), mail('m1', 'returned'), until('w2', ACTIVE, 14, 's1', 'end'), move('s1'), task('t1', words), END],
			};
		case 'silent-90':
			return {
				...{ ...base, trigger: { kind: 'date', of: 'silent', days: 90, day: '' }, reentry: { kind: 'after', days: 365 } },
				audience: allOf(condition('consent', { values: ['marketing.email'] }), condition('stage', { isNot: true, values: ['customer'] })),
				goal: allOf(condition('active', { days: 30 })),
				steps: [morning('w1', 0), mail('m1', 'silent-90'), until('w2', ACTIVE, 30, 'end', 'end'), END],
			};
		case 'customer-interest':
			return {
				...{ ...base, reentry: { kind: 'after', days: 90 } },
				trigger: { kind: 'event', types: ACTIVE, about: '' },
				audience: allOf(condition('account-status', { values: ['customer'] })),
				steps: [morning('w1', 1), mail('m1', 'customer-interest'), task('t1', words), END],
			};
	}
}

const move = (id: string): Step => ({ id, next: '', kind: 'stage', move: 'state:open' });

function afterWebinar(base: Omit<JourneyDefinition, 'trigger' | 'reentry' | 'steps'>, outcome: Outcome, template: string): JourneyDefinition {
	const trigger: Trigger = { kind: 'webinar', outcomes: [outcome], webinarId: '' };
	return { ...base, trigger, reentry: { kind: 'each', days: 0 }, steps: [hours('w1', 2), mail('m1', template), END] };
}
