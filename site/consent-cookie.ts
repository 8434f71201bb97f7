import type { SetCookie } from '#gating';

/** Readable by the page's script: whether this browser agreed to analytics. It names nobody; the record itself is out of scripts' reach. */
const READABLE = 'foyer_analytics';
const RECORD = 'foyer_consent';

/** The cookies of an answer to the consent notice, with the readable one beside the record where they hold one. */
export function withReadableConsent(cookies: readonly SetCookie[]): readonly SetCookie[] {
	const record = cookies.find((cookie) => cookie.name === RECORD);
	if (!record) return cookies;
	const isGiven = record.value
		.slice(record.value.indexOf('.') + 1)
		.split('+')
		.includes('analytics');
	return [...cookies, { ...record, name: READABLE, value: isGiven ? '1' : '0', httpOnly: false }];
}
