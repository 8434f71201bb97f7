import { describe, expect, test } from 'vitest';

import { textsFor } from '#kernel/texts/index.ts';

import { checkJourney, type Known, takesEverybody } from './check.ts';
import type { JourneyDefinition, Step } from './definition.ts';
import { SHIPPED, shippedJourney } from './shipped.ts';

const KNOWN: Known = {
	segments: new Set(['s1']),
	templates: new Set([
		'welcome-topic',
		'digest',
		'returned',
		'silent-90',
		'customer-interest',
		'webinar-attended',
		'webinar-left-early',
		'webinar-no-show',
	]),
	tags: new Set(['key-account']),
	forms: new Set(['paper-default']),
	webinars: new Set(['w1']),
};
const words = (key: (typeof SHIPPED)[number], locale: 'en' | 'zh-CN') => {
	const { shipped, shippedTasks } = textsFor(locale).journey;
	return { name: shipped[key], task: shippedTasks.returned };
};
const base = shippedJourney('new-lead', words('new-lead', 'en'));
const withSteps = (...steps: Step[]): JourneyDefinition => ({ ...base, steps });
const end = (id = 'e'): Step => ({ id, next: '', kind: 'end' });
const wait = (id: string, next = '', amount = 1): Step => ({
	...{ id, next, kind: 'wait', mode: 'for', span: { amount, unit: 'hours' }, days: 0, time: '', workdays: false, types: [], about: '', late: '' },
});
const codes = (definition: JourneyDefinition) => checkJourney(definition, KNOWN).map(({ field, code }) => `${field}: ${code}`);

describe('ready-made journeys', () => {
	test.each(SHIPPED)('%s may be published as it is, in both languages, and takes in not everybody', (key) => {
		for (const locale of ['en', 'zh-CN'] as const) expect(codes(shippedJourney(key, words(key, locale)))).toEqual([]);
		expect(takesEverybody(shippedJourney(key, words(key, 'en')), () => null)).toBe(false);
	});
});

describe('what is refused, with its place', () => {
	test.each<[string, JourneyDefinition, string[]]>([
		['a loop', withSteps(wait('a'), wait('b', 'a'), end()), ['steps.b: loop', 'steps.e: unreachable']],
		['a loop of one', withSteps(wait('a', 'a'), end()), ['steps.a: loop', 'steps.e: unreachable']],
		['an empty wait', withSteps(wait('a', '', 0), end()), ['steps.a: empty-wait']],
		['an unknown step', withSteps(wait('a', 'x'), end()), ['steps.a: unknown-step', 'steps.e: unreachable']],
		['no end', withSteps(wait('a')), ['steps.a: no-end']],
		['nobody comes there', withSteps(wait('a', 'e'), wait('b'), end()), ['steps.b: unreachable']],
		['no steps', withSteps(), ['steps: no-steps']],
		['one id twice', withSteps(wait('a'), end('a')), ['steps: same-id']],
		[
			'an unknown template',
			withSteps({ id: 'm', next: '', kind: 'message', template: 'gone', channel: 'mail', latestHours: 24 }, end()),
			['steps.m: unknown-template'],
		],
		['an unknown tag', withSteps({ id: 't', next: '', kind: 'tag', tag: 'gone', act: 'put' }, end()), ['steps.t: unknown-tag']],
		[
			'an unknown segment in a branch',
			withSteps({ id: 'b', next: '', kind: 'branch', test: 'segment', segmentId: 'gone', conditions: base.audience, outcomes: [], yes: '' }, end()),
			['steps.b: unknown-segment'],
		],
		[
			'an unknown field in a condition',
			{
				...base,
				goal: {
					match: 'all',
					groups: [{ match: 'all', conditions: [{ field: 'shoe-size' as never, isNot: false, values: ['9'], about: '', least: 0, days: 0 }] }],
				},
			},
			['goal: conditions'],
		],
		[
			'an outcome where there is no webinar',
			withSteps(
				{ id: 'b', next: '', kind: 'branch', test: 'outcome', segmentId: '', conditions: base.audience, outcomes: ['stayed'], yes: '' },
				end(),
			),
			['steps.b: no-outcome'],
		],
		[
			'an unknown segment at the start',
			{ ...base, trigger: { kind: 'segment', segmentId: 'gone', takesPresent: false } },
			['trigger: unknown-segment'],
		],
		['an unknown event', { ...base, trigger: { kind: 'event', types: ['page.stare'], about: '' } }, ['trigger: unknown-event']],
		['no name', { ...base, name: ' ' }, ['name: required']],
	])('%s', (_name, definition, expected) => {
		expect(codes(definition)).toEqual(expected);
	});

	test('a segment of everybody, and a day for all, are asked about', () => {
		const segment = { ...base, trigger: { kind: 'segment', segmentId: 's1', takesPresent: true } } as const;
		expect(takesEverybody(segment, () => ({ match: 'all', groups: [] }))).toBe(true);
		expect(takesEverybody({ ...segment, audience: base.exit }, () => ({ match: 'all', groups: [] }))).toBe(false);
		expect(takesEverybody({ ...base, trigger: { kind: 'date', of: 'day', days: 0, day: '2026-04-01' } }, () => null)).toBe(true);
	});
});
