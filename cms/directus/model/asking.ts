import { FIELD_KINDS } from '../../content.ts';
import { choice, choices, type Choice } from './choice.ts';
import type { Collection } from './collection.ts';
import { line, localised, notice, paragraph, slug } from './field.ts';
import { section } from './group.ts';
import { bookkeeping, status } from './publishing.ts';
import { choiceColumn, flagColumn, localisedColumn, onlyWhere, repeater, rowsColumn, textColumn } from './repeater.ts';
import type { Words } from './words.ts';

const FIELD_KIND_WORDS: Readonly<Record<(typeof FIELD_KINDS)[number], Words>> = {
	text: ['Line of text', '单行文字'],
	mail: ['Mail address', '邮箱'],
	company: ['Company, with suggestions', '公司（带提示）'],
	'job-title': ['Job title, with suggestions', '职务（带提示）'],
	phone: ['Phone, with its country', '电话（含国家或地区）'],
	select: ['One of a list', '单选'],
	multi: ['Several of a list', '多选'],
	checkbox: ['Checkbox', '勾选'],
	'free-text': ['Free text', '多行文字'],
	channel: ['Hidden: where the visit came from', '隐藏：访问来源'],
};

const PURPOSES: readonly Choice[] = [
	{ value: 'necessary', label: ['Necessary: to answer the request', '必需：处理请求'] },
	{ value: 'analytics', label: ['Analytics', '统计分析'] },
	{ value: 'personalisation', label: ['Personalisation', '个性化'] },
	{ value: 'profiling', label: ['Profiling: the lead score', '画像：线索评分'] },
	{ value: 'marketing.email', label: ['News by mail', '邮件资讯'] },
	{ value: 'marketing.sms', label: ['News by text message', '短信资讯'] },
	{ value: 'marketing.phone', label: ['Calls', '电话联系'] },
	{ value: 'dealers', label: ['Passing on to dealers', '提供给经销商'] },
	{ value: 'abroad', label: ['Transfer abroad', '向境外提供'] },
];

const FIELDS = repeater(
	'fields',
	['Fields', '字段'],
	'{{name}} · {{kind}} · {{label_en}}',
	[
		textColumn('name', ['Name', '字段名'], {
			isRequired: true,
			placeholder: 'company',
			note: [
				'Known names: name, email, company, jobTitle, phone, region, industry, message. Others are kept as answers. Each name once.',
				'已知字段：name、email、company、jobTitle、phone、region、industry、message；其他名称作为回答保存。名称不可重复。',
			],
		}),
		choiceColumn(
			'kind',
			['Kind', '类型'],
			FIELD_KINDS.map((kind) => ({ value: kind, label: FIELD_KIND_WORDS[kind] })),
			{ isRequired: true },
		),
		...localisedColumn('label', ['Label', '标签'], textColumn, { isRequired: true }),
		...localisedColumn('help', ['Help', '提示']),
		flagColumn('required', ['Required', '必填'], ['Must be filled in', '必须填写']),
		textColumn('autocomplete', ['Autocomplete', '自动填充'], {
			placeholder: 'organization',
			note: [
				'What browsers fill in: name, email, organization, organization-title, tel.',
				'浏览器自动填充：name、email、organization、organization-title、tel。',
			],
		}),
		...onlyWhere(
			'kind',
			['select', 'multi'],
			rowsColumn(
				'options',
				['Options', '选项'],
				'{{label_en}}',
				[textColumn('value', ['Value', '值'], { isRequired: true }), ...localisedColumn('label', ['Label', '标签'])],
				{ note: ['A field named industry without options offers the industries of the site.', '名为 industry 且无选项的字段会列出本站行业。'] },
			),
		),
		choiceColumn(
			'rule_effect',
			['Condition', '条件'],
			[
				{ value: 'show', label: ['Ask only if another field has an answer', '仅当另一字段有答案时询问'] },
				{ value: 'require', label: ['Require if another field has an answer', '当另一字段有答案时必填'] },
			],
			{ note: ['Leave empty to ask in any case.', '留空则始终询问。'] },
		),
		...onlyWhere(
			'rule_effect',
			['show', 'require'],
			textColumn('rule_field', ['Name of the other field', '另一字段的名称'], {
				placeholder: 'industry',
				note: ['A field of this form that stands before this one.', '须为本表单中排在此字段之前的字段。'],
			}),
			textColumn('rule_values', ['Answers', '答案'], {
				placeholder: 'packaging, other',
				note: ['Values of its options, separated by commas; empty: any answer.', '选项的值，以逗号分隔；留空表示任意答案。'],
			}),
		),
	],
	{
		note: [
			'In this order. People are asked only for what is not yet known of them, so put the most important first.',
			'按此顺序显示。已知的信息不会重复询问，请把最重要的放在前面。',
		],
		add: ['Add a field', '添加字段'],
	},
);

