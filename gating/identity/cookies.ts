import { DAY_MS, SECOND_MS } from '#kernel/clock.ts';

import type { Purpose } from '../consent/purpose.ts';

/** A cookie to set; the edge adds `Secure`, `SameSite=Lax` and `Path=/`. Zero seconds remove it. */
export interface SetCookie {
	readonly name: string;
	readonly value: string;
	readonly maxAgeSeconds: number;
	readonly httpOnly: boolean;
}

export const VISITOR_COOKIE = 'foyer_visitor';
export const CONSENT_COOKIE = 'foyer_consent';
export const PASS_COOKIE = 'foyer_pass';

/** Knows the browser that asked for a mail again; strictly necessary, names nobody. */
export const ASK_COOKIE = 'foyer_ask';

export const VISITOR_DAYS = 400;
export const PASS_DAYS = 90;
const ASK_DAYS = 1;
const CONSENT_VERSION = '1';

export const visitorCookie = (secret: string): SetCookie => cookie(VISITOR_COOKIE, secret, VISITOR_DAYS);
export const passCookie = (secret: string): SetCookie => cookie(PASS_COOKIE, secret, PASS_DAYS);
export const askCookie = (secret: string): SetCookie => cookie(ASK_COOKIE, secret, ASK_DAYS);
/** The record that the notice was answered: strictly necessary, identifies nobody. */
export const consentCookie = (purposes: Iterable<Purpose>): SetCookie =>
	cookie(CONSENT_COOKIE, `${CONSENT_VERSION}.${[...purposes].join('+')}`, VISITOR_DAYS);
export const removedCookie = (name: string): SetCookie => ({ name, value: '', maxAgeSeconds: 0, httpOnly: true });

/** True when the cookie records an answer to the notice in its present form. */
export const isConsentAnswer = (value: string | undefined): boolean => value?.startsWith(`${CONSENT_VERSION}.`) ?? false;

function cookie(name: string, value: string, days: number): SetCookie {
	return { name, value, maxAgeSeconds: (days * DAY_MS) / SECOND_MS, httpOnly: true };
}
