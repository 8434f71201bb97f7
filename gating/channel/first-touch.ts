/** How a browser came to the site for the first time. Only what is known is there. */
export type FirstTouch = Readonly<Partial<Record<'channel' | 'source' | 'medium' | 'campaign' | 'term' | 'content' | 'referrer', string>>>;

const LONGEST = 100;
const PARAMETERS = [
	['utm_source', 'source'],
	['utm_medium', 'medium'],
	['utm_campaign', 'campaign'],
	['utm_term', 'term'],
	['utm_content', 'content'],
] as const;
const SEARCH_ENGINES = /(?:^|\.)(?:google|bing|baidu|duckduckgo|sogou|so|yandex|ecosia|qwant)\.[a-z.]+$/;
const PAID = /^(?:cpc|ppc|paid|paid[-_].*|display|banner|ads?)$/i;

/**
 * Reads the first touch from the address of the landing page and the referrer. Referrers of the site itself and broken ones
 * count as none; of others only the host is kept. `channel` is `paid`, `campaign`, `search`, `referral` or `direct`.
 */
export function firstTouchOf(url: URL, referrer: string | null): FirstTouch {
	const named = Object.fromEntries(
		PARAMETERS.flatMap(([parameter, name]) => {
			const value = url.searchParams.get(parameter)?.normalize('NFKC').replaceAll(/\p{C}/gu, '').trim().slice(0, LONGEST).toWellFormed();
			return value ? [[name, value]] : [];
		}),
	);
	const host = referrerHost(referrer, url.hostname);
	return { channel: channelOf(named, host), ...named, ...(host === null ? {} : { referrer: host }) };
}

function referrerHost(referrer: string | null, own: string): string | null {
	if (referrer === null || !URL.canParse(referrer)) return null;
	const { protocol, hostname } = new URL(referrer);
	return (protocol === 'https:' || protocol === 'http:') && hostname !== own ? hostname.slice(0, LONGEST) : null;
}

function channelOf({ source, medium, campaign }: FirstTouch, host: string | null): string {
	if (medium !== undefined && PAID.test(medium)) return 'paid';
	if (source !== undefined || campaign !== undefined) return 'campaign';
	if (host === null) return 'direct';
	return SEARCH_ENGINES.test(host) ? 'search' : 'referral';
}
