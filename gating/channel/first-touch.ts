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

/** The channel of UTM values: the company's rules before those that ship, source and medium together before one alone; `other` for unknown ones, null without any. */
export function channelOfUtm({ source = '', medium = '', campaign = '' }: FirstTouch, rules: readonly UtmRule[]): string | null {
	if (source === '' && medium === '' && campaign === '') return null;
	const [from, by] = [source.toLowerCase(), medium.toLowerCase()];
	for (const list of [rules, DEFAULT_UTM_RULES]) {
		const fitting = list.filter((rule) => (rule.source === '' || rule.source === from) && (rule.medium === '' || rule.medium === by));
		const best = fitting.find((rule) => rule.source !== '' && rule.medium !== '') ?? fitting.find((rule) => rule.medium !== '') ?? fitting[0];
		if (best) return best.channel;
	}
	return 'other';
}

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
