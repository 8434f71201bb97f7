import { choice, choices } from './choice.ts';
import { type Field, instant, line, localised, paragraph, slug, translations, type Words } from './field.ts';
import { references } from './reference.ts';

const STATUSES = [
	{ value: 'draft', label: ['Draft', '草稿'], colour: 'var(--theme--foreground-subdued)' },
	{ value: 'in_review', label: ['In review', '审核中'], colour: 'var(--theme--warning)' },
	{ value: 'published', label: ['Published', '已发布'], colour: 'var(--theme--success)' },
	{ value: 'archived', label: ['Archived', '已归档'], colour: 'var(--theme--danger)' },
] as const;

const LANGUAGES = [
	{ value: 'en', label: ['English', '英文'] },
	{ value: 'zh-CN', label: ['Chinese', '中文'] },
] as const;

const STAGES = [
	{ value: 'awareness', label: ['Awareness', '认知'] },
	{ value: 'consideration', label: ['Consideration', '比较'] },
	{ value: 'decision', label: ['Decision', '决策'] },
] as const;

const PUBLISH_NOTE: Words = ['Goes online at this moment; empty: at once', '到此时间上线，留空则立即上线'];
const UNPUBLISH_NOTE: Words = ['Goes offline at this moment; empty: never', '到此时间下线，留空则不下线'];

export const status = (): Field => choice('status', ['Status', '状态'], STATUSES, { tab: 'publish', isRequired: true, initial: 'draft' });

/** Moments of going online and offline. */
export const schedule = (): Field[] => [
	instant('publish_at', ['Publish at', '发布时间'], { tab: 'publish', isHalf: true, note: PUBLISH_NOTE }),
	instant('unpublish_at', ['Unpublish at', '下线时间'], { tab: 'publish', isHalf: true, note: UNPUBLISH_NOTE }),
];

/** Key, order, and who changed what when. Every collection but the junction has them. */
export const bookkeeping = (): Field[] => [
	hidden('id', 'uuid', { special: ['uuid'], readonly: true }, { is_primary_key: true, is_nullable: false }),
	hidden('sort', 'integer', {}),
	hidden('user_created', 'uuid', { special: ['user-created'], readonly: true, display: 'user', interface: 'select-dropdown-m2o' }),
	hidden('date_created', 'timestamp', { special: ['date-created'], readonly: true, display: 'datetime', interface: 'datetime' }),
	hidden('user_updated', 'uuid', { special: ['user-updated'], readonly: true, display: 'user', interface: 'select-dropdown-m2o' }),
	{ ...hidden('date_updated', 'timestamp', { special: ['date-updated'], readonly: true, display: 'datetime', interface: 'datetime' }) },
];

/** What each item with a page of its own has: title, address, texts for search engines, languages, terms and a preview key. */
export const pageFields = (): Field[] => [
	...bookkeeping(),
	hidden('preview_key', 'uuid', { special: ['uuid'], readonly: true }),
	slug(),
	...localised('title', ['Title', '标题'], line),
	...localised('summary', ['Summary', '摘要'], paragraph),
	status(),
	choices('languages', ['Languages', '发布语言'], LANGUAGES, { tab: 'publish' }),
	...schedule(),
	...localised('seo_title', ['Title for search engines', '搜索引擎标题'], line),
	...localised('seo_description', ['Description for search engines', '搜索引擎描述'], paragraph),
	terms('topics', ['Topics', '主题'], 'topic'),
	terms('industries', ['Industries', '行业'], 'industry'),
	terms('roles', ['Roles', '岗位'], 'role'),
];

export const stage = (): Field => choice('stage', ['Stage of the reader', '读者所处阶段'], STAGES, { initial: 'awareness' });

export const productReferences = (): Field => references('products', ['Products', '相关产品'], 'products', '{{part_number}} {{title_en}}');

export const author = (): Field[] => localised('author', ['Author', '作者'], line);

function terms(name: string, label: Words, kind: string): Field {
	return references(name, label, 'terms', '{{name_en}} {{name_zh}}', { kind: { _eq: kind } }, 'publish');
}

export function hidden(name: string, type: string, meta: Readonly<Record<string, unknown>>, schema: Readonly<Record<string, unknown>> = {}): Field {
	return { field: name, type, tab: 'none', schema, meta: { hidden: true, interface: 'input', translations: translations([name, name]), ...meta } };
}
