import { DEFAULT_UTM_RULES, type UtmRule } from './defaults.ts';

/** How a browser came to the site. Only what is known is there; `link` is the code of one of our own links. */
export type FirstTouch = Readonly<Partial<Record<'channel' | 'source' | 'medium' | 'campaign' | 'term' | 'content' | 'link' | 'referrer', string>>>;

const LONGEST = 100;
const PARAMETERS = [
	['utm_source', 'source'],
	['utm_medium', 'medium'],
	['utm_campaign', 'campaign'],
	['utm_term', 'term'],
	['utm_content', 'content'],
	['utm_id', 'link'],
] as const;
const SEARCH_ENGINES = /(?:^|\.)(?:google|bing|baidu|duckduckgo|sogou|so|yandex|ecosia|qwant)\.[a-z.]+$/;
const SOCIAL_SITES =
	/(?:^|\.)(?:linkedin\.com|lnkd\.in|xing\.com|facebook\.com|instagram\.com|youtube\.com|t\.co|x\.com|weibo\.com|weibo\.cn|zhihu\.com|douyin\.com|bilibili\.com|xiaohongshu\.com)$/;
const WECHAT_SITES = /(?:^|\.)(?:weixin\.qq\.com|wechat\.com)$/;

/**
 * Reads a touch from the address of the landing page and the referrer. Referrers of the site itself and broken ones count as none; of
 * others only the host is kept. `channel` is a code: by `rules` for tagged links, else by where the visit came from.
 */
export function firstTouchOf(url: URL, referrer: string | null, rules: readonly UtmRule[] = []): FirstTouch {
	const named: FirstTouch = Object.fromEntries(
		PARAMETERS.flatMap(([parameter, name]) => {
			const value = url.searchParams.get(parameter)?.normalize('NFKC').replaceAll(/\p{C}/gu, '').trim().slice(0, LONGEST).toWellFormed();
			return value ? [[name, value]] : [];
		}),
	);
	const host = referrerHost(referrer, url.hostname);
	return { channel: channelOfUtm(named, rules) ?? channelOfHost(host), ...named, ...(host === null ? {} : { referrer: host }) };
}

/** The channel of UTM values; `other` for values that no rule knows, null without any. */
export function channelOfUtm(touch: FirstTouch, rules: readonly UtmRule[]): string | null {
	return hasUtm(touch) ? (ruleOf(touch, rules)?.channel ?? 'other') : null;
}

/** The rule for UTM values: the first of the company's own that fits, else of those that ship the one that says most. Null when none fits. */
export function ruleOf(touch: FirstTouch, rules: readonly UtmRule[]): UtmRule | null {
	if (!hasUtm(touch)) return null;
	const [source, medium, campaign] = [touch.source, touch.medium, touch.campaign].map((value = '') => value.toLowerCase());
	const fits = (rule: UtmRule): boolean =>
		(rule.source === '' || rule.source === source) &&
		(rule.medium === '' || rule.medium === medium) &&
		(rule.campaign === '' || rule.campaign === campaign);
	const own = rules.find(fits);
	if (own) return own;
	const shipped = DEFAULT_UTM_RULES.filter(fits);
	return shipped.find((rule) => rule.source !== '' && rule.medium !== '') ?? shipped.find((rule) => rule.medium !== '') ?? shipped[0] ?? null;
}

const hasUtm = ({ source = '', medium = '', campaign = '' }: FirstTouch): boolean => source !== '' || medium !== '' || campaign !== '';

function referrerHost(referrer: string | null, own: string): string | null {
	if (referrer === null || !URL.canParse(referrer)) return null;
	const { protocol, hostname } = new URL(referrer);
	return (protocol === 'https:' || protocol === 'http:') && hostname !== own ? hostname.slice(0, LONGEST) : null;
}

function channelOfHost(host: string | null): string {
	if (host === null) return 'direct';
	if (SEARCH_ENGINES.test(host)) return 'search';
	if (WECHAT_SITES.test(host)) return 'wechat';
	return SOCIAL_SITES.test(host) ? 'social' : 'referral';
}
