import fc from 'fast-check';
import { describe, expect, test } from 'vitest';

import {
	attendedSeconds,
	extend,
	LONGEST_CLAIM_MS,
	LONGEST_GAP_MS,
	mergeSession,
	presence,
	type SessionSignal,
	type Signal,
	type SourcedStay,
	startOf,
	type Stay,
} from './fold.ts';

const START = Date.UTC(2026, 2, 1, 9);
const at = (seconds: number): Date => new Date(START + seconds * 1_000);
const span = { startsAt: at(0), endsAt: at(2_700) };
const stay = (from: number, to: number, endedAt: number | null = null): SourcedStay => ({
	source: 'beat',
	startedAt: at(from),
	lastSeenAt: at(to),
	endedAt: endedAt === null ? null : at(endedAt),
});
const session = (...args: Parameters<typeof stay>): SourcedStay => ({ ...stay(...args), source: 'livekit' });
const seen = (seconds: number, said: Partial<Signal> = {}): Signal => ({ kind: 'seen', at: at(seconds), inSightMs: null, awayMs: null, ...said });

describe('seconds attended', () => {
	test.each<[string, SourcedStay[], number]>([
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

describe('who was there', () => {
	test('first and last, stretches and devices', () => {
		expect(presence([stay(200, 300), stay(60, 100), stay(105, 150), stay(250, 400), stay(2_600, 3_000)], span)).toEqual({
			...{ seconds: 385, firstJoinedAt: at(60), lastLeftAt: at(2_700), stays: 3, devices: 2 },
		});
		expect(presence([], span)).toEqual({ seconds: 0, firstJoinedAt: null, lastLeftAt: null, stays: 0, devices: 0 });
	});

	test('where a page spoke, the media server’s word is left aside; where none did, it counts', () => {
		expect(attendedSeconds([stay(0, 100, 100), session(0, 140, 140)], span)).toBe(100);
		expect(attendedSeconds([stay(0, 100, 100), session(500, 600, 600)], span)).toBe(200);
		expect(attendedSeconds([session(500, 600)], span)).toBe(115);
	});
});

describe('beats extend a stay', () => {
	test.each<[string, Stay, Signal, Stay, boolean]>([
		['a beat after 5 s', stay(0, 10), seen(15), stay(0, 15), true],
		['one beat was lost', stay(0, 10), seen(20), stay(0, 20), true],
		['after a longer silence a new stay begins', stay(0, 10), seen(10 + LONGEST_GAP_MS / 1_000 + 1), stay(0, 10), false],
		['a silence that the page accounts for is none', stay(0, 10), seen(100, { inSightMs: 100_000 }), stay(0, 100), true],
		['a short silence that it does not account for is one', stay(0, 10), seen(18, { inSightMs: 2_000 }), stay(0, 10), false],
		['nobody accounts for more than five minutes', stay(0, 10), seen(320, { inSightMs: 400_000 }), stay(0, 10), false],
		['who left comes back as a new stay', stay(0, 10, 10), seen(15), stay(0, 10, 10), false],
		['a beat that comes late changes nothing', stay(0, 10), seen(5), stay(0, 10), true],
		['leaving closes it at that moment', stay(0, 10), seen(13, { kind: 'left' }), stay(0, 13, 13), false],
		['who slept says until when they were there', stay(0, 10), seen(600, { inSightMs: 0, awayMs: 588_000 }), stay(0, 12, 12), false],
		['never before they were last seen', stay(0, 10), seen(20, { awayMs: 19_000 }), stay(0, 10, 10), false],
		['never long after', stay(0, 10), seen(900, { awayMs: 0 }), stay(0, 10 + LONGEST_CLAIM_MS / 1_000, 10 + LONGEST_CLAIM_MS / 1_000), false],
	])('%s', (_name, before, signal, after, goesOn) => {
		expect(extend(before, signal)).toEqual({ stay: after, goesOn });
	});

	test.each<[string, Signal, Stay | null, number]>([
		['a page that says nothing', seen(100), null, 100],
		['whose first beat was lost', seen(100, { inSightMs: 5_000 }), null, 95],
		['nobody says how long they were there before they were heard', seen(100, { inSightMs: 90_000 }), null, 89],
		['after an earlier stay they may', seen(400, { inSightMs: 90_000 }), stay(0, 200), 310],
		['not before they were first heard', seen(400, { inSightMs: 290_000 }), stay(150, 160), 150],
	])('a stay begins: %s', (_name, signal, before, seconds) => {
		expect(startOf(signal, before)).toEqual(at(seconds));
	});

	test('whatever is sent, it proves no more than the time that passed since the first beat, and what one lost beat explains', () => {
		const word = fc.option(fc.integer({ min: 0, max: 900_000 }), { nil: null });
		const step = fc.record({
			gap: fc.integer({ min: 0, max: 400_000 }),
			inSightMs: word,
			awayMs: word,
			kind: fc.constantFrom('seen' as const, 'left' as const),
		});
		fc.assert(
			fc.property(fc.array(step, { minLength: 1, maxLength: 60 }), (steps) => {
				let milliseconds = 0;
				let open: SourcedStay = { ...stay(0, 0), startedAt: startOf(seen(0, { inSightMs: 900_000 }), null) };
				const all: SourcedStay[] = [];
				for (const { gap, ...said } of steps) {
					milliseconds += gap;
					const signal = seen(milliseconds / 1_000, said);
					const told = extend(open, signal);
					open = { source: 'beat', ...told.stay };
					if (told.goesOn || said.kind === 'left') continue;
					all.push(open);
					open = { source: 'beat', startedAt: startOf(signal, open), lastSeenAt: signal.at, endedAt: null };
				}
				const proved = attendedSeconds([...all, open], { startsAt: at(-3_600), endsAt: at(1e6) });
				expect(proved).toBeLessThanOrEqual((milliseconds + LONGEST_GAP_MS) / 1_000);
			}),
		);
	});
});

describe('sessions of a media room', () => {
	const told = fc
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
	const fold = (signals: readonly SessionSignal[]): SourcedStay => ({
		source: 'livekit',
		...signals.reduce<Stay | null>((known, signal) => mergeSession(known, signal), null)!,
	});

	test('shuffled and doubled signals make the same session', () => {
		fc.assert(
			fc.property(
				told.chain((signals) => fc.tuple(fc.constant(signals), fc.shuffledSubarray([...signals, ...signals], { minLength: signals.length * 2 }))),
				([signals, shuffled]) => {
					expect(fold(shuffled)).toEqual(fold(signals));
				},
			),
		);
	});

	test('a lone "left" is enough', () => {
		fc.assert(
			fc.property(told, (signals) => {
				expect(attendedSeconds([fold(signals.slice(-1))], span)).toBe(attendedSeconds([fold(signals)], span));
			}),
		);
	});

	test('a lost "left" counts to half a list after they were last seen, never further', () => {
		fc.assert(
			fc.property(told, (signals) => {
				expect(attendedSeconds([fold(signals.slice(0, -1))], span)).toBeLessThanOrEqual(attendedSeconds([fold(signals)], span) + 15);
			}),
		);
	});

	test('golden (i): "left" before "joined" still gives the right minutes', () => {
		const signals: SessionSignal[] = [
			{ kind: 'left', at: at(300), joinedAt: at(0) },
			{ kind: 'joined', at: at(0), joinedAt: at(0) },
		];
		expect(attendedSeconds([fold(signals)], span)).toBe(300);
	});
});
