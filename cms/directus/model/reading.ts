import { choice } from './choice.ts';
import { type Collection, type CollectionList, workLists } from './collection.ts';
import { type Field, integer, line, localised, markdown, notice, paragraph } from './field.ts';
import { inTab, section } from './group.ts';
import { author, pageFields, productReferences, PRODUCTS_NOTE, stage } from './publishing.ts';
import { document, picture, reference } from './reference.ts';
import { localisedColumn, longColumn, repeater, textColumn } from './repeater.ts';
import type { Words } from './words.ts';

const MARKDOWN_NOTE: Words = [
	'Headings from ## on, tables and lists as Markdown. HTML is shown as text.',
	'使用 Markdown 书写标题（从 ## 起）、表格与列表。HTML 会按文字显示。',
];
const PAGES_NOTE: Words = [
	'A line of exactly --- begins a new page. Start each page with ## and its title. A figure is a block ```figure … ``` with its points.',
	'单独一行 --- 表示换页，每页以 ## 标题开头。图表写在 ```figure … ``` 代码块中，内含数据点。',
];
const COVER_NOTE: Words = ['Shown in lists and when the page is shared. Lies in the public folder.', '用于列表与分享。文件存放在“公开”文件夹。'];

export const series = (): Field =>
	reference('series', ['Series', '系列'], 'terms', '{{name_en}} · {{name_zh}}', {
		filter: { kind: { _eq: 'series' } },
		note: ['Pieces of one series share their colour and a page.', '同一系列的内容使用同一颜色，并有共同的页面。'],
	});

export const cover = (): Field[] => inTab('files', section('pictures', picture('cover', ['Cover', '封面'], { note: COVER_NOTE })));

export const form = (fallback: string): Field =>
	reference('form', ['Form', '表单'], 'forms', '{{key}}: {{title_en}}', {
		note: [`What readers are asked before they go on. Empty: ${fallback}.`, `读者继续之前须填写的表单。留空则使用 ${fallback}。`],
	});

const list = (first: Readonly<Record<string, number | null>> = {}): CollectionList => ({
	columns: { cover: 80, status: 90, ...first, title_en: 320, title_zh: 280, publish_at: 150, date_updated: 150 },
	sort: '-publish_at',
	hasPictures: true,
	bookmarks: workLists('title', 'summary', 'body'),
});

