export const mailing = {
	why: '您收到此邮件，是因为您同意通过邮件接收我们的资讯。',
	tried: '测试',
	stop: '退订',
	fallbacks: {
		'person.name': '读者',
		'person.company': '贵公司',
		phone: '总机',
		topic: '驱动与电机',
		'owner.name': '我们的工程师',
		'webinar.title': '本次研讨会',
		'webinar.date': '当天',
	},
};
