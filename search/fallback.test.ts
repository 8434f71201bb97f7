import { expect, test } from 'vitest';

import { silentLog } from '#kernel/log.ts';

import type { EngineQuery, EngineResult } from './engine.ts';
import { withFallback } from './fallback.ts';

const query = { q: '' } as EngineQuery;

function setUp() {
	const state = { at: 0, isCurrent: true, retries: 0, answer: (): Promise<EngineResult> => Promise.resolve(named('first')) };
	const named = (didYouMean: string) => ({ didYouMean }) as EngineResult;
	const fallback = withFallback({
		primary: { query: () => state.answer(), suggest: () => Promise.resolve([]) },
		secondary: { query: () => Promise.resolve(named('second')), suggest: () => Promise.resolve([]) },
		isCurrent: () => state.isCurrent,
		onRetry: () => state.retries++,
		timeoutMs: 20,
		now: () => new Date(state.at),
		log: silentLog,
	});
	return { state, fallback, asked: async () => (await fallback.query(query)).didYouMean, named };
}

test('the second engine answers while the first fails, and the first again after a pause', async () => {
	const { state, fallback, asked, named } = setUp();
	expect([await asked(), fallback.trouble()]).toEqual(['first', null]);
	state.answer = () => Promise.reject(new Error('refused'));
	expect([await asked(), fallback.trouble()]).toEqual(['second', 'refused']);
	state.answer = () => Promise.resolve(named('first'));
	expect(await asked()).toBe('second');
	state.at = 10_000;
	expect([await asked(), fallback.trouble()]).toEqual(['first', null]);
});

test('an engine that does not answer in time counts as failing', async () => {
	const { state, fallback, asked } = setUp();
	state.answer = () => new Promise(() => undefined);
	expect([await asked(), fallback.trouble()]).toEqual(['second', 'no answer within 20 ms']);
});

test('an engine whose content is behind is not asked, and brought up to date now and then', async () => {
	const { state, fallback, asked } = setUp();
	state.isCurrent = false;
	expect([await asked(), await asked(), state.retries]).toEqual(['second', 'second', 1]);
	expect(fallback.trouble()).toBe('its content is behind');
	state.at = 10_000;
	await asked();
	expect(state.retries).toBe(2);
	state.isCurrent = true;
	state.at = 20_000;
	expect([await asked(), fallback.trouble()]).toEqual(['first', null]);
});
