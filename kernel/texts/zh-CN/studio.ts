/** Words of the studio: what hosts see and do while a session runs. */
export const studio = {
	title: '控制台',
	open: '打开直播控制台',
	back: '本场报名名单',
	room: '观众看到的会议室',
	stage: '舞台',
	board: '主持面板',
} as const;
