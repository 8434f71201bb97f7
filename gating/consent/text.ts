import { createHash } from 'node:crypto';

import { type ConsentText, inLocale, type Locale } from '#cms/content.ts';
import type { Handle } from '#kernel/database.ts';

import { consentText } from '../schema.ts';
import type { Purpose } from './purpose.ts';

/** The wording of a purpose as one reader saw it. */
export interface Wording {
	readonly purpose: Purpose;
	readonly locale: Locale;
	readonly title: string;
	readonly text: string;
	/** SHA-256 over the four fields above, base64url: what a consent row points to. */
	readonly hash: string;
}

/** The present wording of `purpose` in `locale`; null while the editors have written none. */
export function wordingOf(texts: readonly ConsentText[], purpose: Purpose, locale: Locale): Wording | null {
	const found = texts.find((text) => text.purpose === purpose);
	if (!found) return null;
	const title = inLocale(found.title, locale);
	const text = inLocale(found.text, locale);
	return {
		purpose,
		locale,
		title,
		text,
		hash: createHash('sha256')
			.update(JSON.stringify([purpose, locale, title, text]))
			.digest('base64url'),
	};
}

/** Keeps wordings that somebody answered to; a changed text in the CMS makes a new row beside the old one. */
export async function freeze(tx: Handle, wordings: readonly Wording[], now: Date): Promise<void> {
	if (wordings.length === 0) return;
	await tx
		.insert(consentText)
		.values(wordings.map((wording) => ({ ...wording, firstSeenAt: now })))
		.onConflictDoNothing();
}
