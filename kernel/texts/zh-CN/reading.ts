import type { Texts } from '../texts.ts';

/** 逐页阅读白皮书与系列页面的文字。 */
export const reading: Texts['reading'] = {
	start: '开始阅读',
	goOn: '从第 {page} 页继续：{title}',
	next: '下一页',
	previous: '上一页',
	standards: '文中引用的标准',
	follows: '登记后可读的内容',
	gets: '您将获得',
	getsText: '在本页阅读全文：共 {pages} 页，约需 {minutes} 分钟。',
	getsPdf: '同一内容的 PDF{size}，每页印有您的姓名、邮箱和日期。',
	how: '如何打开',
	howText: '我们将链接发到您的邮箱。打开链接并确认，全文即在本浏览器中显示。',
	data: '您的信息如何使用',
	dataText: '仅用于发送链接和答复您。其他用途均在下方逐项征求同意，且不预先勾选；您可随时在“{preferences}”中停止。',
	stamped: '每页印有您的姓名、邮箱和日期，仅供您本人使用，请勿转发。',
	series: {
		kind: '系列',
		all: '系列',
		allText: '主题相连的白皮书、文章与研讨会，按合理的先后顺序编排。',
		count: '共 {count} 篇',
		countOne: '共 1 篇',
		inOrder: '建议按以下顺序阅读',
		part: '第 {part} 篇',
		follow: '关注本系列',
		followText: '报名本系列的任意一场研讨会，并勾选接收资讯，即可获知后续内容。',
		toWebinars: '本系列研讨会',
		others: '其他系列',
	},
};
