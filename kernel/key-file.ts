import { chmodSync, readFileSync, renameSync, statSync, writeFileSync } from 'node:fs';

import { formatKeyRing, type Keys, type MasterKey, parseKeyRing } from './keys.ts';

/** The ring in `file`. @throws Error when it cannot be read or is none */
export function readKeyFile(file: string): readonly MasterKey[] {
	return parseKeyRing(readFileSync(file, 'utf8').trim());
}

/** Puts another ring in its place, whole or not at all, for the owner's eyes only. */
export function writeKeyFile(file: string, ring: readonly MasterKey[]): void {
	const part = `${file}.part`;
	writeFileSync(part, `${formatKeyRing(ring)}\n`, { mode: 0o600 });
	chmodSync(part, 0o600);
	renameSync(part, file);
}

/** Returns a look at the file: when it has changed since the last look, `keys` go on with its ring, and the answer is true. */
export function followKeyFile(file: string, keys: Keys): () => boolean {
	const stamp = (): string => {
		const { mtimeMs, size, ino } = statSync(file);
		return `${mtimeMs}:${size}:${ino}`;
	};
	let known = stamp();
	return () => {
		const found = stamp();
		if (found === known) return false;
		keys.replace(readKeyFile(file));
		known = found;
		return true;
	};
}
