import type { Visitor } from '../identity/visitor.ts';

/** What a piece of content asks for before it opens. */
export interface GatePolicy {
	readonly isPublished: boolean;
	/** `nothing`: everybody; `verified-mail`: a browser with a valid pass. */
	readonly opensWith: 'nothing' | 'verified-mail';
}

export type Access =
	| { readonly decision: 'granted' }
	/** Show the form; it leads to a link by mail. */
	| { readonly decision: 'form-required' }
	| { readonly decision: 'denied'; readonly reason: 'not-published' };

/** The rule of papers, replays and gated documents. */
export const GATED: GatePolicy = { isPublished: true, opensWith: 'verified-mail' };

/** May this visitor see it? One answer for pages, downloads and the API. */
export function decideAccess(policy: GatePolicy, visitor: Pick<Visitor, 'isVerified'>): Access {
	if (!policy.isPublished) return { decision: 'denied', reason: 'not-published' };
	if (policy.opensWith === 'nothing' || visitor.isVerified) return { decision: 'granted' };
	return { decision: 'form-required' };
}
