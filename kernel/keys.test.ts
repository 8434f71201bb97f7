import { describe, expect, test } from 'vitest';

import { systemRandom } from './id.ts';
import { createKeys, formatKeyRing, parseKeyRing, rotatedRing } from './keys.ts';

const key = (id: string) => ({ id, key: systemRandom(32) });
const [k1, k2] = [key('k1'), key('k2')];
const keys = createKeys([k1], systemRandom);

describe('keys of persons', () => {
	test('what is sealed opens with the same key and context only', () => {
		const wrapped = keys.newDataKey();
		const sealed = keys.seal(wrapped, 'person.profile', '周明远');
		expect(keys.unseal(wrapped, 'person.profile', sealed)).toBe('周明远');
		expect(sealed.includes(Buffer.from('周明远'))).toBe(false);
		expect(() => keys.unseal(wrapped, 'mailbox', sealed)).toThrow();
		expect(() => keys.unseal(keys.newDataKey(), 'person.profile', sealed)).toThrow();
	});

	test('a changed byte is noticed', () => {
		const wrapped = keys.newDataKey();
		const sealed = keys.seal(wrapped, 'x', 'text');
		sealed[sealed.length - 1]! ^= 1;
		expect(() => keys.unseal(wrapped, 'x', sealed)).toThrow();
	});

	test('a new key in front keeps old rows readable, look-ups and signatures the same', () => {
		const wrapped = keys.newDataKey();
		const sealed = keys.seal(wrapped, 'x', 'text');
		const rotated = createKeys([k2, k1], systemRandom);
		expect(rotated.unseal(wrapped, 'x', sealed)).toBe('text');
		const rewrapped = rotated.rewrap(wrapped);
		expect(rewrapped.startsWith('k2.')).toBe(true);
		expect(rotated.unseal(rewrapped, 'x', sealed)).toBe('text');
		expect(rotated.blindIndex('mail', 'a@b.example')).toBe(keys.blindIndex('mail', 'a@b.example'));
		expect(rotated.mac('token', 'x')).toBe(keys.mac('token', 'x'));
	});

	test('a key that left the ring is named', () => {
		const wrapped = keys.newDataKey();
		expect(() => createKeys([k2], systemRandom).unseal(wrapped, 'x', Buffer.alloc(40))).toThrow('no master key "k1"');
	});

	test('the ring is changed while it is used, and an old key leaves it once nothing is wrapped by it', () => {
		const live = createKeys([k1], systemRandom);
		const wrapped = live.newDataKey();
		const sealed = live.seal(wrapped, 'x', 'text');
		const [hash, token] = [live.blindIndex('mail', 'a@b.example'), live.mac('token', 'x')];
		const rotated = rotatedRing([k1], systemRandom);
		live.replace(rotated);
		expect(live.ids()).toEqual(['k2', 'k1']);
		const rewrapped = live.rewrap(wrapped);
		live.replace(rotated.filter(({ id }) => id !== 'k1'));
		expect(live.unseal(rewrapped, 'x', sealed)).toBe('text');
		expect(() => live.unseal(wrapped, 'x', sealed)).toThrow('no master key "k1"');
		expect([live.blindIndex('mail', 'a@b.example'), live.mac('token', 'x')]).toEqual([hash, token]);
		expect(rotatedRing(live.forThread(), systemRandom).map(({ id }) => id)).toEqual(['k3', 'k2', 'roots']);
	});

	test('a ring that would find nobody is refused, and the present one goes on', () => {
		const live = createKeys([k1], systemRandom);
		expect(() => live.replace([k2])).toThrow('look-up');
		expect(live.ids()).toEqual(['k1']);
	});

	test('a ring is written as it is read', () => {
		const ring = rotatedRing([k1], systemRandom);
		expect(parseKeyRing(formatKeyRing(ring))).toEqual(ring);
	});

	test('look-ups differ by kind', () => {
		expect(keys.blindIndex('mail', 'x')).not.toBe(keys.blindIndex('phone', 'x'));
	});

	test.each(['', 'k1', 'k1:short', 'bad id:AAAA'])('the ring %j is refused', (text) => {
		expect(() => createKeys(parseKeyRing(text), systemRandom)).toThrow('FOYER_KEYS');
	});
});
