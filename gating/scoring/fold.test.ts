import fc from 'fast-check';
import { describe, expect, test } from 'vitest';

import { DAY_MS } from '#kernel/clock.ts';
import { type EventType, EVENT_TYPES } from '../event/catalog.ts';
import { type Attributes, NOTHING_KNOWN } from './attributes.ts';
import { DEFAULT_MODEL } from './default-model.ts';
import { foldScore, gradeOf } from './fold.ts';
import type { ScoredEvent } from './history.ts';
import { CAP_PERIODS, DECAY_KINDS, type EngagementRule, type ScoringModel } from './model.ts';
import type { Receipt } from './receipt.ts';

const now = new Date('2026-03-31T12:00:00Z');
const daysAgo = (days: number) => new Date(now.getTime() - days * DAY_MS);
let made = 0;
const event = (type: EventType, at: Date, over: Partial<ScoredEvent> = {}): ScoredEvent => ({
	id: `e${++made}`,
	type,
	version: 1,
	at,
	personId: 'p1',
	subject: 'white_papers:w1',
	props: {},
	...over,
});

/** Nobody objected, nothing is published, no colleagues. */
const NOBODY = { objectors: new Set<string>(), content: new Map(), colleagues: [] };

const rule = (over: Partial<EngagementRule>): EngagementRule => ({
	name: 'paper',
	version: 3,
	points: 1_000,
	event: 'download',
	subject: null,
	topic: null,
	stageRole: null,
	path: null,
	atLeast: null,
	cap: null,
	capPer: 'ever',
	decay: null,
	...over,
});
const model = (engagement: readonly EngagementRule[], over: Partial<ScoringModel> = {}): ScoringModel => ({
	...DEFAULT_MODEL,
	fit: [],
	situations: [],
	engagement,
	...over,
});
const fold = (engagement: readonly EngagementRule[], events: readonly ScoredEvent[], over: Partial<Parameters<typeof foldScore>[0]> = {}): Receipt =>
	foldScore({
		events,
		attributes: NOTHING_KNOWN,
		live: { version: 7, model: model(engagement) },
		now,
		timeZone: 'Europe/Zurich',
		...NOBODY,
		...over,
	});

