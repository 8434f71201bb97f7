import { execFileSync } from 'node:child_process';

import { describe, expect, test } from 'vitest';

import { systemRandom } from '#kernel/id.ts';

import { commitmentOf, ticketOf, winnersOf } from './fair.ts';

const hex = (bytes: number): string => systemRandom(bytes).toString('hex');
const prizes = (...stocks: number[]) => stocks.map((stock) => ({ stock }));
/** What somebody would type who believes nothing of ours. */
const byHand = (text: string): string => execFileSync('sha256sum', { input: text }).toString().slice(0, 64);

describe('a draw', () => {
	test('golden: the commitment and tickets are what any tool for SHA-256 gives', () => {
		const [seed, entries] = ['00ff', ['b2', 'a1', 'c3']] as const;
		expect(commitmentOf(seed, entries)).toBe(byHand('00ff\na1\nb2\nc3'));
		expect(ticketOf(seed, 'a1')).toBe(byHand('00ff:a1'));
		const order = [...entries].sort((a, b) => (byHand(`00ff:${a}`) < byHand(`00ff:${b}`) ? -1 : 1));
		expect(winnersOf(seed, entries, prizes(1, 2))).toEqual([
			{ entry: order[0], prize: 0 },
			{ entry: order[1], prize: 1 },
			{ entry: order[2], prize: 1 },
		]);
	});

	test('does not depend on the order in which entries are given; one changed bit changes the commitment', () => {
		for (let round = 0; round < 200; round++) {
			const seed = hex(32);
			const entries = Array.from({ length: round % 40 }, () => hex(8));
			const stocks = [1 + (round % 3), round % 5];
			const winners = winnersOf(seed, entries, prizes(...stocks));
			expect(winnersOf(seed, [...entries].reverse(), prizes(...stocks))).toEqual(winners);
			expect(winners.length).toBe(Math.min(entries.length, stocks[0]! + stocks[1]!));
			expect(new Set(winners.map(({ entry }) => entry)).size).toBe(winners.length);
			expect(winners.every(({ entry }) => entries.includes(entry))).toBe(true);
			expect(commitmentOf(seed, [...entries].reverse())).toBe(commitmentOf(seed, entries));
			expect(commitmentOf(seed, [...entries, hex(8)])).not.toBe(commitmentOf(seed, entries));
			expect(commitmentOf(hex(32), entries)).not.toBe(commitmentOf(seed, entries));
		}
	});

	test('with fewer entries than prizes gives one to each; with none, none', () => {
		expect(winnersOf('5eed', ['a', 'b'], prizes(1, 5))).toHaveLength(2);
		expect(winnersOf('5eed', [], prizes(3))).toEqual([]);
		expect(winnersOf('5eed', ['a'], [])).toEqual([]);
	});

	test('gives every entry the same chance', () => {
		const entries = Array.from({ length: 10 }, (_, at) => `entry-${at}`);
		const wins = new Map<string, number>();
		for (let seed = 0; seed < 5_000; seed++) {
			const [first] = winnersOf(`seed-${seed}`, entries, prizes(1));
			wins.set(first!.entry, (wins.get(first!.entry) ?? 0) + 1);
		}
		// 500 each; five standard deviations are 106.
		for (const entry of entries) expect(Math.abs((wins.get(entry) ?? 0) - 500)).toBeLessThan(106);
	});
});
