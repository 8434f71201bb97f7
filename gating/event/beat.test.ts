import fc from 'fast-check';
import { expect, test } from 'vitest';

import { createKeys } from '#kernel/keys.ts';
import { createBeats, withoutOverlap } from './beat.ts';

const start = Date.parse('2026-03-02T10:00:00Z');

function aClock() {
	let at = start;
	let next = 0;
	const random = (size: number) => Buffer.alloc(size, ++next);
	const beats = createBeats({ keys: createKeys([{ id: 'k', key: Buffer.alloc(32, 1) }], random), now: () => new Date(at), random });
	return { beats, advance: (seconds: number) => (at += seconds * 1_000), visitorId: 'v1', subject: 'white_papers:p1' };
}

function run(gaps: readonly number[]) {
	const { beats, advance, visitorId, subject } = aClock();
	let last = beats.beat({ token: null, visitorId, subject });
	for (const gap of gaps) {
		advance(gap);
		last = beats.beat({ token: last.status === 'refused' ? '' : last.token, visitorId, subject });
	}
	return last;
}

test.each([
	['each beat adds the time since the last', [15, 15, 15], 'counted', 45],
	['a beat within five seconds adds nothing and keeps the token', [15, 3], 'too-soon', 15],
	['the time of a beat that came too soon is not lost', [15, 3, 12], 'counted', 30],
	['a gap of more than a minute does not count', [15, 61, 15], 'counted', 30],
	['a gap of a minute counts', [60], 'counted', 60],
])('%s', (_rule, gaps, status, seconds) => {
	expect(run(gaps)).toMatchObject({ status, seconds });
});

test('a token of another visitor, another page or another maker is refused', () => {
	const { beats, visitorId, subject } = aClock();
	const first = beats.beat({ token: null, visitorId, subject });
	const token = first.status === 'refused' ? '' : first.token;
	expect(beats.beat({ token, visitorId: 'v2', subject })).toEqual({ status: 'refused' });
	expect(beats.beat({ token, visitorId, subject: 'white_papers:p2' })).toEqual({ status: 'refused' });
	expect(beats.beat({ token: `${token}x`, visitorId, subject })).toEqual({ status: 'refused' });
	expect(beats.prove(token, visitorId, subject)).not.toBeNull();
});

test('a token proves nothing after a day', () => {
	const { beats, advance, visitorId, subject } = aClock();
	const first = beats.beat({ token: null, visitorId, subject });
	advance(86_400);
	expect(beats.prove(first.status === 'refused' ? '' : first.token, visitorId, subject)).toBeNull();
});

test('whatever tabs do at once, a visitor is never credited for more than the time that passed', () => {
	fc.assert(
		fc.property(fc.array(fc.record({ tab: fc.nat(3), wait: fc.nat(70) }), { maxLength: 60 }), (moves) => {
			const { beats, advance, visitorId } = aClock();
			const tokens = new Map<number, string>();
			const seconds = new Map<number, number>();
			let passed = 0;
			for (const { tab, wait } of moves) {
				advance(wait);
				passed += wait;
				const answer = beats.beat({ token: tokens.get(tab) ?? null, visitorId, subject: `articles:${tab}` });
				if (answer.status === 'refused') throw new Error('an honest beat was refused');
				tokens.set(tab, answer.token);
				seconds.set(tab, answer.seconds);
			}
			return [...seconds.values()].reduce((sum, value) => sum + value, 0) <= passed;
		}),
	);
});

test('stored runs count at most the time since the run before, in any order of arrival', () => {
	const at = (second: number) => new Date(start + second * 1_000);
	const runs = [
		{ id: 'b', at: at(70), seconds: 60 },
		{ id: 'a', at: at(60), seconds: 60 },
		{ id: 'c', at: at(300), seconds: 30 },
	];
	const expected = new Map([
		['a', 60],
		['b', 10],
		['c', 30],
	]);
	expect(withoutOverlap(runs)).toEqual(expected);
	expect(withoutOverlap(runs.toReversed())).toEqual(expected);
});
