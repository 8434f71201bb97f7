import fc from 'fast-check';
import { describe, expect, test } from 'vitest';

import { DAY_MS, HOUR_MS, MINUTE_MS } from '#kernel/clock.ts';

import { type Asked, judge, type Past, type Standing } from './fatigue.ts';
import { DEFAULT_SETTINGS, type MessageSettings } from './settings.ts';

const NOW = new Date('2026-03-04T10:00:00Z');
const ago = (milliseconds: number) => new Date(NOW.getTime() - milliseconds);
const later = (milliseconds: number) => new Date(NOW.getTime() + milliseconds);
const mailing: Asked = { class: 'mailing', channel: 'mail', latestAt: null };
const free: Standing = { past: [], ahead: [], zone: 'Europe/Berlin' };
const sent = (...times: Date[]): Past[] => times.map((at) => ({ class: 'mailing', at }));
const at = (place: string, over: Partial<Asked> = {}, standing: Partial<Standing> = {}) =>
	judge({ ...mailing, ...over }, { ...free, ...standing }, DEFAULT_SETTINGS, new Date(place));

describe('the rule of one message', () => {
	test.each<[string, Partial<Asked>, Partial<Standing>, ReturnType<typeof judge>]>([
		['nothing in the way', {}, {}, { verdict: 'send' }],
		['a day cap', {}, { past: sent(ago(5 * HOUR_MS)) }, { verdict: 'defer', until: later(21 * HOUR_MS), reason: 'cap-day' }],
		['answers pass every cap', { class: 'transactional' }, { past: sent(ago(0), ago(0), ago(0)) }, { verdict: 'send' }],
		['reminders have caps of their own', { class: 'reminder' }, { past: sent(ago(5 * MINUTE_MS)) }, { verdict: 'send' }],
		[
			'a reminder just before holds up a mailing for the gap',
			{},
			{ past: [{ class: 'reminder', at: ago(HOUR_MS) }] },
			{ verdict: 'defer', until: later(3 * HOUR_MS), reason: 'gap' },
		],
		['an answer just before holds up nothing', {}, { past: [{ class: 'transactional', at: ago(0) }] }, { verdict: 'send' }],
		['behind another that is due', {}, { ahead: [{ class: 'nurture' }] }, { verdict: 'defer', until: later(DAY_MS), reason: 'priority' }],
		[
			'behind another, until its latest useful time',
			{ latestAt: later(HOUR_MS) },
			{ ahead: [{ class: 'nurture' }] },
			{ verdict: 'defer', until: later(HOUR_MS), reason: 'priority' },
		],
		['too late', { latestAt: ago(1) }, {}, { verdict: 'drop', reason: 'too-late' }],
		['no place before it is too late', { latestAt: later(HOUR_MS) }, { past: sent(ago(HOUR_MS)) }, { verdict: 'drop', reason: 'cap-day' }],
	])('%s', (_name, asked, standing, verdict) => {
		expect(judge({ ...mailing, ...asked }, { ...free, ...standing }, DEFAULT_SETTINGS, NOW)).toEqual(verdict);
	});

	test('week and month caps wait for the oldest that counts to fall out', () => {
		const week = sent(ago(2 * DAY_MS), ago(3 * DAY_MS), ago(5 * DAY_MS));
		expect(judge(mailing, { ...free, past: week }, DEFAULT_SETTINGS, NOW)).toEqual({
			verdict: 'defer',
			until: later(2 * DAY_MS),
			reason: 'cap-week',
		});
		const month = sent(...Array.from({ length: 8 }, (_, index) => ago((8 + index) * DAY_MS)));
		expect(judge(mailing, { ...free, past: month }, DEFAULT_SETTINGS, NOW)).toEqual({
			verdict: 'defer',
			until: later(15 * DAY_MS),
			reason: 'cap-month',
		});
	});

	test('golden: quiet hours are those of the person, and of the channel', () => {
		expect(at('2026-03-04T21:00:00Z', {}, { zone: 'Asia/Shanghai' })).toEqual({
			...{ verdict: 'defer', reason: 'quiet-hours', until: new Date('2026-03-05T00:00:00Z') },
		});
		expect(at('2026-03-04T21:00:00Z', {}, { zone: 'America/Los_Angeles' })).toEqual({ verdict: 'send' });
		expect(at('2026-03-04T21:00:00Z', { class: 'reminder' })).toEqual({ verdict: 'send' });
		expect(at('2026-03-04T21:00:00Z', { class: 'reminder', channel: 'sms' })).toMatchObject({ verdict: 'defer', reason: 'quiet-hours' });
	});

	test('a cap of none switches messages of the kind off', () => {
		const none = { day: 0, week: 0, month: 0, gapMinutes: 0 };
		const settings: MessageSettings = { ...DEFAULT_SETTINGS, caps: { ...DEFAULT_SETTINGS.caps, sms: { reminder: none, promotion: none } } };
		expect(judge({ ...mailing, channel: 'sms' }, free, settings, NOW)).toEqual({ verdict: 'drop', reason: 'switched-off' });
		expect(judge({ ...mailing, channel: 'sms', class: 'transactional' }, free, settings, NOW)).toEqual({ verdict: 'send' });
	});
});

