/** 内容类型的名称，以及需要编辑处理的问题；键为 `cms/content.ts` 中的代码。 */
export const content = {
	types: {
		white_papers: { one: '白皮书', many: '白皮书' },
		cases: { one: '应用案例', many: '应用案例' },
		articles: { one: '文章', many: '文章' },
		products: { one: '产品', many: '产品' },
		webinars: { one: '网络研讨会', many: '网络研讨会' },
		pages: { one: '页面', many: '页面' },
	},
	stages: { awareness: '初步了解', consideration: '比较方案', decision: '准备决策' },
	documents: { datasheet: '产品样本', cad: 'CAD 模型', manual: '手册', certificate: '证书' },
	documentLanguages: { en: '英文', zh: '中文', 'en-zh': '中英文' },
	problems: {
		'dangling-reference': '引用的内容未发布：{detail}。请发布该内容，或将其从列表中移除。',
		'missing-translation': '缺少文字：{detail}。补全之前显示另一种语言。',
		'missing-file': '缺少文件：{detail}。请上传，或另选文件。',
		'broken-block': '区块无法显示：{detail}。请从列表中选择类型。',
		'invalid-field': '数值不符合要求：{detail}。更正之前不会显示。',
		'duplicate-slug': '两个条目的网址标识相同：{detail}。仅显示第一个。',
	},
	cms: {
		ok: 'Directus 运行正常。',
		degraded: 'Directus 没有响应。网站显示最近一次读取的内容，恢复后自动更新。',
		down: 'Directus 没有响应，且尚未读取过任何内容。',
	},
} as const;
