import type { Purpose } from '../consent/purpose.ts';

/** Who a request is. Made by `visitors.identify`, which never writes. */
export interface Visitor {
	/** The browser, when it consented to analytics or personalisation; null otherwise. */
	readonly visitorId: string | null;
	/** Whom this browser belongs to by a verified act, or null. */
	readonly personId: string | null;
	/** True with a valid pass of {@link Visitor.personId}: only then may known data be used or gated content be shown. */
	readonly isVerified: boolean;
	/** What browser and person agreed to at this moment. */
	readonly consents: ReadonlySet<Purpose>;
	/** False: show the consent notice. */
	readonly hasAnsweredConsent: boolean;
	/** How to greet a verified person; null for everybody else. */
	readonly givenName: string | null;
	/** Secret by which a browser that asked for a mail is known for a day; says nothing about who sits there. */
	readonly ask?: string | undefined;
	/** Family of the browser, as `Firefox`; undefined or '' when unknown. */
	readonly agent?: string | undefined;
}

/** A browser that we know nothing about. */
export const STRANGER: Visitor = Object.freeze({
	visitorId: null,
	personId: null,
	isVerified: false,
	consents: new Set<Purpose>(),
	hasAnsweredConsent: false,
	givenName: null,
});

/** Values of our cookies, as the browser sent them. */
export interface VisitorCookies {
	readonly visitor?: string | undefined;
	readonly pass?: string | undefined;
	readonly consent?: string | undefined;
	readonly ask?: string | undefined;
	/** The header, of which the family is kept. */
	readonly userAgent?: string | undefined;
}
