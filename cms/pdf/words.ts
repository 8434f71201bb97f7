import type { Locale } from '../content.ts';

/** Words of printed papers and data sheets. */
const WORDS = {
	en: {
		paper: 'White paper',
		contents: 'Contents',
		findings: 'Findings',
		figure: 'Figure',
		page: 'Page',
		of: 'of',
		datasheet: 'Data sheet',
		version: 'Version',
		questions: 'Questions',
		subject: 'Subject to change. Figures are nominal at 20 °C unless stated otherwise.',
		published: 'Published',
		declared: 'Halden Drives declares that the product named above was tested and met the values below.',
	},
	'zh-CN': {
		paper: '白皮书',
		contents: '目录',
		findings: '主要结论',
		figure: '图',
		page: '第',
		of: '/',
		datasheet: '产品样本',
		version: '版本',
		questions: '常见问题',
		subject: '参数如有变更恕不另行通知。除另有说明外，数据为 20 °C 下的标称值。',
		published: '发布日期',
		declared: 'Halden Drives 声明：上述产品经过试验，符合下列数值。',
	},
} as const;

export function printWords(locale: Locale): (typeof WORDS)[Locale] {
	return WORDS[locale];
}
