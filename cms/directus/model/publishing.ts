import { choice, choices } from './choice.ts';
import { type Field, instant, line, localised, paragraph, slug } from './field.ts';
import { inTab, section, type Tab } from './group.ts';
import { references } from './reference.ts';
import { translations, type Words } from './words.ts';

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
	{ value: 'awareness', label: ['Awareness: notices the problem', '认知：发现问题'] },
	{ value: 'consideration', label: ['Consideration: compares ways', '比较：对比方案'] },
	{ value: 'decision', label: ['Decision: chooses a supplier', '决策：选定供应商'] },
] as const;

const STATUS_NOTE: Words = ['Only what is Published reaches the site, within seconds.', '只有“已发布”的内容会在数秒内出现在网站上。'];
const PUBLISH_NOTE: Words = [
	'With the status Published it goes online at this moment; empty: at once. It is also the date readers see.',
	'状态为“已发布”时，到此时间上线；留空则立即上线。读者看到的日期即为此时间。',
];
const UNPUBLISH_NOTE: Words = [
	'Goes offline at this moment; empty: never. Must be later than “Publish at”.',
	'到此时间下线；留空则不下线。须晚于“发布时间”。',
];
const LANGUAGES_NOTE: Words = [
	'Readers of the other language do not see the item. Nothing ticked: every language that has a title.',
	'未勾选语言的读者看不到此内容。全部不勾选时，凡有标题的语言均发布。',
];
const TITLE_NOTE: Words = [
	'What a search engine shows as the headline, up to 60 characters. Empty: the title.',
	'搜索结果中显示的标题，中文不超过 30 字。留空则使用标题。',
];
const DESCRIPTION_NOTE: Words = [
	'The two lines below it, up to 155 characters. Empty: the summary.',
	'搜索结果标题下的说明，中文不超过 75 字。留空则使用摘要。',
];
const SUMMARY_NOTE: Words = ['One or two sentences for cards, lists and search results. Plain text.', '一两句话，用于卡片、列表与搜索结果。纯文本。'];
const TERMS_NOTES: Readonly<Record<'topic' | 'industry' | 'role', Words>> = {
	topic: ['What it is about: for filters, related content and recommendations.', '内容主题，用于筛选、关联内容与推荐。'],
	industry: ['Empty: of use to every industry.', '留空表示适用于所有行业。'],
	role: ['Whose work it helps. Empty: everybody’s.', '面向的岗位。留空表示面向所有人。'],
};

export const status = (): Field =>
	choice('status', ['Status', '状态'], STATUSES, { tab: 'top', isRequired: true, initial: 'draft', note: STATUS_NOTE, icon: 'flag' });

/** Moments of going online and offline. */
export const schedule = (tab: Tab = 'publish'): Field[] =>
	section(
		'state',
		instant('publish_at', ['Publish at', '发布时间'], { tab, isHalf: true, note: PUBLISH_NOTE }),
		instant('unpublish_at', ['Unpublish at', '下线时间'], { tab, isHalf: true, note: UNPUBLISH_NOTE }),
	);

/** Key, order, and who changed what when. Every collection but the junction has them. */
export const bookkeeping = (): Field[] => [
	hidden('id', 'uuid', { special: ['uuid'], readonly: true }, { is_primary_key: true, is_nullable: false }),
	hidden('sort', 'integer', {}),
	hidden('user_created', 'uuid', { special: ['user-created'], readonly: true, display: 'user', interface: 'select-dropdown-m2o' }, {}, [
		'Created by',
		'创建人',
	]),
	hidden('date_created', 'timestamp', { special: ['date-created'], readonly: true, ...MOMENT }, {}, ['Created', '创建时间']),
	hidden('user_updated', 'uuid', { special: ['user-updated'], readonly: true, display: 'user', interface: 'select-dropdown-m2o' }, {}, [
		'Changed by',
		'修改人',
	]),
	hidden('date_updated', 'timestamp', { special: ['date-updated'], readonly: true, ...MOMENT }, {}, ['Changed', '修改时间']),
];

const MOMENT = { interface: 'datetime', display: 'datetime', display_options: { relative: true } } as const;

/**
 * What each item with a page of its own has. Above the tabs: title, address and status; in them: summary and `texts` of the languages,
 * and publishing, readers and search engines at the end.
 */
export const pageFields = (...texts: readonly (readonly Field[])[]): Field[] => [
	...bookkeeping(),
	hidden('preview_key', 'uuid', { special: ['uuid'], readonly: true }),
	...localised('title', ['Title', '标题'], line, { tab: 'top' }),
	slug(),
	status(),
	...localised('summary', ['Summary', '摘要'], paragraph, { note: SUMMARY_NOTE }),
	...texts.flat(),
	...schedule(),
	...section('state', choices('languages', ['Languages', '发布语言'], LANGUAGES, { tab: 'publish', note: LANGUAGES_NOTE })),
	...section(
		'readers',
		terms('topics', ['Topics', '主题'], 'topic'),
		terms('industries', ['Industries', '行业'], 'industry'),
		terms('roles', ['Roles', '岗位'], 'role'),
	),
	...section(
		'search',
		localised('seo_title', ['Title for search engines', '搜索引擎标题'], line, { tab: 'publish', note: TITLE_NOTE, icon: 'search' }),
		localised('seo_description', ['Description for search engines', '搜索引擎描述'], paragraph, { tab: 'publish', note: DESCRIPTION_NOTE }),
	),
];

/** How far the reader is; stands with the readers. */
export const stage = (): Field[] =>
	section(
		'readers',
		inTab(
			'publish',
			choice('stage', ['Stage of the reader', '读者所处阶段'], STAGES, {
				initial: 'awareness',
				note: ['Recommendations follow it, and sales see it.', '推荐内容据此安排，销售人员可见。'],
			}),
		),
	);

export const productReferences = (note: Words): Field =>
	references('products', ['Products', '相关产品'], 'products', '{{part_number}} {{title_en}}', { note });

/** Under the reader's eyes where the item names them. */
export const PRODUCTS_NOTE: Words = [
	'Shown beside the text; their pages show this item in return. Drag to order.',
	'显示在正文旁；这些产品的页面也会显示此内容。可拖动排序。',
];

export const author = (): Field[] =>
	localised('author', ['Author', '作者'], line, {
		icon: 'person',
		note: ['Name and function, as readers shall see it.', '读者看到的姓名与职务。'],
	});

function terms(name: string, label: Words, kind: keyof typeof TERMS_NOTES): Field {
	return references(name, label, 'terms', '{{name_en}} · {{name_zh}}', {
		filter: { kind: { _eq: kind } },
		tab: 'publish',
		note: TERMS_NOTES[kind],
	});
}

export function hidden(
	name: string,
	type: string,
	meta: Readonly<Record<string, unknown>>,
	schema: Readonly<Record<string, unknown>> = {},
	label: Words = [name, name],
): Field {
	return {
		field: name,
		type,
		tab: 'none',
		section: null,
		schema,
		meta: { hidden: true, interface: 'input', translations: translations(label), ...meta },
		words: [],
	};
}
