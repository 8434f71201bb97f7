import { choice } from './choice.ts';
import { type Collection, decimal, type Field, line, localised, markdown, paragraph, slug } from './field.ts';
import { bookkeeping, hidden, pageFields, productReferences, schedule, status } from './publishing.ts';
import { document, picture, reference, references } from './reference.ts';
import { flagColumn, localisedColumn, longColumn, numberColumn, repeater, textColumn } from './repeater.ts';

const gallery: Field = {
	field: 'gallery',
	type: 'alias',
	tab: 'main',
	schema: null,
	meta: {
		special: ['files'],
		interface: 'files',
		options: { template: '{{directus_files_id.title}}' },
		translations: [{ language: 'zh-CN', translation: '图库' }],
	},
};

/** Products and what belongs to them. `products_files` is the one junction of the model. */
export const catalogueCollections: readonly Collection[] = [
	{
		collection: 'products',
		label: ['Products', '产品'],
		icon: 'precision_manufacturing',
		group: 'catalogue',
		displayTemplate: '{{part_number}} {{title_en}}',
		previewPath: 'products',
		columns: ['part_number', 'status', 'title_en', 'title_zh', 'category', 'date_updated'],
		fields: [
			...pageFields(),
			line('part_number', ['Part number', '型号'], { isHalf: true }),
			reference('category', ['Category', '类别'], 'categories', '{{name_en}}'),
			...localised('tagline', ['In one line', '一句话说明']),
			...localised('body', ['Text', '正文'], markdown),
			repeater('figures', ['The five figures that matter', '五项关键数据'], '{{name_en}}: {{value}} {{unit}}', [
				...localisedColumn('name', ['Name', '名称']),
				textColumn('value', ['Value', '数值']),
				textColumn('unit', ['Unit', '单位']),
			]),
			repeater('specs', ['Specifications', '技术参数'], '{{group_en}} / {{name_en}}: {{value}} {{unit}}', [
				...localisedColumn('group', ['Group', '分组']),
				...localisedColumn('name', ['Name', '名称']),
				textColumn('value', ['Value', '数值']),
				textColumn('value_zh', ['Value in Chinese, if words', '中文数值（仅限文字）']),
				textColumn('unit', ['Unit', '单位']),
				flagColumn('comparable', ['Can be compared', '可对比']),
			]),
			repeater('faq', ['Questions', '常见问题'], '{{question_en}}', [
				...localisedColumn('question', ['Question', '问题']),
				...localisedColumn('answer', ['Answer', '回答'], longColumn),
			]),
			...localised('price_note', ['Price or lead time', '价格或交期']),
			picture('drawing', ['Drawing', '产品图']),
			gallery,
		],
	},
	{
		collection: 'products_files',
		label: ['Gallery of products', '产品图库'],
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
	{
		collection: 'categories',
		label: ['Categories', '产品类别'],
		icon: 'category',
		group: 'catalogue',
		displayTemplate: '{{name_en}}',
		columns: ['sort', 'status', 'name_en', 'name_zh', 'parent'],
		fields: [
			...bookkeeping(),
			slug(),
			status(),
			reference('parent', ['Belongs to', '上级类别'], 'categories', '{{name_en}}'),
			...localised('name', ['Name', '名称']),
			...localised('summary', ['Summary', '摘要'], paragraph),
			...localised('intro', ['How to choose', '选型说明'], markdown),
			picture('picture', ['Picture', '图片']),
		],
	},
	{
		collection: 'documents',
		label: ['Documents', '技术文档'],
		icon: 'folder_open',
		group: 'catalogue',
		displayTemplate: '{{title_en}}',
		columns: ['status', 'title_en', 'kind', 'language', 'version', 'product'],
		fields: [
			...bookkeeping(),
			status(),
			reference('product', ['Product', '产品'], 'products', '{{part_number}}'),
			choice(
				'kind',
				['Kind', '类型'],
				[
					{ value: 'datasheet', label: ['Data sheet', '产品样本'] },
					{ value: 'cad', label: ['CAD model', 'CAD 模型'] },
					{ value: 'manual', label: ['Manual', '手册'] },
					{ value: 'certificate', label: ['Certificate', '证书'] },
				],
				{ isRequired: true, initial: 'datasheet' },
			),
			...localised('title', ['Title', '标题']),
			choice(
				'language',
				['Language', '语言'],
				[
					{ value: 'en', label: ['English', '英文'] },
					{ value: 'zh', label: ['Chinese', '中文'] },
					{ value: 'en-zh', label: ['English and Chinese', '中英文'] },
				],
				{ initial: 'en' },
			),
			line('version', ['Version', '版本'], { isHalf: true }),
			choice(
				'gate',
				['Access', '访问'],
				[
					{ value: 'open', label: ['Open', '公开'] },
					{ value: 'gated', label: ['Gated', '需登记'] },
				],
				{ isRequired: true, initial: 'gated' },
			),
			document('file', ['File', '文件']),
		],
	},
	{
		collection: 'offers',
		label: ['Offers', '优惠'],
		icon: 'sell',
		group: 'catalogue',
		displayTemplate: '{{title_en}}',
		columns: ['status', 'title_en', 'kind', 'unpublish_at'],
		fields: [
			...bookkeeping(),
			slug(),
			status(),
			...schedule(),
			choice(
				'kind',
				['Kind', '类型'],
				[
					{ value: 'trial', label: ['Trial', '试用'] },
					{ value: 'test-unit', label: ['Test unit', '样机'] },
					{ value: 'course', label: ['Course', '课程'] },
					{ value: 'summit-seat', label: ['Summit seat', '峰会席位'] },
					{ value: 'rebate', label: ['Rebate', '折扣'] },
					{ value: 'gift', label: ['Gift', '礼品'] },
				],
				{ isRequired: true, initial: 'trial' },
			),
			...localised('title', ['Title', '标题']),
			...localised('summary', ['Summary', '摘要'], paragraph),
			productReferences(),
			repeater('coupons', ['Coupon codes', '优惠码'], '{{code}} ({{stock}})', [
				textColumn('code', ['Code', '优惠码']),
				numberColumn('stock', ['Stock', '数量']),
			]),
			references('dealers', ['Only at these dealers', '限定经销商'], 'dealers', '{{name_en}}'),
		],
	},
	{
		collection: 'dealers',
		label: ['Dealers', '经销商'],
		icon: 'storefront',
		group: 'catalogue',
		displayTemplate: '{{name_en}}',
		columns: ['status', 'name_en', 'city_en', 'country'],
		fields: [
			...bookkeeping(),
			slug(),
			status(),
			...localised('name', ['Name', '名称']),
			...localised('city', ['City', '城市']),
			line('country', ['Country, two letters', '国家（两位代码）'], { isHalf: true }),
			line('phone', ['Phone', '电话'], { isHalf: true }),
			line('email', ['Mail', '邮箱'], { isHalf: true }),
			decimal('latitude', ['Latitude', '纬度'], { isHalf: true }),
			decimal('longitude', ['Longitude', '经度'], { isHalf: true }),
			references('categories', ['Sells', '经销类别'], 'categories', '{{name_en}}'),
		],
	},
];
