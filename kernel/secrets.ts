import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';

/**
 * The text of `file`; made by `make` and written with mode 600 at first use. For secrets that a configuration leaves out.
 *
 * @throws Error when the folder cannot be written.
 */
export function keepSecret(file: string, make: () => string): { readonly text: string; readonly isNew: boolean } {
	if (existsSync(file)) return { text: readFileSync(file, 'utf8').trim(), isNew: false };
	const text = make();
	mkdirSync(dirname(file), { recursive: true });
	writeFileSync(file, `${text}\n`, { mode: 0o600, flag: 'wx' });
	return { text, isNew: true };
}
