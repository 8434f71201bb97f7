import { createCipheriv, createDecipheriv, createHmac, createSecretKey, hkdfSync, type KeyObject, timingSafeEqual } from 'node:crypto';

import { DomainError } from './errors.ts';
import type { Random } from './id.ts';

const IV_BYTES = 12;
const TAG_BYTES = 16;

/** A master key; `id` is stored beside what it wrapped, so that older keys keep opening older rows. */
export interface MasterKey {
	readonly id: string;
	readonly key: Buffer;
}

/** A person's data key, wrapped by a master key: `<key id>.<base64url>`. Destroying it erases the person. */
export type WrappedKey = string;

export interface Keys {
	/** A new data key, wrapped by the newest master key. */
	newDataKey(): WrappedKey;
	/** Wraps the same data key by the newest master key, for rotation. */
	rewrap(wrapped: WrappedKey): WrappedKey;
	/** Takes another ring while everything goes on: what the new one lacks can no longer be opened. @throws DomainError invalid when its look-ups differ */
	replace(ring: readonly MasterKey[]): void;
	/** Ids of the master keys, newest first. */
	ids(): readonly string[];
	/** True when look-ups and signatures have keys of their own, so that each master key may leave the ring. */
	hasRoots(): boolean;
	/** The ring as it is, for a worker thread of this process and nobody else. */
	forThread(): readonly MasterKey[];
	/** Encrypts with AES-256-GCM under the data key: iv, tag, ciphertext. `context` (table and column) is authenticated. */
	seal(wrapped: WrappedKey, context: string, plaintext: string): Buffer;
	/** Opens what {@link Keys.seal} made. @throws Error when the key, the bytes or the context do not fit. */
	unseal(wrapped: WrappedKey, context: string, sealed: Buffer): string;
	/** 32 bytes that follow from the data key and `context`, to encrypt what is too large to be sealed at once. */
	derive(wrapped: WrappedKey, context: string): Buffer;
	/** Keyed hash of a normalised value for look-ups, base64url: the same value gives the same hash, and nobody without the keys can guess. */
	blindIndex(kind: string, value: string): string;
	/** HMAC-SHA-256 over `text` for one purpose, base64url. */
	mac(purpose: string, text: string): string;
	/** Compares in constant time. */
	isMac(purpose: string, text: string, mac: string): boolean;
}

/** The entry of a ring that yields the look-up and signing keys and wraps nothing: 32 bytes for each. */
export const ROOTS = 'roots';

interface OpenRing {
	readonly ring: readonly MasterKey[];
	/** Newest first. Key objects: with bytes each call would make one anew, which takes five times as long as the work itself. */
	readonly masters: ReadonlyMap<string, KeyObject>;
	readonly newest: readonly [id: string, key: KeyObject];
	readonly roots: Buffer;
	readonly indexKey: KeyObject;
	readonly signKey: KeyObject;
}

/**
 * The key ring: newest master key first. Look-up and signing keys are its entry `roots`; where there is none, the last (oldest)
 * master key yields them, and stays for that.
 *
 * @throws Error when the ring is empty or a key is too short or long.
 */
export function createKeys(given: readonly MasterKey[], random: Random): Keys {
	let open = openRing(given);

	const unwrap = (wrapped: WrappedKey): Buffer => {
		const [id = '', body = ''] = wrapped.split('.');
		const master = open.masters.get(id);
		if (!master) throw new Error(`no master key "${id}" in the ring: put it back into FOYER_KEYS`);
		return decrypt(master, 'data-key', Buffer.from(body, 'base64url'));
	};
	const wrap = (dataKey: Buffer): WrappedKey => {
		const [id, key] = open.newest;
		return `${id}.${encrypt(key, 'data-key', dataKey, random).toString('base64url')}`;
	};
	const mac = (purpose: string, text: string): string => createHmac('sha256', open.signKey).update(`${purpose}\n${text}`).digest('base64url');

	return Object.freeze<Keys>({
		newDataKey: () => wrap(random(32)),
		forThread: () => open.ring,
		ids: () => [...open.masters.keys()],
		hasRoots: () => open.ring.some(({ id }) => id === ROOTS),
		replace: (ring) => {
			const next = openRing(ring);
			if (!next.roots.equals(open.roots)) throw new DomainError('invalid', 'this key ring has other look-up keys: nobody could be found with it');
			open = next;
		},
		rewrap: (wrapped) => wrap(unwrap(wrapped)),
		seal: (wrapped, context, plaintext) => encrypt(createSecretKey(unwrap(wrapped)), context, Buffer.from(plaintext, 'utf8'), random),
		unseal: (wrapped, context, sealed) => decrypt(createSecretKey(unwrap(wrapped)), context, sealed).toString('utf8'),
		derive: (wrapped, context) => Buffer.from(hkdfSync('sha256', unwrap(wrapped), 'foyer', `derived:${context}`, 32)),
		blindIndex: (kind, value) => createHmac('sha256', open.indexKey).update(`${kind}\n${value}`).digest('base64url'),
		mac,
		isMac: (purpose, text, given) => {
			const wanted = Buffer.from(mac(purpose, text));
			const actual = Buffer.from(given);
			return wanted.length === actual.length && timingSafeEqual(wanted, actual);
		},
	});
}

