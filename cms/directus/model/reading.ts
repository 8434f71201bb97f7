import { choice } from './choice.ts';
import { document, picture, reference } from './reference.ts';
import { type Collection, integer, line, localised, markdown, paragraph } from './field.ts';
import { author, pageFields, productReferences, stage } from './publishing.ts';
import {
	choiceColumn,
	fileColumn,
	itemColumn,
	itemsColumn,
	localisedColumn,
	longColumn,
	repeater,
	rowsColumn,
	tagsColumn,
	textColumn,
} from './repeater.ts';

const series = () => reference('series', ['Series', '系列'], 'terms', '{{name_en}}', { kind: { _eq: 'series' } });
const cover = () => picture('cover', ['Cover', '封面']);
const LIST = ['status', 'title_en', 'title_zh', 'publish_at', 'date_updated'];

/** White papers, cases, articles and landing pages. */
export const readingCollections: readonly Collection[] = [
	{
		collection: 'white_papers',
		label: ['White papers', '白皮书'],
		icon: 'description',
		group: 'reading',
		displayTemplate: '{{number}} {{title_en}}',
		previewPath: 'white-papers',
		columns: ['number', ...LIST],
		fields: [
			...pageFields(),
			line('number', ['Number', '编号'], { isHalf: true }),
			...localised('subtitle', ['Subtitle', '副标题']),
			repeater('findings', ['Findings', '主要结论'], '{{text_en}}', localisedColumn('text', ['Finding', '结论'], longColumn)),
			...localised('body', ['Pages, separated by a line of ---', '正文，各页以单独一行 --- 分隔'], markdown),
			integer('open_pages', ['Open pages', '公开页数'], { isHalf: true, initial: 2 }),
			integer('reading_minutes', ['Minutes to read', '阅读分钟数'], { isHalf: true, initial: 10 }),
			stage(),
			series(),
			...author(),
			productReferences(),
			cover(),
			document('pdf_en', ['Original, English (gated)', '英文原件（需登记）']),
			document('pdf_zh', ['Original, Chinese (gated)', '中文原件（需登记）']),
			reference('form', ['Form', '表单'], 'forms', '{{key}}'),
		],
	},
	{
		collection: 'cases',
		label: ['Cases', '应用案例'],
		icon: 'factory',
		group: 'reading',
		displayTemplate: '{{title_en}}',
		previewPath: 'cases',
		columns: LIST,
		fields: [
			...pageFields(),
			...localised('customer', ['Customer', '客户']),
			...localised('place', ['Place', '地点']),
			...localised('challenge', ['Challenge', '问题'], paragraph),
			...localised('body', ['Text', '正文'], markdown),
			repeater('results', ['Results', '成果'], '{{value}} {{unit}} {{label_en}}', [
				textColumn('value', ['Value', '数值']),
				textColumn('unit', ['Unit', '单位']),
				...localisedColumn('label', ['Label', '说明']),
			]),
			...localised('quote', ['Quote', '引言'], paragraph),
			...localised('quote_by', ['Who said it', '引言来源']),
			productReferences(),
			stage(),
			cover(),
		],
	},
	{
		collection: 'articles',
		label: ['Articles', '文章'],
		icon: 'article',
		group: 'reading',
		displayTemplate: '{{title_en}}',
		previewPath: 'articles',
		columns: LIST,
		fields: [
			...pageFields(),
			choice(
				'kind',
				['Kind', '类型'],
				[
					{ value: 'article', label: ['Article', '文章'] },
					{ value: 'news', label: ['News', '新闻'] },
					{ value: 'press', label: ['Press and endorsements', '媒体与评价'] },
				],
				{ isRequired: true, initial: 'article' },
			),
			...localised('body', ['Text', '正文'], markdown),
			...author(),
			productReferences(),
			series(),
			stage(),
			cover(),
		],
	},
	{
		collection: 'pages',
		label: ['Pages', '页面'],
		icon: 'web',
		group: 'reading',
		displayTemplate: '{{title_en}}',
		previewPath: 'pages',
		columns: LIST,
		fields: [
			...pageFields(),
			repeater('blocks', ['Blocks', '区块'], '{{kind}} {{title_en}}', [
				choiceColumn(
					'kind',
					['Kind', '类型'],
					[
						{ value: 'text', label: ['Text', '文字'] },
						{ value: 'figures', label: ['Figures', '数字'] },
						{ value: 'cards', label: ['Cards', '卡片'] },
						{ value: 'cta', label: ['Call to action', '行动按钮'] },
						{ value: 'quote', label: ['Quote', '引言'] },
						{ value: 'picture', label: ['Picture', '图片'] },
						{ value: 'video', label: ['Film', '视频'] },
						{ value: 'faq', label: ['Questions and answers', '常见问题'] },
						{ value: 'form', label: ['Form', '表单'] },
						{ value: 'products', label: ['Products', '产品'] },
						{ value: 'webinars', label: ['Webinars', '网络研讨会'] },
						{ value: 'steps', label: ['Steps', '步骤'] },
					],
				),
				textColumn('link', ['Link', '链接']),
				...localisedColumn('title', ['Title', '标题']),
				...localisedColumn('body', ['Text', '正文'], longColumn),
				...localisedColumn('label', ['Label or source', '按钮文字或来源']),
				tagsColumn('items', ['Cards, as type/slug', '卡片，格式为 类型/标识']),
				rowsColumn('figures', ['Figures', '数字'], '{{value}} {{unit}}', [
					textColumn('value', ['Value', '数值']),
					textColumn('unit', ['Unit', '单位']),
					...localisedColumn('label', ['Label', '说明']),
				]),
				fileColumn('file', ['Picture or film', '图片或视频']),
				fileColumn('poster', ['Still of the film', '视频封面']),
				rowsColumn('questions', ['Questions', '常见问题'], '{{question_en}}', [
					...localisedColumn('question', ['Question', '问题']),
					...localisedColumn('answer', ['Answer', '回答'], longColumn),
				]),
				itemColumn('form', ['Form', '表单'], 'forms', '{{key}}'),
				itemsColumn('products', ['Products', '产品'], 'products', '{{part_number}} {{title_en}}'),
				itemsColumn('webinars', ['Webinars', '网络研讨会'], 'webinars', '{{title_en}}'),
				rowsColumn('steps', ['Steps', '步骤'], '{{title_en}}', [
					...localisedColumn('title', ['Title', '标题']),
					...localisedColumn('body', ['Text', '正文'], longColumn),
				]),
			]),
		],
	},
];
