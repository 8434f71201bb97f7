import type { Locale } from '#cms/content.ts';
import { DAY_MS, HOUR_MS, type Now } from '#kernel/clock.ts';
import type { Keys } from '#kernel/keys.ts';
import { readToken, signToken } from '#kernel/signed-token.ts';
import { addresses } from '#kernel/texts/addresses.ts';

import { isPurpose, type Purpose } from './purpose.ts';

/** Links in mails are looked for years later; after this time a new one is mailed on request. */
export const PREFERENCES_DAYS = 400;
/** How long the link works that proves, freshly, that the mailbox is theirs. */
export const PROOF_HOURS = 1;

export interface LinkDeps {
	readonly keys: Keys;
	readonly now: Now;
	/** Without a trailing slash. */
	readonly origin: string;
}

/** Whom a link to one's own preferences is for, as far as the link itself says. */
export type ReadLink =
	/** `isProved`: it was mailed within the hour, on request, for what a forwarded link must not do. */
	| { readonly status: 'valid'; readonly personId: string; readonly isProved: boolean }
	| { readonly status: 'expired' }
	| { readonly status: 'invalid' };

const after = (now: Date, milliseconds: number): Date => new Date(now.getTime() + milliseconds);

/** The person's own page: bound to them, without login. */
export function preferencesLink({ keys, now, origin }: LinkDeps, personId: string, locale: Locale): string {
	return origin + addresses(locale).own(signToken(keys, 'preferences', personId, after(now(), PREFERENCES_DAYS * DAY_MS)));
}

/** The same page with the rights of somebody who has just shown that they read the mailbox. */
export function proofLink({ keys, now, origin }: LinkDeps, personId: string, locale: Locale): string {
	return origin + addresses(locale).own(signToken(keys, 'proof', personId, after(now(), PROOF_HOURS * HOUR_MS)));
}

export function readOwnLink({ keys, now }: Omit<LinkDeps, 'origin'>, token: string): ReadLink {
	let isExpired = false;
	for (const purpose of ['preferences', 'proof'] as const) {
		const read = readToken(keys, purpose, token, now());
		if (read.status === 'valid') return { status: 'valid', personId: read.subject, isProved: purpose === 'proof' };
		isExpired ||= read.status === 'expired';
	}
	return { status: isExpired ? 'expired' : 'invalid' };
}

/** Ends one purpose of one person, and can do nothing else. It never expires: who wants no more mail is not sent away. */
export function stopLink({ keys, origin }: LinkDeps, { personId, purpose }: StopOrder, locale: Locale): string {
	return origin + addresses(locale).stop(signToken(keys, 'stop', `${personId}~${purpose}`, null));
}

export interface StopOrder {
	readonly personId: string;
	readonly purpose: Purpose;
}

/** Null for what we never signed. */
export function readStopLink({ keys, now }: Omit<LinkDeps, 'origin'>, token: string): StopOrder | null {
	const read = readToken(keys, 'stop', token, now());
	if (read.status !== 'valid') return null;
	const [personId = '', purpose = ''] = read.subject.split('~');
	return isPurpose(purpose) ? { personId, purpose } : null;
}
