import { type Collection, workLists } from './collection.ts';
import { type Field, line, localised, markdown } from './field.ts';
import { inTab, section } from './group.ts';
import { hidden, pageFields } from './publishing.ts';
import { openFile, picture, reference } from './reference.ts';
import { flagColumn, localisedColumn, longColumn, repeater, textColumn } from './repeater.ts';
import { named, translations, type Words } from './words.ts';

const GALLERY_NOTE: Words = [
	'Dimension drawings and scenes, in the order in which they are shown. Describe each in its field “Description” for those who cannot see it.',
	'尺寸图与场景图，按显示顺序排列。请在文件的“描述”中写明图中内容，供看不到图片的读者使用。',
];

const gallery: Field = {
	field: 'gallery',
	type: 'alias',
	tab: 'files',
	section: 'pictures',
	schema: null,
	meta: {
		special: ['files'],
		interface: 'files',
		options: { template: '{{directus_files_id.$thumbnail}} {{directus_files_id.title}}' },
		translations: translations(['Gallery', '图库']),
		note: named(GALLERY_NOTE),
	},
	words: [GALLERY_NOTE],
};

const FIGURES = repeater(
	'figures',
	['The five figures that matter', '五项关键数据'],
	'{{name_en}}: {{value}} {{unit}}',
	[
		...localisedColumn('name', ['Name', '名称'], textColumn, { isRequired: true }),
		textColumn('value', ['Value', '数值'], { isRequired: true }),
		textColumn('unit', ['Unit', '单位'], { placeholder: 'N·m' }),
	],
	{
		note: ['Large, at the top of the page. Five, no more.', '以大字显示在页首，不超过五项。'],
		add: ['Add a figure', '添加数据'],
	},
);

const SPECS = repeater(
	'specs',
	['Specifications', '技术参数'],
	'{{group_en}} / {{name_en}}: {{value}} {{unit}}',
	[
		...localisedColumn('group', ['Group', '分组'], textColumn, { isRequired: true }),
		...localisedColumn('name', ['Name', '名称'], textColumn, { isRequired: true }),
		textColumn('value', ['Value', '数值'], { isRequired: true, placeholder: '4.99' }),
		textColumn('unit', ['Unit', '单位'], { placeholder: 'N·m' }),
		textColumn('value_zh', ['Value in Chinese', '中文数值'], {
			note: ['Only if the value is words, not a number.', '仅在数值为文字时填写。'],
		}),
		flagColumn('comparable', ['Comparison and filters', '对比与筛选'], ['Compare products by this', '用于产品对比'], {
			note: ['Give it the same group, name and unit in every product of the category.', '同一类别各产品的分组、名称与单位须一致。'],
		}),
	],
	{
		note: [
			'Rows with the same group stand together in one table. A range such as 10…200 and several ratings such as 5.5 / 7.5 are understood.',
			'分组相同的行合为一张表。可填写范围（10…200）或多个数值（5.5 / 7.5）。',
		],
		add: ['Add a row', '添加参数'],
	},
);

const FAQ = repeater(
	'faq',
	['Questions and answers', '常见问题与回答'],
	'{{question_en}}',
	[
		...localisedColumn('question', ['Question', '问题'], textColumn, { isRequired: true }),
		...localisedColumn('answer', ['Answer', '回答'], longColumn),
	],
	{ note: ['What customers ask before they order.', '客户订货前常问的问题。'], add: ['Add a question', '添加问题'] },
);

/** Products and the junction of their gallery: the one junction of the model. */
export const productCollections: readonly Collection[] = [
	{
		collection: 'products',
		isVersioned: true,
		label: ['Products', '产品'],
		note: ['One row for each part number with a page of its own.', '每个有独立页面的型号一行。'],
		icon: 'precision_manufacturing',
		group: 'catalogue',
		displayTemplate: '{{part_number}} {{title_en}}',
		previewPath: 'products',
		list: {
			columns: { drawing: 80, status: 90, part_number: 120, title_en: 300, title_zh: 260, category: 180, date_updated: 150 },
			hasPictures: true,
			bookmarks: workLists('title', 'summary', 'body'),
		},
		fields: [
			...pageFields(
				localised('tagline', ['In one line', '一句话说明'], line, {
					note: ['What it is: kind, size and the figure people look for.', '产品是什么：种类、规格与最受关注的数据。'],
				}),
				localised('body', ['Text', '正文'], markdown, {
					note: [
						'Where it fits, how it is built, what to watch when choosing. Headings from ### on.',
						'适用场合、结构特点、选型注意。标题从 ### 起。',
					],
				}),
				localised('price_note', ['Price or lead time', '价格或交期'], line, { icon: 'sell' }),
			),
			...section(
				'place_in_range',
				line('part_number', ['Part number', '型号'], {
					isHalf: true,
					isRequired: false,
					placeholder: 'HM2-071',
					icon: 'qr_code',
					note: ['As it is ordered. Readers copy it.', '订货型号，读者可直接复制。'],
				}),
				reference('category', ['Category', '类别'], 'categories', '{{name_en}} · {{name_zh}}', {
					note: [
						'The narrowest one that fits. Without a published category the product has no page.',
						'选择最具体的类别。所属类别未发布时，产品没有页面。',
					],
				}),
			),
			...section('figures', FIGURES),
			...section('questions', FAQ),
			...section('specifications', SPECS),
			...inTab(
				'files',
				section(
					'pictures',
					picture('drawing', ['Drawing', '产品图'], {
						note: ['The picture of the product in lists, on its page and in the brochure.', '用于列表、产品页与选型手册的主图。'],
					}),
					openFile('video', ['Film', '产品视频'], {
						note: ['WebM or MP4, under 20 MB, without spoken words that matter.', 'WebM 或 MP4，小于 20 MB；重要信息不应只在语音中。'],
					}),
					localised('video_title', ['Title of the film', '视频标题'], line, { tab: 'files' }),
					gallery,
				),
			),
		],
	},
	{
		collection: 'products_files',
		label: ['Gallery of products', '产品图库'],
		note: ['Joins products and files. Edited in the form of the product.', '连接产品与文件，在产品表单中编辑。'],
		icon: 'import_export',
		group: 'catalogue',
		displayTemplate: '{{directus_files_id.title}}',
		isHidden: true,
		fields: [
			hidden('id', 'integer', {}, { is_primary_key: true, has_auto_increment: true }),
			{
				...hidden('products_id', 'uuid', {}),
				relatesTo: {
					collection: 'products',
					onDelete: 'CASCADE',
					meta: { one_field: 'gallery', sort_field: 'sort', one_deselect_action: 'delete', junction_field: 'directus_files_id' },
				},
			},
			{
				...hidden('directus_files_id', 'uuid', {}),
				relatesTo: { collection: 'directus_files', onDelete: 'CASCADE', meta: { junction_field: 'products_id' } },
			},
			hidden('sort', 'integer', {}),
		],
	},
];
