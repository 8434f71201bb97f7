export const cleaning = {
	outcomes: { accept: '通过', flag: '通过，已标记', quarantine: '已隔离' },
	reasons: {
		'mail-disposable': '邮箱属于一次性邮箱服务。',
		'test-words': '姓名、公司或邮箱为常见的测试用词。',
		'name-keyboard-mash': '姓名疑似随意敲击键盘输入。',
		competitor: '邮箱域名在竞争对手名单中。',
		'phone-repeats-digits': '电话号码中有五位或以上相同的连续数字。',
		'phone-counts-up-or-down': '电话号码中有五位或以上递增或递减的连续数字。',
		'phone-impossible': '电话号码不符合所在国家或地区的号码规则。',
		burst: '短时间内同一网络提交了大量首次请求，此为其中之一。',
		duplicate: '该电话号码已登记在另一邮箱的联系人名下。',
		'country-mismatch': '电话号码与公司所在国家或地区不一致。',
		'mail-role': '邮箱属于职能部门，而非个人。',
		'mail-free': '邮箱属于免费邮箱服务。',
	},
} as const;