describe('engagement', () => {
	test('a line tells what happened, when, by which version of which rule', () => {
		const receipt = fold([rule({ decay: { kind: 'half-life', days: 10 } })], [event('download', daysAgo(10), { id: 'd1' })]);
		expect(receipt).toMatchObject({ modelVersion: 7, total: 500, hasDecay: true });
		expect(receipt.engagement.lines).toEqual([
			{
				rule: 'paper',
				version: 3,
				what: { code: 'download', params: { subject: 'white_papers:w1' } },
				at: daysAgo(10),
				points: 500,
				eventId: 'd1',
				full: 1_000,
				beforeCap: 500,
				isCapped: false,
				decay: { kind: 'half-life', days: 10 },
			},
		]);
	});

	test.each([
		['an event of another type does not count', rule({}), event('page.view', now), 0],
		['a rule may ask for a type of content', rule({ subject: 'products' }), event('download', now), 0],
		[
			'a rule may ask for a subject that is a word',
			rule({ event: 'form.submitted', subject: 'quote' }),
			event('form.submitted', now, { subject: 'quote' }),
			1_000,
		],
		['a type of content is matched whole', rule({ subject: 'white' }), event('download', now), 0],
		[
			'a rule may ask for an amount',
			rule({ event: 'webinar.attended', atLeast: { prop: 'minutes', value: 20 } }),
			event('webinar.attended', now, { props: { minutes: 19 } }),
			0,
		],
		[
			'the amount itself is enough',
			rule({ event: 'webinar.attended', atLeast: { prop: 'minutes', value: 20 } }),
			event('webinar.attended', now, { props: { minutes: 20 } }),
			1_000,
		],
		['without a half-life it never fades', rule({}), event('download', daysAgo(4_000)), 1_000],
		['points round to hundredths', rule({ points: 100, decay: { kind: 'half-life', days: 7 } }), event('download', daysAgo(1)), 91],
		['what rounds to nothing has no line', rule({ points: 100, decay: { kind: 'half-life', days: 1 } }), event('download', daysAgo(20)), 0],
		['a moment ahead counts as today', rule({ decay: { kind: 'half-life', days: 1 } }), event('download', daysAgo(-0.001)), 1_000],
		['negative rules take away', rule({ points: -300, decay: { kind: 'half-life', days: 1 } }), event('download', daysAgo(1)), -150],
	])('%s', (_rule, given, happened, points) => {
		expect(fold([given], [happened]).total).toBe(points);
	});

	test('decay counts days of the company, not hours', () => {
		const late = event('download', new Date('2026-03-30T21:59:00Z'));
		const rules = [rule({ points: 10_000, decay: { kind: 'half-life', days: 1 } })];
		expect(fold(rules, [late], { now: new Date('2026-03-30T21:59:59Z') }).total).toBe(10_000);
		expect(fold(rules, [late], { now: new Date('2026-03-30T22:00:00Z') }).total).toBe(5_000);
	});

	test('a cap keeps what counts most, cuts the line that passes it, and counts the rest', () => {
		const rules = [rule({ points: 1_000, cap: 1_600, decay: { kind: 'half-life', days: 10 } })];
		const receipt = fold(rules, [
			event('download', daysAgo(0)),
			event('download', daysAgo(10)),
			event('download', daysAgo(10)),
			event('download', daysAgo(20)),
		]);
		expect(receipt.engagement.lines.map(({ points, beforeCap, isCapped }) => [points, beforeCap, isCapped])).toEqual([
			[1_000, 1_000, false],
			[500, 500, false],
			[100, 500, true],
		]);
		expect(receipt.engagement.overCap).toEqual([{ rule: 'paper', events: 1 }]);
		expect(receipt.total).toBe(1_600);
	});

	test('attention of one person at one time counts once, that of two persons twice', () => {
		const rules = [rule({ event: 'content.attention', atLeast: { prop: 'seconds', value: 60 } })];
		const read = (personId: string, secondsAgo: number) =>
			event('content.attention', new Date(now.getTime() - secondsAgo * 1_000), { personId, props: { seconds: 60, depth: 50 } });
		expect(fold(rules, [read('p1', 10), read('p1', 0)]).total).toBe(1_000);
		expect(fold(rules, [read('p1', 10), read('p2', 0)]).total).toBe(2_000);
	});

	test('who objected to profiling is not scored by behaviour, and the receipt says so', () => {
		const receipt = fold([rule({})], [event('download', now), event('download', now, { personId: 'p2' })], { objectors: new Set(['p1']) });
		expect(receipt.engagement).toMatchObject({ total: 1_000, hasObjected: true });
	});
});

describe('fit and grade', () => {
	const engineer: Attributes = {
		...NOTHING_KNOWN,
		jobTitle: 'Senior design engineer',
		industry: 'packaging',
		mail: 'business',
		company: 'Bottling Ltd',
	};
	const fitOf = (attributes: Attributes) =>
		foldScore({ events: [], attributes, live: { version: 1, model: DEFAULT_MODEL }, now, timeZone: 'UTC', ...NOBODY });

	test('each attribute that counts has a line', () => {
		const receipt = fitOf(engineer);
		expect(receipt.fit.lines.map((line) => [line.rule, line.what.params['value'], line.points])).toEqual([
			['role-engineering', 'engineering', 1_500],
			['seniority-senior', 'senior', 500],
			['industry-served', 'packaging', 1_500],
			['mail-business', 'business', 1_000],
			['company-known', 'known', 500],
		]);
		expect(receipt).toMatchObject({ grade: 'A4', total: 5_000, hasDecay: false });
	});

	test('unknown attributes count for nothing', () => expect(fitOf(NOTHING_KNOWN)).toMatchObject({ grade: 'D4', total: 0 }));
	test('a student with a disposable mail scores below nothing', () =>
		expect(fitOf({ ...NOTHING_KNOWN, jobTitle: '研究生', mail: 'disposable' }).total).toBe(-7_000));

	test.each([
		[4_000, 5_000, 'A1'],
		[3_999, 4_999, 'B2'],
		[2_500, 2_500, 'B2'],
		[1_000, 800, 'C3'],
		[999, 799, 'D4'],
		[-500, 0, 'D4'],
	])('fit %i and engagement %i are %s', (fit, engagement, grade) => expect(gradeOf(DEFAULT_MODEL, fit, engagement)).toBe(grade));
});