/** White papers, cases and articles. */
export const readingCollections: readonly Collection[] = [
	{
		collection: 'white_papers',
		label: ['White papers', '白皮书'],
		note: ['Open pages for everybody, the rest behind a form.', '前几页公开，其余须登记。'],
		icon: 'description',
		group: 'reading',
		displayTemplate: '{{number}} {{title_en}}',
		previewPath: 'white-papers',
		list: list({ number: 90 }),
		fields: [
			...pageFields(
				localised('subtitle', ['Subtitle', '副标题']),
				localised('body', ['Pages', '正文各页'], markdown, { note: PAGES_NOTE }),
				author(),
			),
			...section(
				'number',
				line('number', ['Number', '编号'], {
					isHalf: true,
					placeholder: 'WP-09',
					icon: 'tag',
					note: ['Stands on the cover and in references.', '印在封面上，供引用。'],
				}),
				series(),
				integer('open_pages', ['Open pages', '公开页数'], {
					isHalf: true,
					initial: 2,
					min: 1,
					icon: 'menu_book',
					rule: { test: { _gte: 1 }, message: ['At least one page is open to everybody', '至少公开一页'] },
					note: [
						'Everybody and search engines may read these. The pages after them need the form.',
						'所有人与搜索引擎均可阅读，其后各页须填写表单。',
					],
				}),
				integer('reading_minutes', ['Minutes to read', '阅读分钟数'], {
					isHalf: true,
					initial: 10,
					min: 1,
					icon: 'schedule',
					note: ['Of the whole paper, at an engineer’s pace.', '通读全文所需时间。'],
				}),
			),
			repeater('findings', ['Findings', '主要结论'], '{{text_en}}', localisedColumn('text', ['Finding', '结论'], longColumn, { isRequired: true }), {
				note: ['Three sentences with a number each: they stand above everything else.', '三句话，各含一个数字，置于页首。'],
				add: ['Add a finding', '添加结论'],
			}),
			...section('belongs', productReferences(PRODUCTS_NOTE), form('paper-default')),
			...cover(),
			...inTab(
				'files',
				section(
					'originals',
					notice(
						'pdf_notice',
						[
							'These files are never public. Readers get them by a link that lasts fifteen minutes, after the form and the confirmation by mail, each copy stamped with their name.',
							'这些文件从不公开。读者填写表单并通过邮件确认后，方可凭十五分钟内有效的链接下载，每份均印有读者姓名。',
						],
						'warning',
					),
					document('pdf_en', ['Original, English', '英文原件'], { note: ['PDF', 'PDF 文件'] }),
					document('pdf_zh', ['Original, Chinese', '中文原件'], { note: ['PDF', 'PDF 文件'] }),
				),
			),
			...stage(),
		],
	},
	{
		collection: 'cases',
		label: ['Cases', '应用案例'],
		note: ['What a customer did and what came of it.', '客户的做法与成效。'],
		icon: 'factory',
		group: 'reading',
		displayTemplate: '{{title_en}}',
		previewPath: 'cases',
		list: list({ customer_en: 180 }),
		fields: [
			...pageFields(
				localised('customer', ['Customer', '客户'], line, { icon: 'business' }),
				localised('place', ['Place', '地点'], line, { icon: 'location_on' }),
				localised('challenge', ['Challenge', '挑战'], paragraph, {
					note: ['What was wrong, in two or three sentences, before anybody did anything.', '改造之前的问题，两三句话。'],
				}),
				localised('body', ['Text', '正文'], markdown, { note: MARKDOWN_NOTE }),
				localised('quote', ['Quote', '引言'], paragraph, {
					note: ['In the customer’s own words; ask before you print it.', '客户原话，刊登前须征得同意。'],
				}),
				localised('quote_by', ['Who said it', '引言来源'], line, { icon: 'person' }),
			),
			...section(
				'customer',
				repeater(
					'results',
					['Result figures', '成果数据'],
					'{{value}} {{unit}} {{label_en}}',
					[
						textColumn('value', ['Value', '数值'], { isRequired: true, placeholder: '-38' }),
						textColumn('unit', ['Unit', '单位'], { placeholder: '%' }),
						...localisedColumn('label', ['What it counts', '含义'], textColumn, { isRequired: true }),
					],
					{
						note: ['Three or four measured figures, the most telling first.', '三四项实测数据，最有说服力的在前。'],
						add: ['Add a figure', '添加数据'],
					},
				),
			),
			...section('belongs', productReferences(PRODUCTS_NOTE)),
			...cover(),
			...stage(),
		],
	},
	{
		collection: 'articles',
		label: ['Articles and news', '文章与新闻'],
		note: ['Free to read: explanations, news, press and endorsements.', '免费阅读：技术文章、新闻、媒体报道与评价。'],
		icon: 'article',
		group: 'reading',
		displayTemplate: '{{title_en}}',
		previewPath: 'articles',
		list: list({ kind: 110 }),
		fields: [
			...pageFields(localised('body', ['Text', '正文'], markdown, { note: MARKDOWN_NOTE }), author()),
			...section(
				'number',
				choice(
					'kind',
					['Kind', '类型'],
					[
						{ value: 'article', label: ['Article', '文章'], icon: 'article' },
						{ value: 'news', label: ['News', '新闻'], icon: 'newspaper' },
						{ value: 'press', label: ['Press and endorsements', '媒体与评价'], icon: 'format_quote' },
					],
					{
						isRequired: true,
						initial: 'article',
						note: ['Press is what others wrote about us: name them as the author.', '媒体与评价为他人所写，请在作者处注明出处。'],
					},
				),
				series(),
			),
			...section('belongs', productReferences(PRODUCTS_NOTE)),
			...cover(),
			...stage(),
		],
	},
];
