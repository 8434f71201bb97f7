import { choice } from './choice.ts';
import type { Collection } from './collection.ts';
import { line, localised, markdown, notice, paragraph, slug } from './field.ts';
import { inTab, section } from './group.ts';
import { bookkeeping, status } from './publishing.ts';
import { document, picture, reference } from './reference.ts';

/** Categories of products, and their documents. */
export const catalogueCollections: readonly Collection[] = [
	{
		collection: 'categories',
		label: ['Categories', '产品类别'],
		note: ['The tree of the catalogue: two levels are enough.', '产品目录树，两级即可。'],
		icon: 'category',
		group: 'catalogue',
		displayTemplate: '{{name_en}}',
		list: { columns: { picture: 80, status: 90, name_en: 240, name_zh: 200, parent: 200, slug: 200 }, hasPictures: true },
		fields: [
			...bookkeeping(),
			...localised('name', ['Name', '名称'], line, { tab: 'top' }),
			slug(
				'slug',
				['Address part', '网址标识'],
				['Of a topmost category it is part of the address of each of its products.', '顶级类别的标识是其所有产品网址的一部分。'],
			),
			status(),
			...section(
				'place_in_range',
				reference('parent', ['Belongs to', '上级类别'], 'categories', '{{name_en}} · {{name_zh}}', {
					note: ['Empty: it stands at the top of the catalogue.', '留空则为顶级类别。'],
				}),
			),
			...inTab(
				'main',
				section(
					'pictures',
					picture('picture', ['Picture', '图片'], { note: ['A scene in which the products are at work.', '产品在现场工作的场景图。'] }),
				),
			),
			...localised('summary', ['Summary', '摘要'], paragraph, { note: ['One or two sentences for lists.', '一两句话，用于列表。'] }),
			...localised('intro', ['How to choose', '选型说明'], markdown, {
				note: ['Above the products: how to choose within the category.', '显示在产品列表上方，说明如何在本类中选型。'],
			}),
		],
	},
	{
		collection: 'documents',
		label: ['Documents', '技术文档'],
		note: ['Data sheets, CAD models, manuals and certificates of products.', '产品样本、CAD 模型、手册与证书。'],
		icon: 'folder_open',
		group: 'catalogue',
		displayTemplate: '{{title_en}}',
		list: { columns: { status: 90, title_en: 300, kind: 120, product: 160, language: 150, version: 90, gate: 240 } },
		fields: [
			...bookkeeping(),
			...localised('title', ['Title', '标题'], line, { tab: 'top' }),
			status(),
			...section(
				'document',
				reference('product', ['Product', '产品'], 'products', '{{part_number}} {{title_en}}'),
				choice(
					'kind',
					['Kind', '类型'],
					[
						{ value: 'datasheet', label: ['Data sheet', '产品样本'], icon: 'description' },
						{ value: 'cad', label: ['CAD model', 'CAD 模型'], icon: 'view_in_ar' },
						{ value: 'manual', label: ['Manual', '手册'], icon: 'menu_book' },
						{ value: 'certificate', label: ['Certificate', '证书'], icon: 'verified' },
					],
					{ isRequired: true, initial: 'datasheet' },
				),
				choice(
					'language',
					['Language', '语言'],
					[
						{ value: 'en', label: ['English', '英文'] },
						{ value: 'zh', label: ['Chinese', '中文'] },
						{ value: 'en-zh', label: ['English and Chinese', '中英文'] },
					],
					{ initial: 'en', note: ['A CAD model speaks both.', 'CAD 模型请选中英文。'] },
				),
				line('version', ['Version', '版本'], {
					isHalf: true,
					placeholder: '1.4',
					icon: 'history',
					note: ['Readers see it beside the title.', '显示在标题旁。'],
				}),
			),
			...section(
				'originals',
				choice(
					'gate',
					['Access', '访问'],
					[
						{ value: 'open', label: ['Open: everybody may download it', '公开：任何人可下载'], icon: 'public' },
						{ value: 'gated', label: ['Gated: only after the form', '需登记：填写表单后可下载'], icon: 'lock' },
					],
					{
						isRequired: true,
						initial: 'gated',
						note: ['An open document must lie in the public folder; otherwise it has no link.', '公开文档须存放在“公开”文件夹，否则没有下载链接。'],
					},
				),
				document('file', ['File', '文件']),
				notice(
					'gate_notice',
					[
						'A gated file is never public: readers get it by a link that lasts fifteen minutes, after the form. To open it for everybody, set the access to Open and move the file to the public folder.',
						'需登记的文件从不公开：读者填写表单后，凭十五分钟内有效的链接下载。如需公开，请将“访问”改为公开，并把文件移到“公开”文件夹。',
					],
					'warning',
				),
			),
		],
	},
];
