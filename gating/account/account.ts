/** What a company is to us. */
export const ACCOUNT_STATUSES = ['prospect', 'customer', 'competitor', 'partner'] as const;
export type AccountStatus = (typeof ACCOUNT_STATUSES)[number];

/** Bands of employees. */
export const SIZES = ['1-9', '10-49', '50-249', '250-999', '1000-4999', '5000+'] as const;
export type AccountSize = (typeof SIZES)[number];

/** Where a person's account comes from. */
export type Placing =
	| { readonly kind: 'account'; readonly accountId: string; readonly cause: 'domain' | 'name' }
	/** Nobody of this domain is known yet. */
	| { readonly kind: 'new'; readonly domain: string }
	| { readonly kind: 'none' };

/** What of a person tells where they work. */
export interface Workplace {
	/** The registrable domain of their mail, or null where it says nothing. */
	readonly domain: string | null;
	readonly companyKey: string;
	/** ISO 3166 code, or ''. */
	readonly country: string;
}

/**
 * Where somebody works: the account of their mail domain, else the one account of exactly this name in their country. An equal name
 * elsewhere is staff's to confirm.
 */
export function placeOf(
	{ domain, companyKey, country }: Workplace,
	byDomain: string | null,
	byName: readonly { readonly id: string; readonly country: string }[],
): Placing {
	if (byDomain !== null) return { kind: 'account', accountId: byDomain, cause: 'domain' };
	if (domain !== null) return { kind: 'new', domain };
	if (companyKey === '' || country === '') return { kind: 'none' };
	const near = byName.filter((one) => one.country === country);
	return near.length === 1 && near[0] ? { kind: 'account', accountId: near[0].id, cause: 'name' } : { kind: 'none' };
}
