/** Words of lucky draws: the public proof, and how a winner claims. */
export const draw = {
	consent: {
		title: '奖品寄送',
		text: '该地址仅用于寄送本次奖品，由我们和承运方使用一次；地址加密保存，不向其他人展示，不用于营销，抽奖结束90天后删除。奖品寄出前您可以撤回同意，撤回后奖品不再寄送。',
	},
} as const;
