import type { Choice } from './choice.ts';
import { type Collection, workLists } from './collection.ts';
import { section } from './group.ts';
import { pageFields } from './publishing.ts';
import {
	choiceColumn,
	type Column,
	fileColumn,
	itemColumn,
	itemsColumn,
	localisedColumn,
	longColumn,
	onlyWhere,
	repeater,
	rowsColumn,
	tagsColumn,
	textColumn,
} from './repeater.ts';

const KINDS: readonly Choice[] = [
	{ value: 'text', label: ['Text', '文字'], icon: 'notes' },
	{ value: 'figures', label: ['Figures', '数字'], icon: 'tag' },
	{ value: 'cards', label: ['Cards', '卡片'], icon: 'view_module' },
	{ value: 'slot', label: ['Slot', '推荐位'], icon: 'dashboard' },
	{ value: 'products', label: ['Products', '产品'], icon: 'precision_manufacturing' },
	{ value: 'webinars', label: ['Webinars', '网络研讨会'], icon: 'videocam' },
	{ value: 'steps', label: ['Steps', '步骤'], icon: 'format_list_numbered' },
	{ value: 'faq', label: ['Questions and answers', '常见问题'], icon: 'help' },
	{ value: 'quote', label: ['Quote', '引言'], icon: 'format_quote' },
	{ value: 'picture', label: ['Picture', '图片'], icon: 'image' },
	{ value: 'video', label: ['Film', '视频'], icon: 'movie' },
	{ value: 'form', label: ['Form', '表单'], icon: 'list_alt' },
	{ value: 'cta', label: ['Call to action', '行动按钮'], icon: 'ads_click' },
];

/** Only the columns that a block of the chosen kind has are shown. */
const BLOCK_COLUMNS: readonly Column[] = [
	choiceColumn('kind', ['Kind', '类型'], KINDS, {
		width: 'full',
		isRequired: true,
		note: ['Choose this first: the fields below follow it.', '请先选择类型，下方字段随之变化。'],
	}),
	...onlyWhere(
		'kind',
		KINDS.map(({ value }) => value).filter((kind) => kind !== 'quote'),
		localisedColumn('title', ['Heading', '标题']),
	),
	...onlyWhere('kind', ['text', 'cta', 'quote', 'video', 'form', 'products', 'webinars'], localisedColumn('body', ['Text', '正文'], longColumn)),
	...onlyWhere('kind', ['cta', 'quote'], localisedColumn('label', ['Words on the button, or who said it', '按钮文字，或引言来源'])),
	...onlyWhere(
		'kind',
		['cta'],
		textColumn('link', ['Link of the button', '按钮链接'], {
			width: 'full',
			placeholder: '/quote',
			note: ['A page of this site starts with /, another with https://', '本站页面以 / 开头，外部网址以 https:// 开头'],
		}),
	),
	...onlyWhere(
		'kind',
		['cards'],
		tagsColumn('items', ['Cards', '卡片'], {
			placeholder: 'white-papers/my-paper',
			note: ['Type and address part, or the address of the page. Enter after each one.', '填写“类型/标识”或页面网址，每项后按回车。'],
		}),
	),
	...onlyWhere(
		'kind',
		['figures'],
		rowsColumn('figures', ['Figures', '数字'], '{{value}} {{unit}} {{label_en}}', [
			textColumn('value', ['Value', '数值'], { isRequired: true }),
			textColumn('unit', ['Unit', '单位']),
			...localisedColumn('label', ['What it counts', '含义']),
		]),
	),
	...onlyWhere(
		'kind',
		['picture', 'video'],
		fileColumn('file', ['Picture or film', '图片或视频'], {
			note: ['Upload it to the public folder first, then choose it here.', '请先上传到“公开”文件夹，再在此选择。'],
		}),
	),
	...onlyWhere('kind', ['video'], fileColumn('poster', ['Picture before the film starts', '视频封面'])),
	...onlyWhere(
		'kind',
		['faq'],
		rowsColumn('questions', ['Questions', '常见问题'], '{{question_en}}', [
			...localisedColumn('question', ['Question', '问题']),
			...localisedColumn('answer', ['Answer', '回答'], longColumn),
		]),
	),
	...onlyWhere('kind', ['slot'], itemColumn('slot', ['Slot', '推荐位'], 'slots', '{{name_en}} · {{name_zh}}')),
	...onlyWhere('kind', ['form'], itemColumn('form', ['Form', '表单'], 'forms', '{{key}}: {{title_en}}')),
	...onlyWhere('kind', ['products'], itemsColumn('products', ['Products', '产品'], 'products', '{{part_number}} {{title_en}}')),
	...onlyWhere(
		'kind',
		['webinars'],
		itemsColumn('webinars', ['Webinars', '网络研讨会'], 'webinars', '{{title_en}}', {
			note: ['None: the next ones.', '不选则显示近期场次。'],
		}),
	),
	...onlyWhere(
		'kind',
		['steps'],
		rowsColumn('steps', ['Steps', '步骤'], '{{title_en}}', [
			...localisedColumn('title', ['Title', '标题']),
			...localisedColumn('body', ['Text', '正文'], longColumn),
		]),
	),
	...onlyWhere(
		'kind',
		KINDS.map(({ value }) => value).filter((kind) => kind !== 'form'),
		tagsColumn('audience', ['Only for', '面向'], {
			placeholder: 'maintenance',
			note: [
				'Shown instead of the nearest block above that is for everybody. Address parts of industries and roles, awareness, consideration, decision, country:DE or segment:its name; one must fit.',
				'对符合者，替代上方最近的一个面向所有人的区块。填写行业与岗位的标识、awareness、consideration、decision、country:DE 或“segment:分群名称”，符合其一即可。',
			],
		}),
	),
];

/** Landing pages and the pages that every site has. */
export const pageCollections: readonly Collection[] = [
	{
		collection: 'pages',
		label: ['Pages', '页面'],
		note: ['Landing pages, put together from blocks.', '由区块组成的落地页。'],
		icon: 'web',
		group: 'reading',
		displayTemplate: '{{title_en}}',
		previewPath: 'pages',
		list: {
			columns: { status: 90, title_en: 320, title_zh: 280, slug: 180, publish_at: 150, date_updated: 150 },
			bookmarks: workLists('title', 'summary'),
		},
		fields: [
			...pageFields(),
			...section(
				'blocks',
				repeater('blocks', ['Blocks', '区块'], '{{kind}} · {{title_en}}', BLOCK_COLUMNS, {
					note: [
						'The page from top to bottom. Drag to order. A block that cannot be shown is left out and listed in the console under Content.',
						'页面自上而下的内容，可拖动排序。无法显示的区块会被略去，并列在控制台“内容”中。',
					],
					add: ['Add a block', '添加区块'],
				}),
			),
		],
	},
];