/** What visitors are asked, and what they agree to. */
export const askingCollections: readonly Collection[] = [
	{
		collection: 'forms',
		label: ['Forms', '表单'],
		note: ['What is asked before a paper, a seat or a quote.', '获取白皮书、席位或报价前须填写的内容。'],
		icon: 'list_alt',
		group: 'steering',
		displayTemplate: '{{key}}: {{title_en}}',
		list: { columns: { status: 90, key: 180, title_en: 280, title_zh: 240, date_updated: 150 } },
		fields: [
			...bookkeeping(),
			...localised('title', ['Title', '标题'], line, { tab: 'top' }),
			slug('key', ['Key', '标识'], ['Papers, webinars and the site name the form by it.', '白皮书、研讨会与网站以此引用该表单。']),
			status(),
			...localised('intro', ['Introduction', '说明'], paragraph, {
				note: ['What one gets and what happens with the data.', '可获得什么，信息如何使用。'],
			}),
			...localised('submit', ['Button', '按钮'], line, { note: ['A verb: “Send me the paper”.', '使用动词，例如“获取白皮书”。'] }),
			...section(
				'asked',
				FIELDS,
				choices('consents', ['Consents offered', '提供的同意项'], PURPOSES, {
					note: [
						'Each is a separate box, never ticked beforehand. Their words are under Consent texts.',
						'每项单独勾选，从不预先选中。文字在“同意书文本”中修改。',
					],
				}),
				choice(
					'mail_rule',
					['Free-mail and disposable addresses', '免费邮箱与一次性邮箱'],
					[
						{ value: 'allow', label: ['Allow', '接受'] },
						{ value: 'ask', label: ['Ask for a work address', '请改用工作邮箱'] },
						{ value: 'refuse', label: ['Refuse both', '均不接受'] },
					],
					{
						isRequired: true,
						initial: 'ask',
						note: [
							'Addresses of public mail services, such as gmail.com or qq.com. Unless refused, leads with disposable addresses wait in the quarantine.',
							'公共邮箱（如 qq.com、gmail.com）的处理方式。除“均不接受”外，使用一次性邮箱的线索会进入隔离区。',
						],
					},
				),
			),
		],
	},
	{
		collection: 'consents',
		isVersioned: true,
		label: ['Consent texts', '同意书文本'],
		note: ['The words people agree to; each change is kept as a new version.', '用户同意的文字；每次修改都会保留为新版本。'],
		icon: 'handshake',
		group: 'steering',
		displayTemplate: '{{purpose}}',
		list: { columns: { status: 90, purpose: 240, title_en: 320, title_zh: 280, date_updated: 150 } },
		fields: [
			...bookkeeping(),
			choice('purpose', ['Purpose', '用途'], PURPOSES, { tab: 'top', isRequired: true, note: ['One text for each purpose.', '每个用途一份文本。'] }),
			status(),
			...section(
				'text',
				notice(
					'consent_notice',
					[
						'Who agreed before keeps the words they read. New words count for those who agree from now on. Have a lawyer read them.',
						'此前同意者以当时的文字为准，新文字仅适用于之后同意的人。请由法务审阅。',
					],
					'info',
				),
				localised('title', ['Sentence beside the box', '勾选项文字'], paragraph, { tab: 'main' }),
				localised('text', ['Full text', '完整文本'], paragraph, {
					tab: 'main',
					note: ['What, why, how long, who else, how to stop.', '内容、目的、期限、接收方、撤回方式。'],
				}),
			),
		],
	},
];
