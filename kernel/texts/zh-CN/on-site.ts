/** Words of fairs, summits and workshops: mails, ticket and check-in. */
export const onSite = {
	place: '地点',
	ticketCode: '电子票',
	ticketShort: '我的电子票',
	ticketHelp: '请在入口出示二维码，手机或纸质均可。如无法扫描，报出票号即可。',
	name: '姓名',
	registered: '电子票在确认邮件的专属链接中。',
	registerText: '您会收到确认邮件，内含电子票和日历附件。',
	mail: {
		confirmation: {
			subject: '您的电子票：{title}',
			paragraphs: [
				'您已成功报名“{title}”。',
				'开始时间：{when}。请在入口出示二维码，手机或纸质均可。',
				'附件可将本场活动加入日历；时间或地点如有变化，您会收到新的附件。',
			],
		},
		moved: {
			subject: '时间或地点变更：{title}',
			paragraphs: ['“{title}”的时间或地点有变：{when}。', '您的报名与电子票继续有效，附件将更新您日历中的日程。'],
		},
		changed: {
			subject: '场次已更改：{title}',
			paragraphs: ['已按您的要求，将“{title}”的席位改至 {when}。', '电子票不变，附件将更新您日历中的日程。'],
		},
		'reminder-day': { subject: '还有一天：{title}', paragraphs: ['“{title}”将于 {when} 开始，请备好电子票。'] },
		'reminder-hours': { subject: '还有两小时：{title}', paragraphs: ['“{title}”将于 {when} 开始，请备好电子票。'] },
		'reminder-start': { subject: '现在开始：{title}', paragraphs: ['“{title}”现在开始，请在入口出示电子票。'] },
		button: '查看电子票',
		picture: '电子票二维码',
		calendar: '{brand} 活动。您的电子票：{link}',
	},
} as const;
