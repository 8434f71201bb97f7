import type { Field } from './field.ts';
import type { Words } from './words.ts';

/**
 * Where a field stands in the form: above the tabs, in one of them, or nowhere (`none`: hidden). A collection without fields of a
 * language has no tabs: its form is one page.
 */
export type Tab = 'top' | 'main' | 'en' | 'zh' | 'files' | 'publish' | 'none';

export const tabs: readonly { readonly tab: Exclude<Tab, 'top' | 'none'>; readonly label: Words }[] = [
	{ tab: 'main', label: ['Content', '内容'] },
	{ tab: 'en', label: ['English', 'English'] },
	{ tab: 'zh', label: ['中文', '中文'] },
	{ tab: 'files', label: ['Files', '文件'] },
	{ tab: 'publish', label: ['Publishing and SEO', '发布与 SEO'] },
];

/** Headings of the forms, each with its symbol. */
export const SECTIONS = {
	number: { label: ['Number, length and series', '编号、篇幅与系列'], icon: 'tag' },
	place_in_range: { label: ['Place in the range', '所属类别'], icon: 'category' },
	figures: { label: ['Figures at the top', '页首数据'], icon: 'tag' },
	specifications: { label: ['Specifications', '技术参数'], icon: 'table_chart' },
	questions: { label: ['Questions', '常见问题'], icon: 'help' },
	customer: { label: ['Results', '成果'], icon: 'trending_up' },
	time: { label: ['Time and seats', '时间与席位'], icon: 'event' },
	programme: { label: ['Programme', '议程与互动'], icon: 'list_alt' },
	belongs: { label: ['Belongs together', '关联内容'], icon: 'hub' },
	afterwards: { label: ['Afterwards', '会后'], icon: 'task_alt' },
	blocks: { label: ['Blocks of the page', '页面区块'], icon: 'view_agenda' },
	mail_blocks: { label: ['Blocks of the mail', '邮件区块'], icon: 'view_agenda' },
	pictures: { label: ['Pictures and film', '图片与视频'], icon: 'image' },
	originals: { label: ['Files behind the form', '需登记的文件'], icon: 'lock' },
	state: { label: ['Time and languages', '时间与语言'], icon: 'schedule' },
	readers: { label: ['For whom', '面向读者'], icon: 'group' },
	search: { label: ['Search engines', '搜索引擎'], icon: 'travel_explore' },
	text: { label: ['Text', '文字'], icon: 'notes' },
	document: { label: ['Document', '文档'], icon: 'description' },
	terms: { label: ['Conditions', '条件'], icon: 'gavel' },
	coupons: { label: ['Coupons and dealers', '优惠码与经销商'], icon: 'confirmation_number' },
	address: { label: ['Address', '地址'], icon: 'location_on' },
	contact: { label: ['Contact', '联系方式'], icon: 'call' },
	sells: { label: ['What they sell', '经销范围'], icon: 'inventory_2' },
	asked: { label: ['What the form asks', '表单内容'], icon: 'checklist' },
	choice: { label: ['What is chosen by itself', '自动选取'], icon: 'auto_awesome' },
	pins: { label: ['What is set by hand', '手动指定'], icon: 'push_pin' },
	rule: { label: ['Rule', '规则'], icon: 'manage_search' },
	company: { label: ['Company', '公司'], icon: 'business' },
	home: { label: ['Home page', '首页'], icon: 'home' },
	privacy: { label: ['Privacy and competitors', '隐私与竞争对手'], icon: 'shield' },
} as const satisfies Readonly<Record<string, { readonly label: Words; readonly icon: string }>>;

export type Section = keyof typeof SECTIONS;

/** Puts fields under a heading, in whatever tab they are. */
export function section(name: Section, ...fields: readonly (Field | readonly Field[])[]): Field[] {
	return fields.flat().map((field) => ({ ...field, section: name }));
}

/** Puts fields into a tab. */
export function inTab(tab: Tab, ...fields: readonly (Field | readonly Field[])[]): Field[] {
	return fields.flat().map((field) => ({ ...field, tab }));
}
