import { createHash } from 'node:crypto';

import type { Locale } from '#cms/content.ts';
import type { Now } from '#kernel/clock.ts';
import type { Handle } from '#kernel/database.ts';
import type { Random } from '#kernel/id.ts';

import { append } from './ledger.ts';
import type { Purpose } from './purpose.ts';
import { freeze } from './text.ts';

/** What a person agreed to on a page of another folder, in that folder's words. */
export interface GivenConsent {
	readonly personId: string;
	readonly purpose: Purpose;
	readonly locale: Locale;
	readonly title: string;
	readonly text: string;
	/** What it was given for: `draw:<id>`. */
	readonly how: string;
}

/** Freezes the words and keeps the agreement, inside a body of the caller. Returns the hash of the words. */
export async function giveConsent(
	{ now, random }: { readonly now: Now; readonly random: Random },
	tx: Handle,
	{ personId, purpose, locale, title, text, how }: GivenConsent,
): Promise<string> {
	const hash = createHash('sha256')
		.update(JSON.stringify([purpose, locale, title, text]))
		.digest('base64url');
	const at = now();
	await freeze(tx, [{ purpose, locale, title, text, hash }], at);
	await append(tx, [{ visitorId: null, personId, purpose, given: true, textHash: hash, how, channel: 'web' }], at, random);
	return hash;
}
