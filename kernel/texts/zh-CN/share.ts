import type { Texts } from '../texts.ts';

/** 离开本站的文字：链接预览、订阅源、日历，以及供程序读取的清单。 */
export const share: Texts['share'] = {
	pageOf: '{title}，第 {page} 页',
	pictureOf: '{title}：{brand}',
	feedTitle: '{brand}：白皮书、案例、文章与研讨会',
	feedDescription: '{brand} 新近发布的内容，按时间排列。{tagline}。',
	calendarTitle: '{brand} 研讨会',
	calendarDescription: '{brand} 即将举行的研讨会。参加前请在研讨会页面登记：{url}',
	llms: {
		summary: '{brand}：{tagline}。',
		about: '以下所列内容均可公开阅读。白皮书开放前几页，其余部分填写简短表格后方可阅读，不在这些地址之内。价格请向我们询价。',
		languages: '本站有英文和中文两种版本，中文页面位于 /zh-CN 之下，均为面向各自读者撰写。',
		start: '从这里开始',
		categories: '产品类别',
		more: '全部产品见站点地图：{url}',
		feeds: '订阅',
		feed: '新发布的白皮书、案例、文章与研讨会（RSS）',
		calendar: '即将举行的研讨会（iCalendar）',
		sitemap: '全部页面（站点地图）',
	},
};
