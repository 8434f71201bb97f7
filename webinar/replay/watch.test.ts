import fc from 'fast-check';
import { describe, expect, test } from 'vitest';

import { type Played, type View, watchedOf, watchOn } from './watch.ts';

const at = (seconds: number): Date => new Date(Date.UTC(2026, 2, 1) + seconds * 1_000);
const fresh = (from = 0): View => ({ startedAt: at(from), lastSeenAt: at(from), watchedMs: 0, ranges: [] });
const play = (fromSeconds: number, toSeconds: number): Played => ({ fromSeconds, toSeconds });
/** Beats every 5 s, each with what was played. */
const watch = (list: readonly Played[], from = 0): View =>
	list.reduce((view, played, index) => watchOn(view, played, at(from + (index + 1) * 5)) ?? view, fresh(from));

describe('watching a recording', () => {
	test.each<[string, readonly Played[], number, number]>([
		['on and on', [play(0, 5), play(5, 10), play(10, 15)], 15, 15],
		['the same ten seconds twice', [play(0, 5), play(5, 10), play(0, 5), play(5, 10)], 20, 10],
		['a jump counts nothing by itself', [play(0, 5), play(600, 605)], 10, 10],
		['twice as fast', [play(0, 10), play(10, 20)], 10, 20],
		['faster than any player', [play(0, 600), play(600, 1_200)], 0, 0],
		['paused', [play(0, 5), play(5, 5), play(5, 5)], 5, 5],
		['backwards', [play(20, 10)], 0, 0],
	])('%s', (_name, list, watchedSeconds, uniqueSeconds) => {
		expect(watchedOf([watch(list)])).toEqual({ watchedSeconds, uniqueSeconds });
	});

	test('two pages at once watch for as long as one', () => {
		const list = [play(0, 5), play(5, 10)];
		expect(watchedOf([watch(list), watch(list)])).toEqual({ watchedSeconds: 10, uniqueSeconds: 10 });
	});

	test('after a long silence another view begins', () => {
		expect(watchOn(fresh(), play(0, 5), at(60))).toBeNull();
	});

	test('whatever is said, time watched is no longer than time passed, and no more is seen than a player can play', () => {
		const word = fc.record({
			gap: fc.integer({ min: 0, max: 11 }),
			from: fc.double({ min: -10, max: 4_000, noNaN: true }),
			length: fc.double({ min: -20, max: 200, noNaN: true }),
		});
		fc.assert(
			fc.property(fc.array(word, { maxLength: 80 }), (words) => {
				let passed = 0;
				let view = fresh();
				for (const { gap, from, length } of words) view = watchOn(view, play(from, from + length), at((passed += gap))) ?? view;
				const { watchedSeconds, uniqueSeconds } = watchedOf([view]);
				expect(watchedSeconds).toBeLessThanOrEqual(passed);
				expect(uniqueSeconds).toBeLessThanOrEqual(passed * 2 + words.length * 3.5);
			}),
		);
	});
});
