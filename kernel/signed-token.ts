import type { Keys } from './keys.ts';

/** What a token may be used for. A token of one purpose is refused for every other. */
export type TokenPurpose =
	| 'confirm'
	| 'dealer'
	| 'download'
	| 'join'
	| 'replay'
	| 'preferences'
	| 'proof'
	| 'stop'
	| 'beat'
	| 'material'
	| 'mail-click'
	| 'challenge'
	| 'calendar'
	| 'speaker'
	| 'speaker-session';

export type TokenResult =
	{ readonly status: 'valid'; readonly subject: string } | { readonly status: 'invalid' } | { readonly status: 'expired'; readonly subject: string };

/**
 * A signed token: `<base64url of subject and expiry>.<mac>`. `subject` is an id or a secret's id, never personal data.
 * `expiresAt` null means that it holds until what it names is revoked.
 */
export function signToken(keys: Keys, purpose: TokenPurpose, subject: string, expiresAt: Date | null): string {
	const body = Buffer.from(`${expiresAt ? expiresAt.getTime().toString(36) : ''}~${subject}`).toString('base64url');
	return `${body}.${keys.mac(`token:${purpose}`, body)}`;
}

/** Reads a token. A forged, cut or foreign-purpose token is `invalid`, without saying which. */
export function readToken(keys: Keys, purpose: TokenPurpose, token: string, now: Date): TokenResult {
	const at = token.lastIndexOf('.');
	const body = token.slice(0, at);
	if (at < 1 || token.length > 1_000 || !keys.isMac(`token:${purpose}`, body, token.slice(at + 1))) return { status: 'invalid' };
	const text = Buffer.from(body, 'base64url').toString('utf8');
	const cut = text.indexOf('~');
	const subject = text.slice(cut + 1);
	const expires = text.slice(0, cut);
	if (expires !== '' && Number.parseInt(expires, 36) <= now.getTime()) return { status: 'expired', subject };
	return { status: 'valid', subject };
}
