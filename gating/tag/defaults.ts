import type { LocalisedText } from '#cms/content.ts';

import { allOf, condition, type Conditions } from './condition.ts';

/** The upper level of the catalogue. */
export const TAG_GROUPS = ['firmographic', 'demographic', 'behavioural', 'preference', 'imported', 'predictive'] as const;
export type TagGroup = (typeof TAG_GROUPS)[number];

export interface DefaultTag {
	readonly code: string;
	readonly group: TagGroup;
	readonly name: LocalisedText;
	readonly rule: Conditions | null;
}

const named = (code: string, group: TagGroup, en: string, zh: string, rule: Conditions | null): DefaultTag => ({
	code,
	group,
	name: { en, 'zh-CN': zh },
	rule,
});
const READING = ['content.attention', 'download', 'document.open', 'video.play'];
const seniors = ['executive', 'head'];

/** Put on by what was learnt from decisions of sales, never by hand; see `gating/acceptance`. Score and stage do not ask for it. */
export const LIKELY_TAG = 'likely-accepted';

/** Tags that ship. Recency and frequency are worked out from what people do; of money nothing is known until there are deals. */
export const DEFAULT_TAGS: readonly DefaultTag[] = [
	named('customer', 'firmographic', 'Customer’s people', '客户企业', allOf(condition('account-status', { values: ['customer'] }))),
	named('partner', 'firmographic', 'Partner’s people', '合作伙伴', allOf(condition('account-status', { values: ['partner'] }))),
	named('competitor', 'firmographic', 'Competitor’s people', '竞争对手', allOf(condition('account-status', { values: ['competitor'] }))),
	named(
		'large-company',
		'firmographic',
		'250 employees and more',
		'250人以上企业',
		allOf(condition('account-size', { values: ['1000-4999', '250-999', '5000+'] })),
	),
	named('small-company', 'firmographic', 'Fewer than 50 employees', '50人以下企业', allOf(condition('account-size', { values: ['1-9', '10-49'] }))),
	named('no-company', 'firmographic', 'Company not known', '企业未知', allOf(condition('account', { isNot: true }))),
	named('engineer', 'demographic', 'Engineering', '工程技术', allOf(condition('role', { values: ['engineering'] }))),
	named('maintainer', 'demographic', 'Maintenance', '设备维护', allOf(condition('role', { values: ['maintenance'] }))),
	named('producer', 'demographic', 'Production', '生产制造', allOf(condition('role', { values: ['production'] }))),
	named('buyer', 'demographic', 'Purchasing', '采购', allOf(condition('role', { values: ['purchasing'] }))),
	named('decider', 'demographic', 'Heads and executives', '管理层', allOf(condition('seniority', { values: seniors }))),
	named('student', 'demographic', 'Student', '学生', allOf(condition('seniority', { values: ['student'] }))),
	named('active-7', 'behavioural', 'Active this week', '近7天活跃', allOf(condition('did', { days: 7 }))),
	named('active-30', 'behavioural', 'Active this month', '近30天活跃', allOf(condition('did', { days: 30 }))),
	named('quiet-90', 'behavioural', 'Quiet for 90 days', '90天无活动', allOf(condition('active', { isNot: true, days: 90 }))),
	named('frequent', 'behavioural', 'Ten acts in 30 days', '30天内10次以上行为', allOf(condition('did', { least: 10, days: 30 }))),
	named('reader', 'behavioural', 'Reads a lot', '深度阅读', allOf(condition('did', { values: READING, least: 3, days: 60 }))),
	named('downloader', 'behavioural', 'Downloads papers', '下载资料', allOf(condition('did', { values: ['download'], least: 2, days: 180 }))),
	named('webinar-guest', 'behavioural', 'Attends webinars', '参加网络研讨会', allOf(condition('webinar', { values: ['attended'], days: 365 }))),
	named('webinar-missed', 'behavioural', 'Missed a webinar', '报名未参会', allOf(condition('webinar', { values: ['missed'], days: 90 }))),
	named('asked-price', 'preference', 'Asked for a price', '询价', allOf(condition('did', { values: ['form.submitted'], about: 'quote', days: 365 }))),
	named('used-offer', 'preference', 'Claimed an offer', '领取优惠', allOf(condition('did', { values: ['offer.claimed'], days: 365 }))),
	named('product-minded', 'preference', 'Looks at products', '关注产品', allOf(condition('did', { about: 'products', least: 3, days: 90 }))),
	named('key-account', 'preference', 'Key account', '重点客户', null),
	named('met-in-person', 'imported', 'Met in person', '线下见过', null),
	named(LIKELY_TAG, 'predictive', 'Likely to be accepted', '销售接受可能性高', null),
];

/** How often content of a topic is taken up, and in how many days, before somebody is said to prefer it. */
const TOPIC_TIMES = 3;
const TOPIC_DAYS = 180;

/** A tag for each topic that content has: who came back to it. */
export function topicTags(topics: readonly { readonly slug: string; readonly name: LocalisedText }[]): DefaultTag[] {
	return topics.map(({ slug, name }) =>
		named(
			`topic-${slug}`,
			'preference',
			name.en,
			name['zh-CN'],
			allOf(condition('did', { about: `topic:${slug}`, least: TOPIC_TIMES, days: TOPIC_DAYS })),
		),
	);
}
