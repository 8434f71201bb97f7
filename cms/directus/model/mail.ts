import type { Choice } from './choice.ts';
import type { Collection } from './collection.ts';
import { line, localised, slug } from './field.ts';
import { section } from './group.ts';
import { bookkeeping, status } from './publishing.ts';
import {
	choiceColumn,
	type Column,
	fileColumn,
	itemColumn,
	localisedColumn,
	longColumn,
	numberColumn,
	onlyWhere,
	repeater,
	tagsColumn,
	textColumn,
} from './repeater.ts';

const KINDS: readonly Choice[] = [
	{ value: 'text', label: ['Text', '文字'], icon: 'notes' },
	{ value: 'picture', label: ['Picture', '图片'], icon: 'image' },
	{ value: 'button', label: ['Button', '按钮'], icon: 'smart_button' },
	{ value: 'pick', label: ['Content chosen for the reader', '为读者选取的内容'], icon: 'auto_awesome' },
];

const BLOCK_COLUMNS: readonly Column[] = [
	choiceColumn('kind', ['Kind', '类型'], KINDS, {
		width: 'full',
		isRequired: true,
		note: ['Choose this first: the fields below follow it.', '请先选择类型，下方字段随之变化。'],
	}),
	...onlyWhere('kind', ['text', 'picture', 'pick'], localisedColumn('title', ['Heading, or what the picture shows', '标题，或图片说明'])),
	...onlyWhere(
		'kind',
		['text'],
		localisedColumn('body', ['Text', '正文'], longColumn, {
			note: [
				'Paragraphs, **bold**, [words](link) and lines that begin with “- ”. Fields such as {{person.company|your plant}}; no HTML.',
				'支持段落、**加粗**、[文字](链接) 与以“- ”开头的列表。可用字段，如 {{person.company|贵公司}}；不支持 HTML。',
			],
		}),
	),
	...onlyWhere('kind', ['button'], localisedColumn('label', ['Words on the button', '按钮文字'])),
	...onlyWhere('kind', ['picture'], fileColumn('file', ['Picture', '图片'])),
	...onlyWhere(
		'kind',
		['button', 'picture'],
		textColumn('link', ['Link', '链接'], {
			width: 'full',
			placeholder: '/library',
			note: [
				'A page of this site starts with /; or {{webinar.url}}, {{topic.url}}, {{preferences.url}}.',
				'本站页面以 / 开头，也可填写 {{webinar.url}}、{{topic.url}}、{{preferences.url}}。',
			],
		}),
	),
	...onlyWhere('kind', ['pick'], itemColumn('slot', ['Slot', '推荐位'], 'slots', '{{name_en}}'), numberColumn('count', ['Pieces', '条数'])),
	tagsColumn('audience', ['Only for', '面向'], {
		placeholder: 'maintenance',
		note: [
			'Industries, roles, awareness, consideration, decision, country:DE or segment:its name; one must fit. Empty: everybody.',
			'行业、岗位、awareness、consideration、decision、country:DE 或“segment:分群名称”，符合其一即可。留空表示所有人。',
		],
	}),
];

/** Templates of mailings and journeys. */
export const mailCollections: readonly Collection[] = [
	{
		collection: 'mail_templates',
		label: ['Mail templates', '邮件模板'],
		note: ['The mails that mailings and journeys send, in both languages.', '邮件群发与客户旅程使用的邮件，含两种语言。'],
		icon: 'mail',
		group: 'steering',
		displayTemplate: '{{name_en}}',
		list: { columns: { status: 90, name_en: 240, name_zh: 200, subject_en: 300, slug: 180 } },
		fields: [
			...bookkeeping(),
			...localised('name', ['Name', '名称'], line, { tab: 'top' }),
			slug('slug', ['Key', '标识'], ['Mailings and journeys name it by this: do not change it.', '群发与旅程以此引用模板，请勿更改。']),
			status(),
			...section(
				'text',
				localised('subject', ['Subject', '主题'], line, {
					tab: 'main',
					note: ['Up to 60 characters; fields such as {{topic|drives}} are allowed.', '中文不超过 30 字；可用字段，如 {{topic|驱动}}。'],
				}),
				localised('preheader', ['Preview line', '预览文字'], line, {
					tab: 'main',
					note: ['What mail programs show beside the subject.', '邮件程序在主题旁显示的文字。'],
				}),
			),
			...section(
				'mail_blocks',
				repeater('blocks', ['Blocks', '区块'], '{{kind}} · {{title_en}}{{label_en}}', BLOCK_COLUMNS, {
					note: [
						'The mail from top to bottom; greeting, signature and foot come by themselves. An unknown field or HTML keeps the whole template from being sent.',
						'邮件自上而下的内容；称呼、署名与页脚自动添加。含未知字段或 HTML 的模板不会发送。',
					],
					add: ['Add a block', '添加区块'],
				}),
			),
		],
	},
];
