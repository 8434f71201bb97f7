import { type Challenge, solveChallenge } from 'altcha-lib';
import { deriveKey } from 'altcha-lib/algorithms/pbkdf2';
import { describe, expect, test } from 'vitest';

import { MINUTE_MS } from '#kernel/clock.ts';
import { systemRandom } from '#kernel/id.ts';
import { createKeys } from '#kernel/keys.ts';

import { createProofs } from './proof.ts';

const clock = { at: new Date('2026-03-02T09:00:00Z') };
const keys = createKeys([{ id: 'k1', key: Buffer.alloc(32, 5) }], systemRandom);
const proofs = createProofs(keys, () => clock.at);

async function solved(form: string): Promise<{ readonly challenge: Challenge; readonly text: string }> {
	const challenge = await proofs.issue(form);
	return { challenge, text: JSON.stringify({ challenge, solution: await solveChallenge({ challenge, deriveKey }) }) };
}

describe('a proof of work', () => {
	test('works once, for the form it was issued for', async () => {
		const { text } = await solved('paper');
		expect(await proofs.accept('quote', text, '')).toBe(false);
		expect(await proofs.accept('paper', text, '')).toBe(true);
		expect(await proofs.accept('paper', text, '')).toBe(false);
	});

	test('passes again with the same request, so that a repeat is answered like the first', async () => {
		const { text } = await solved('paper');
		expect([await proofs.accept('paper', text, 'a'), await proofs.accept('paper', text, 'a'), await proofs.accept('paper', text, 'b')]).toEqual([
			true,
			true,
			false,
		]);
	});

	test('works for ten minutes', async () => {
		const { text } = await solved('paper');
		clock.at = new Date(clock.at.getTime() + 10 * MINUTE_MS);
		expect(await proofs.accept('paper', text, '')).toBe(false);
	});

	test('must be solved, unchanged, and be ours', async () => {
		const { challenge, text } = await solved('paper');
		const { solution } = JSON.parse(text) as { solution: { counter: number; derivedKey: string } };
		const other = createProofs(createKeys([{ id: 'k2', key: Buffer.alloc(32, 6) }], systemRandom), () => clock.at);
		const wrong = [
			null,
			'',
			'null',
			'{}',
			'[1]',
			'{"challenge":{"parameters":null},"solution":{}}',
			'no JSON',
			JSON.stringify({ challenge, solution: { ...solution, counter: solution.counter + 1 } }),
			JSON.stringify({ challenge, solution: { ...solution, derivedKey: `00${'a'.repeat(62)}` } }),
			JSON.stringify({ challenge: { ...challenge, parameters: { ...challenge.parameters, keyPrefix: '0' } }, solution }),
			JSON.stringify({ challenge: { ...challenge, parameters: { ...challenge.parameters, cost: 1 } }, solution }),
			JSON.stringify({ challenge: { ...challenge, signature: undefined }, solution }),
			`${text}${' '.repeat(5_000)}`,
		];
		for (const proof of wrong) expect(await proofs.accept('paper', proof, ''), String(proof).slice(0, 90)).toBe(false);
		expect(await other.accept('paper', text, '')).toBe(false);
		expect(await proofs.accept('paper', text, '')).toBe(true);
	});
});
