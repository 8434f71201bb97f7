/** 交易，由CRM回写。 */
export const deal = {
	title: '交易',
	lead: '来自您的CRM。',
	state: { open: '进行中', won: '已成交', lost: '已丢单' },
	unvalued: '金额未填',
	closed: '{date}结束',
	changed: '{date}更新',
} as const;
