import { afterEach, beforeEach, describe, expect, test } from 'vitest';

import type { NewMessage } from '#gating';
import { createGate, type Gate } from '#tests/support/gate.ts';
import { HOUR_MS } from '#kernel/clock.ts';

let gate: Gate;

beforeEach(async () => {
	gate = await createGate();
});
afterEach(() => gate.close());

const aMessage = (over: Partial<NewMessage> = {}): NewMessage => ({
	...{ key: 'k1', personId: 'p1', class: 'mailing', channel: 'mail', origin: 'mailing:m1', composer: 'test', params: {}, priority: 0 },
	...{ dueAt: gate.clock.at, latestAt: null },
	...over,
});

describe('posting', () => {
	test('takes a key once', async () => {
		const { messages } = gate.gating;
		expect(await gate.db.write((tx) => messages.post(tx, aMessage()))).toBe(true);
		expect(await gate.db.write((tx) => messages.post(tx, aMessage({ origin: 'mailing:m2' })))).toBe(false);
		expect(await gate.db.write((tx) => messages.postMany(tx, [aMessage(), aMessage({ key: 'k2' })]))).toBe(1);
	});

	test('takes back by origin, person or key what has not gone', async () => {
		const { messages } = gate.gating;
		const later = new Date(gate.clock.at.getTime() + HOUR_MS);
		await gate.db.write((tx) =>
			messages.postMany(tx, [
				aMessage({ dueAt: later }),
				aMessage({ key: 'k2', personId: 'p2', origin: 'journey:j1' }),
				aMessage({ key: 'k3', personId: 'p3', origin: 'journey:j1' }),
			]),
		);
		expect(await gate.db.write((tx) => messages.withdraw(tx, { origin: 'mailing:m1' }))).toBe(1);
		expect(await gate.db.write((tx) => messages.withdraw(tx, { keys: ['k1', 'k2'] }))).toBe(1);
		expect(await gate.db.write((tx) => messages.withdraw(tx, { personId: 'p3' }))).toBe(1);
		expect(await gate.db.write((tx) => messages.withdraw(tx, { origin: 'journey:j1' }))).toBe(0);
	});
});