function openRing(ring: readonly MasterKey[]): OpenRing {
	const wrapping = ring.filter(({ id }) => id !== ROOTS);
	const [newest, oldest] = [wrapping[0], wrapping.at(-1)];
	if (!newest || !oldest) throw new Error('the key ring is empty: set FOYER_KEYS or let the hub make a key file');
	for (const { id, key } of ring) {
		const bytes = id === ROOTS ? 64 : 32;
		if (key.length !== bytes) throw new Error(`key "${id}" in FOYER_KEYS is not ${bytes} bytes of base64`);
	}
	const roots = ring.find(({ id }) => id === ROOTS)?.key ?? rootsFrom(oldest);
	const masters = new Map(wrapping.map(({ id, key }) => [id, createSecretKey(key)]));
	return {
		ring,
		masters,
		newest: [newest.id, createSecretKey(newest.key)],
		// A thread is handed bytes of another kind than Buffer.
		roots: Buffer.from(roots),
		indexKey: createSecretKey(roots.subarray(0, 32)),
		signKey: createSecretKey(roots.subarray(32)),
	};
}

/** The look-up and signing keys as an old ring derives them; nobody gets back from them to the key. */
function rootsFrom({ key }: MasterKey): Buffer {
	return Buffer.concat(['blind-index', 'sign'].map((label) => Buffer.from(hkdfSync('sha256', key, 'foyer', label, 32))));
}

/** The ring with a new key in front; look-ups and signatures are set apart at the first time, so that all older keys may leave later. */
export function rotatedRing(ring: readonly MasterKey[], random: Random): readonly MasterKey[] {
	const { roots } = openRing(ring);
	const masters = ring.filter(({ id }) => id !== ROOTS);
	const highest = Math.max(0, ...masters.map(({ id }) => Number(/^k(\d+)$/.exec(id)?.[1] ?? 0)));
	return [{ id: `k${highest + 1}`, key: random(32) }, ...masters, { id: ROOTS, key: roots }];
}

/** Encrypts what belongs to nobody, under a key of its own that lies before it, wrapped. */
export function sealAlone(keys: Keys, context: string, plaintext: string): Buffer {
	const wrapped = keys.newDataKey();
	return Buffer.concat([Buffer.from(`${wrapped}\n`), keys.seal(wrapped, context, plaintext)]);
}

/** Opens what {@link sealAlone} made; null when its master key has left the ring. */
export function openAlone(keys: Keys, context: string, sealed: Buffer): string | null {
	const end = sealed.indexOf('\n');
	const wrapped = sealed.subarray(0, end).toString();
	return keys.ids().includes(wrapped.split('.')[0] ?? '') ? keys.unseal(wrapped, context, sealed.subarray(end + 1)) : null;
}

/** The ring as {@link parseKeyRing} reads it. */
export function formatKeyRing(ring: readonly MasterKey[]): string {
	return ring.map(({ id, key }) => `${id}:${key.toString('base64')}`).join(',');
}

/**
 * Reads a ring written as `id:base64,id:base64`, newest first.
 *
 * @throws Error naming the entry that does not fit.
 */
export function parseKeyRing(text: string): MasterKey[] {
	return text.split(',').map((entry) => {
		const at = entry.indexOf(':');
		const id = entry.slice(0, at).trim();
		const key = Buffer.from(entry.slice(at + 1).trim(), 'base64');
		if (!/^[A-Za-z0-9_-]+$/.test(id) || key.length !== (id === ROOTS ? 64 : 32))
			throw new Error('FOYER_KEYS must be id:base64 of 32 bytes (roots: 64), separated by commas');
		return { id, key };
	});
}

function encrypt(key: KeyObject, context: string, plaintext: Buffer, random: Random): Buffer {
	const iv = random(IV_BYTES);
	const cipher = createCipheriv('aes-256-gcm', key, iv);
	cipher.setAAD(Buffer.from(context));
	const body = Buffer.concat([cipher.update(plaintext), cipher.final()]);
	return Buffer.concat([iv, cipher.getAuthTag(), body]);
}

function decrypt(key: KeyObject, context: string, sealed: Buffer): Buffer {
	const decipher = createDecipheriv('aes-256-gcm', key, sealed.subarray(0, IV_BYTES));
	decipher.setAAD(Buffer.from(context));
	decipher.setAuthTag(sealed.subarray(IV_BYTES, IV_BYTES + TAG_BYTES));
	return Buffer.concat([decipher.update(sealed.subarray(IV_BYTES + TAG_BYTES)), decipher.final()]);
}
