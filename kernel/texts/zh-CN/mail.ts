export const mail = {
	hello: '{name}，您好！',
	helloNobody: '您好！',
	regards: '此致',
	reason: '您收到此邮件，是因为有人在 {site} 的表单中填写了此邮箱。如非您本人操作，请忽略此邮件；不使用链接或验证码，不会产生任何变更。',
	linkHint: '如按钮无法点击，请将以下地址复制到浏览器中打开：',
	confirmation: {
		paperSubject: '《{title}》的专属链接',
		paperLead: '这是您阅读《{title}》的专属链接。打开后点击页面上的按钮，即可阅读全文并下载 PDF。',
		paperButton: '打开白皮书',
		requestSubject: '请确认您的邮箱',
		requestLead: '感谢您的来信。请确认您的邮箱，以便我们的答复准确送达。',
		requestButton: '确认邮箱',
		validity: '链接 {days} 天内有效，仅供您本人使用，请勿转发。',
	},
} as const;
