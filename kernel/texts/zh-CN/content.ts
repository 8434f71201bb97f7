/** 内容类型的名称；键与 `cms/content.ts` 相同。 */
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
	documents: { datasheet: '数据表', cad: 'CAD 模型', manual: '使用手册', certificate: '证书' },
	documentLanguages: { en: '英文', zh: '中文', 'en-zh': '中英文' },
	cms: {
		ok: 'Directus 运行正常。',
		degraded: 'Directus 没有响应。网站显示最近一次读取的内容，恢复后自动更新。',
		down: 'Directus 没有响应，且尚未读取过任何内容。',
	},
} as const;
