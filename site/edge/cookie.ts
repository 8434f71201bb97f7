import type { SetCookie } from '#gating';

export type CookieName = 'foyer_visitor' | 'foyer_consent' | 'foyer_pass' | 'foyer_ask' | 'foyer_staff' | 'foyer_speaker';

/** The value of one cookie, or undefined. Our values need no decoding. */
export function readCookie(header: string | undefined, name: CookieName): string | undefined {
	if (header === undefined) return undefined;
	for (let from = header.indexOf(`${name}=`); from >= 0; from = header.indexOf(`${name}=`, from + 1)) {
		const before = header.slice(0, from).trimEnd();
		if (before !== '' && !before.endsWith(';')) continue;
		const end = header.indexOf(';', from);
		return header.slice(from + name.length + 1, end < 0 ? undefined : end).trim();
	}
	return undefined;
}

/** A `Set-Cookie` value: for the whole site, not sent along by other sites' forms. */
export function writeCookie({ name, value, maxAgeSeconds, httpOnly }: SetCookie, isSecure: boolean): string {
	return `${name}=${value}; Path=/; Max-Age=${maxAgeSeconds}; SameSite=Lax${httpOnly ? '; HttpOnly' : ''}${isSecure ? '; Secure' : ''}`;
}
