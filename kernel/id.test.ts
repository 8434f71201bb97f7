import { expect, test } from 'vitest';

import { idSequence, newId, newSecret, stableId, systemRandom } from './id.ts';

const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-([0-9a-f])[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/;

test('ids sort by the time they were made', () => {
	const ids = [1, 2, 3].map((day) => newId(new Date(`2026-01-0${day}`), systemRandom));
	expect([...ids].sort()).toEqual(ids);
	expect(UUID.exec(ids[0]!)?.[1]).toBe('7');
});

test('ids of one millisecond sort in the order they were made', () => {
	const moment = new Date('2026-01-04');
	const ids = Array.from({ length: 2_000 }, () => newId(moment, systemRandom));
	expect([...ids].sort()).toEqual(ids);
	expect(new Set(Array.from({ length: 10_000 }, () => newId(moment, systemRandom))).size).toBe(10_000);
});

test('ids of a sequence sort in the order they were made, after those of before and before those of after', () => {
	const next = idSequence(new Date('2026-01-02'), systemRandom);
	const ids = Array.from({ length: 70_000 }, next);
	expect([...ids].sort()).toEqual(ids);
	expect(new Set(ids).size).toBe(ids.length);
	expect(ids.every((id) => UUID.exec(id)?.[1] === '7')).toBe(true);
	expect(ids[0]! > newId(new Date('2026-01-01'), systemRandom) && ids.at(-1)! < newId(new Date('2026-01-03'), systemRandom)).toBe(true);
});

test('a secret has 128 bits', () => {
	expect(Buffer.from(newSecret(systemRandom), 'base64url').length).toBe(16);
});

test('the same name gives the same id, another name another', () => {
	expect(stableId('a')).toBe(stableId('a'));
	expect(stableId('a')).not.toBe(stableId('b'));
	expect(stableId('a')).toMatch(UUID);
});
