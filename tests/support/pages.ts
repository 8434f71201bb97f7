import type { Locale } from '#cms/content.ts';

/** A page of every public type, as English addresses: what is asked of all pages is asked of these. */
export const PAGE_TYPES = [
	'/',
	'/library',
	'/library?type=white_papers',
	'/library?topic=emc',
	'/library?type=cases&topic=energy-efficiency&sort=title',
	'/library?type=white_papers&industry=battery-cell&topic=emc',
	'/white-papers/bearing-damage-from-vibration',
	'/white-papers/bearing-damage-from-vibration?sent=1',
	'/cases/flow-wrapper-rebuild',
	'/articles/io-link-in-ten-minutes',
	'/products',
	'/products/motors',
	'/products/motors?rated-power.min=1&degree-of-protection=IP65&view=table',
	'/products/motors?rated-power.min=900',
	'/products/compare',
	'/products/compare?p=hd3-012&p=hx6-t&p=nonsense',
	'/industries',
	'/industries/packaging',
	'/products/motors/hs4-100',
	'/webinars',
	'/webinars/sizing-a-servo-axis',
	'/webinars/safe-stops-explained',
	'/search',
	'/search?q=encoder',
	'/search?q=xyzzyqq',
	'/p/about',
	'/privacy',
	'/dealers',
	'/dealers?near=Winterthur',
	'/series/drive-fundamentals',
	'/brochure',
	'/brochure?p=hs4-100',
	'/offers/analysis-software-trial',
	'/preferences',
	'/pass',
	'/pass?sent=1',
	'/pass?from=link&for=nothing',
	'/quote',
	'/c/no-such-token',
	'/j/no-such-token',
	'/redeem/no-such-token',
	'/r/no-such-code',
	'/u/no-such-token',
	'/u/stop/no-such-token',
	'/nothing-here',
	'/500',
] as const;

/** Pages of the console that need no item, for staff. */
export const CONSOLE_PAGES = [
	'/console',
	'/console/leads',
	'/console/leads/new',
	'/console/webinars',
	'/console/scoring',
	'/console/content',
	'/console/mailbox',
	'/console/outbox',
	'/console/audit',
	'/console/tokens',
	'/console/styleguide',
	'/console/forbidden',
] as const;

/** The address of a page in a language. */
export function inLanguage(path: string, locale: Locale): string {
	if (locale === 'en') return path;
	return path === '/' ? '/zh-CN' : `/zh-CN${path}`;
}
