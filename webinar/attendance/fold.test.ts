import fc from 'fast-check';
import { describe, expect, test } from 'vitest';

import { attendedSeconds, extend, LONGEST_GAP_MS, mergeSession, type SessionSignal, type Stay } from './fold.ts';

const START = Date.UTC(2026, 2, 1, 9);
const at = (seconds: number): Date => new Date(START + seconds * 1_000);
const span = { startsAt: at(0), endsAt: at(2_700) };
const stay = (from: number, to: number, endedAt: number | null = null): Stay => ({
	startedAt: at(from),
	lastSeenAt: at(to),
	endedAt: endedAt === null ? null : at(endedAt),
});

describe('seconds attended', () => {
	test.each<[string, Stay[], number]>([
		['nobody came', [], 0],
		['one stay', [stay(60, 360)], 300],
		['two stays apart', [stay(0, 100), stay(200, 300)], 200],
		['two devices at once count once', [stay(0, 100), stay(50, 150)], 150],
		['one stay inside another', [stay(0, 300), stay(50, 100)], 300],
		['before the start nothing counts', [stay(-600, 100)], 100],
		['after the end nothing counts', [stay(2_600, 4_000)], 100],
		['all before', [stay(-900, -10)], 0],
		['a leave ends the stay', [stay(0, 100, 90)], 90],
		['touching stays count whole', [stay(0, 100), stay(100, 200)], 200],
	])('%s', (_name, stays, seconds) => {
		expect(attendedSeconds(stays, span)).toBe(seconds);
	});

	const stays = fc.array(
		fc
			.record({ from: fc.integer({ min: -900, max: 3_600 }), length: fc.integer({ min: 0, max: 1_800 }) })
			.map(({ from, length }) => stay(from, from + length)),
		{ maxLength: 12 },
	);

	test('equals counting second by second', () => {
		fc.assert(
			fc.property(stays, (list) => {
				let counted = 0;
				for (let second = 0; second < 2_700; second++) {
					if (list.some(({ startedAt, lastSeenAt }) => startedAt <= at(second) && at(second + 1) <= lastSeenAt)) counted++;
				}
				expect(attendedSeconds(list, span)).toBe(counted);
			}),
			{ numRuns: 100 },
		);
	});

	test('does not depend on order or repetition, and never passes the wall clock', () => {
		fc.assert(
			fc.property(stays, fc.infiniteStream(fc.double({ min: 0, max: 1, noNaN: true })), (list, random) => {
				const shuffled = [...list, ...list]
					.map((one) => ({ one, key: random.next().value as number }))
					.sort((a, b) => a.key - b.key)
					.map(({ one }) => one);
				expect(attendedSeconds(shuffled, span)).toBe(attendedSeconds(list, span));
				expect(attendedSeconds(list, span)).toBeLessThanOrEqual(2_700);
			}),
		);
	});
});

describe('beats extend a stay', () => {
	test.each<[string, Stay, number, Stay | null]>([
		['a beat after 5 s', stay(0, 10), 15, stay(0, 15)],
		['one beat was lost', stay(0, 10), 20, stay(0, 20)],
		['after a longer silence a new stay begins', stay(0, 10), 10 + LONGEST_GAP_MS / 1_000 + 1, null],
		['who left comes back as a new stay', stay(0, 10, 10), 15, null],
		['a beat that comes late changes nothing', stay(0, 10), 5, stay(0, 10)],
	])('%s', (_name, before, seconds, after) => {
		expect(extend(before, { kind: 'seen', at: at(seconds) })).toEqual(after);
	});

	test('leaving closes it at that moment', () => {
		expect(extend(stay(0, 10), { kind: 'left', at: at(13) })).toEqual(stay(0, 13, 13));
	});

	test('however many beats are sent, they prove no more than the time that passed', () => {
		fc.assert(
			fc.property(fc.array(fc.integer({ min: 0, max: 4_000 }), { minLength: 1, maxLength: 200 }), (gaps) => {
				let milliseconds = 0;
				let open = stay(0, 0);
				const all: Stay[] = [];
				for (const gap of gaps) {
					milliseconds += gap;
					const clock = milliseconds / 1_000;
					const next = extend(open, { kind: 'seen', at: at(clock) });
					if (!next) all.push(open);
					open = next ?? stay(clock, clock);
				}
				expect(attendedSeconds([...all, open], { startsAt: at(0), endsAt: at(1e6) })).toBeLessThanOrEqual(milliseconds / 1_000);
			}),
		);
	});
});

describe('sessions of a media room', () => {
	const session = fc
		.record({
			join: fc.integer({ min: 0, max: 1_000 }),
			seen: fc.array(fc.integer({ min: 1, max: 900 }), { maxLength: 5 }),
			stays: fc.integer({ min: 1, max: 900 }),
		})
		.map(({ join, seen, stays }): readonly SessionSignal[] => [
			{ kind: 'joined', at: at(join), joinedAt: at(join) },
			...seen.filter((after) => after < stays).map((after) => ({ kind: 'seen' as const, at: at(join + after), joinedAt: at(join) })),
			{ kind: 'left', at: at(join + stays), joinedAt: at(join) },
		]);
	const fold = (signals: readonly SessionSignal[]): Stay | null => signals.reduce<Stay | null>((known, signal) => mergeSession(known, signal), null);

	test('shuffled and doubled signals make the same session', () => {
		fc.assert(
			fc.property(
				session.chain((signals) => fc.tuple(fc.constant(signals), fc.shuffledSubarray([...signals, ...signals], { minLength: signals.length * 2 }))),
				([signals, shuffled]) => {
					expect(fold(shuffled)).toEqual(fold(signals));
				},
			),
		);
	});

	test('a lone "left" is enough', () => {
		fc.assert(
			fc.property(session, (signals) => {
				expect(attendedSeconds([fold(signals.slice(-1))!], span)).toBe(attendedSeconds([fold(signals)!], span));
			}),
		);
	});

	test('a lost "left" counts to when they were last seen, never further', () => {
		fc.assert(
			fc.property(session, (signals) => {
				expect(attendedSeconds([fold(signals.slice(0, -1))!], span)).toBeLessThanOrEqual(attendedSeconds([fold(signals)!], span));
			}),
		);
	});

	test('golden (i): "left" before "joined" still gives the right minutes', () => {
		const signals: SessionSignal[] = [
			{ kind: 'left', at: at(300), joinedAt: at(0) },
			{ kind: 'joined', at: at(0), joinedAt: at(0) },
		];
		expect(attendedSeconds([fold(signals)!], span)).toBe(300);
	});
});