describe('over random histories, models and times', () => {
	const engagementRule = fc.record({
		points: fc.integer({ min: -2_000, max: 2_000 }),
		event: fc.constantFrom(...EVENT_TYPES),
		subject: fc.constantFrom(null, 'white_papers', 'products'),
		atLeast: fc.constantFrom(null, { prop: 'seconds' as const, value: 30 }),
		cap: fc.option(fc.integer({ min: 1, max: 5_000 }), { nil: null }),
		capPer: fc.constantFrom(...CAP_PERIODS),
		topic: fc.constantFrom(null, null, 'emc'),
		stageRole: fc.constantFrom(null, null, 'decision' as const),
		path: fc.constantFrom(null, null, '/p/careers'),
		decay: fc.option(fc.record({ kind: fc.constantFrom(...DECAY_KINDS), days: fc.integer({ min: 1, max: 400 }) }), { nil: null }),
	});
	const anyModel = fc
		.array(engagementRule, { maxLength: 12 })
		.map((rules): ScoringModel => ({ ...DEFAULT_MODEL, engagement: rules.map((some, index) => ({ ...some, name: `rule-${index}`, version: 1 })) }));
	const anyEvent = fc.record({
		id: fc.nat(40).map(String),
		type: fc.constantFrom(...EVENT_TYPES),
		subject: fc.constantFrom('white_papers:a', 'products:b'),
		seconds: fc.nat(400),
		daysAgo: fc.nat(500),
		personId: fc.constantFrom('p1', 'p2'),
	});
	// Two arrivals of one id are one event: the same content each time.
	const anyHistory = fc.array(anyEvent, { maxLength: 60 }).map((some) => {
		const events = some.map((one): ScoredEvent => ({
			id: one.id,
			type: one.type,
			version: 1,
			at: daysAgo(one.daysAgo),
			personId: one.personId,
			subject: one.subject,
			props: { seconds: one.seconds },
		}));
		const first = new Map(events.toReversed().map((one) => [one.id, one]));
		return events.map(({ id }) => first.get(id)!);
	});
	const attributes: Attributes = { ...NOTHING_KNOWN, jobTitle: '设备主管', mail: 'free' };
	const score = (events: readonly ScoredEvent[], some: ScoringModel, later: number) =>
		foldScore({ events, attributes, live: { version: 1, model: some }, now: daysAgo(-later), timeZone: 'Asia/Shanghai', ...NOBODY });

	test('golden (g): the lines add up to the score, in whole hundredths', () => {
		fc.assert(
			fc.property(anyHistory, anyModel, fc.nat(800), (events, some, later) => {
				const { total, fit, engagement } = score(events, some, later);
				const sum = [...fit.lines, ...engagement.lines].reduce((points, line) => points + line.points, 0);
				return (
					Number.isInteger(total) &&
					sum === total &&
					fit.total + engagement.total === total &&
					engagement.lines.every(({ points }) => points !== 0 && Number.isInteger(points))
				);
			}),
		);
	});

	test('order and duplicates do not matter', () => {
		fc.assert(
			fc.property(anyHistory, anyModel, fc.nat(800), (events, some, later) => {
				const distinct = [...new Map(events.map((one) => [one.id, one])).values()];
				expect(score(events.toReversed(), some, later)).toEqual(score(distinct, some, later));
			}),
		);
	});

	test('no rule counts for more than its cap', () => {
		fc.assert(
			fc.property(anyHistory, anyModel, (events, some) => {
				const { engagement } = score(events, some, 0);
				return some.engagement.every(
					({ name, cap }) =>
						cap === null || Math.abs(engagement.lines.filter((line) => line.rule === name).reduce((sum, line) => sum + line.points, 0)) <= cap,
				);
			}),
		);
	});
});
