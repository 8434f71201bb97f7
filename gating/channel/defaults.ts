import type { LocalisedText } from '#cms/content.ts';

/** The three kinds of channel: what we do ourselves, what we pay for, who sends us people. */
export const GROUPS = ['free', 'paid', 'partner'] as const;
export type ChannelGroup = (typeof GROUPS)[number];

export interface DefaultChannel {
	readonly code: string;
	readonly parent: ChannelGroup;
	readonly name: LocalisedText;
}

const channel = (code: string, parent: ChannelGroup, en: string, zh: string): DefaultChannel => ({ code, parent, name: { en, 'zh-CN': zh } });

/** Channels that ship. Codes are kept by what came through them, so none is ever renamed or taken out. */
export const DEFAULT_CHANNELS: readonly DefaultChannel[] = [
	channel('direct', 'free', 'Direct', '直接访问'),
	channel('search', 'free', 'Search engines', '自然搜索'),
	channel('referral', 'free', 'Other websites', '外部网站'),
	channel('mail', 'free', 'Email', '邮件'),
	channel('social', 'free', 'Social networks', '社交媒体'),
	channel('wechat', 'free', 'WeChat', '微信'),
	channel('banner', 'free', 'Banners on the site', '站内横幅'),
	channel('other', 'free', 'Other tagged links', '其他带标记链接'),
	channel('paid-search', 'paid', 'Search advertising', '搜索广告'),
	channel('paid-social', 'paid', 'Social advertising', '社交媒体广告'),
	channel('display', 'paid', 'Display advertising', '展示广告'),
	channel('fair', 'paid', 'Trade fairs', '展会'),
	channel('media', 'paid', 'Trade press', '行业媒体'),
	channel('hotline', 'partner', '400 number', '400 电话'),
	channel('association', 'partner', 'Associations', '行业协会'),
	channel('kol', 'partner', 'Experts and opinion leaders', '行业专家与 KOL'),
	channel('sales', 'partner', 'Found by sales', '销售自拓'),
	channel('dealer', 'partner', 'Dealers', '经销商'),
	channel('invitation', 'partner', 'Invitations', '用户邀请'),
];

/** What UTM parameters mean where no link of ours says it: lower case, '' for any. */
export interface UtmRule {
	readonly source: string;
	readonly medium: string;
	readonly campaign: string;
	readonly channel: string;
	/** The tactic that such links belong to, or null. */
	readonly tacticId: string | null;
}

const rule = (source: string, medium: string, channelCode: string): UtmRule => ({
	source,
	medium,
	campaign: '',
	channel: channelCode,
	tacticId: null,
});
const mediums = (channelCode: string, ...list: readonly string[]): UtmRule[] => list.map((medium) => rule('', medium, channelCode));
const sources = (channelCode: string, ...list: readonly string[]): UtmRule[] => list.map((source) => rule(source, '', channelCode));

export const DEFAULT_UTM_RULES: readonly UtmRule[] = [
	...mediums('paid-search', 'cpc', 'ppc', 'sem', 'paid', 'paidsearch', 'paid-search', 'paid_search'),
	...mediums('paid-social', 'paidsocial', 'paid-social', 'paid_social'),
	...mediums('display', 'display', 'banner', 'cpm', 'ad', 'ads'),
	...mediums('mail', 'email', 'e-mail', 'mail', 'edm', 'newsletter'),
	...mediums('social', 'social', 'sns', 'social-media', 'social_media'),
	...mediums('wechat', 'wechat', 'weixin', '微信'),
	...mediums('fair', 'fair', 'tradefair', 'tradeshow', 'trade-show', 'exhibition', '展会'),
	...mediums('media', 'press', 'media'),
	...mediums('hotline', '400', 'hotline', 'phone'),
	...mediums('kol', 'kol', 'influencer'),
	...mediums('dealer', 'dealer', 'partner'),
	...mediums('referral', 'referral'),
	...mediums('search', 'organic'),
	...mediums('invitation', 'invitation'),
	...sources('mail', 'newsletter', 'edm'),
	...sources('wechat', 'wechat', 'weixin', '微信'),
	...sources('social', 'linkedin', 'xing', 'facebook', 'instagram', 'youtube', 'x', 'twitter', 'weibo', 'zhihu', 'douyin', 'bilibili', 'xiaohongshu'),
	...['linkedin', 'facebook', 'weibo', 'douyin', 'wechat', 'weixin'].flatMap((source) =>
		['cpc', 'ppc', 'paid'].map((medium) => rule(source, medium, 'paid-social')),
	),
];
