/** What a piece of content asks for before it opens. */
export interface GatePolicy {
	readonly isPublished: boolean;
	/** `nothing`: everybody; `verified-mail`: a browser with a valid pass; `registration`: that, and a registration of the person. */
	readonly opensWith: 'nothing' | 'verified-mail' | 'registration';
}

/** What is known of who asks, for one piece of content. Left out, it is not so. */
export interface AccessFacts {
	/** A valid pass. */
	readonly isVerified: boolean;
	/** Somebody of the staff closed this content to the person of the pass, or the link's. */
	readonly isRevoked?: boolean;
	/** They registered, for replays and rooms. */
	readonly isRegistered?: boolean;
	/** The link they came by: none, or one that is signed by us, in time, and perhaps another person's. */
	readonly link?: 'none' | 'forged' | 'expired' | 'own' | 'of-another';
}

export type Access =
	| { readonly decision: 'granted' }
	/** Show the form; it leads to a link and a code by mail. */
	| { readonly decision: 'form-required' }
	/** The link is somebody's: whoever holds it proves to be them first. */
	| { readonly decision: 'proof-required' }
	/** Offer a new link. */
	| { readonly decision: 'expired' }
	| { readonly decision: 'denied'; readonly reason: 'not-published' | 'revoked' | 'forged' };

/** The rule of papers and gated documents. */
export const GATED = 'verified-mail' satisfies GatePolicy['opensWith'];

/** May they see it? One answer for pages, replays, documents, links to files and the API. */
export function decideAccess(
	{ isPublished, opensWith }: GatePolicy,
	{ isVerified, isRevoked = false, isRegistered = false, link = 'none' }: AccessFacts,
): Access {
	if (link === 'forged') return { decision: 'denied', reason: 'forged' };
	if (!isPublished) return { decision: 'denied', reason: 'not-published' };
	if (opensWith === 'nothing') return { decision: 'granted' };
	if (isRevoked) return { decision: 'denied', reason: 'revoked' };
	if (link === 'expired') return { decision: 'expired' };
	if (link === 'of-another') return { decision: 'proof-required' };
	if (!isVerified || (opensWith === 'registration' && !isRegistered)) return { decision: 'form-required' };
	return { decision: 'granted' };
}