const cap = fc
	.record({
		day: fc.integer({ min: 1, max: 3 }),
		week: fc.integer({ min: 0, max: 4 }),
		month: fc.integer({ min: 0, max: 5 }),
		gapMinutes: fc.integer({ min: 0, max: 600 }),
	})
	.map(({ day, week, month, gapMinutes }) => ({ day, week: day + week, month: day + week + month, gapMinutes }));
const post = fc.record({
	class: fc.constantFrom('reminder', 'nurture', 'mailing', 'transactional' as const),
	dueMinutes: fc.integer({ min: 0, max: 45 * 24 * 60 }),
	usefulMinutes: fc.option(fc.integer({ min: 0, max: 10 * 24 * 60 })),
});

test('property: in whatever order messages come, no window ever holds more than its cap, and each comes to one end', () => {
	fc.assert(
		fc.property(cap, cap, fc.array(post, { maxLength: 40 }), fc.boolean(), (reminder, promotion, posts, weekends) => {
			const settings: MessageSettings = {
				...DEFAULT_SETTINGS,
				caps: { ...DEFAULT_SETTINGS.caps, mail: { reminder, promotion } },
				quiet: { from: '20:00', until: '08:00', weekends },
			};
			const past: Past[] = [];
			const ends: string[] = [];
			const waiting = posts.map((one) => ({
				asked: {
					class: one.class,
					channel: 'mail',
					latestAt: one.usefulMinutes === null ? null : later((one.dueMinutes + one.usefulMinutes) * MINUTE_MS),
				} as Asked,
				due: later(one.dueMinutes * MINUTE_MS),
			}));
			for (let turns = 0; waiting.length > 0 && turns < 5_000; turns++) {
				waiting.sort((a, b) => a.due.getTime() - b.due.getTime());
				const next = waiting.shift();
				if (!next) break;
				const ahead = waiting.filter(({ due, asked }) => due <= next.due && asked.class !== 'transactional').map(({ asked }) => asked);
				const verdict = judge(next.asked, { past, ahead: turns % 2 ? ahead : [], zone: 'Europe/Berlin' }, settings, next.due);
				if (verdict.verdict === 'defer') {
					expect(verdict.until.getTime()).toBeGreaterThan(next.due.getTime());
					waiting.push({ ...next, due: verdict.until });
				} else {
					ends.push(verdict.verdict);
					if (verdict.verdict === 'send') past.push({ class: next.asked.class, at: next.due });
				}
			}
			expect(ends).toHaveLength(posts.length);
			for (const [own, caps] of [
				[past.filter((one) => one.class === 'reminder'), reminder],
				[past.filter((one) => one.class === 'nurture' || one.class === 'mailing'), promotion],
			] as const)
				for (const { at: end } of own)
					for (const [length, most] of [
						[DAY_MS, caps.day],
						[7 * DAY_MS, caps.week],
						[30 * DAY_MS, caps.month],
					] as const)
						expect(own.filter(({ at: one }) => one <= end && one.getTime() > end.getTime() - length).length).toBeLessThanOrEqual(most);
		}),
		{ numRuns: 200 },
	);
});
