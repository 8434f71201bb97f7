import {
	choiceColumn,
	type Column,
	flagColumn,
	instantColumn,
	localisedColumn,
	longColumn,
	numberColumn,
	onlyWhere,
	repeater,
	rowsColumn,
	textColumn,
} from './repeater.ts';

/** What is hidden of a webinar on demand. */
export const ON_DEMAND = { field: 'mode', is: ['on-demand'], then: 'hidden' } as const;

/** What comes when. */
export const AGENDA = repeater(
	'agenda',
	['Agenda', '议程'],
	'{{minute}} min · {{title_en}}',
	[
		numberColumn('minute', ['Minute', '分钟'], { isRequired: true, note: ['From the start.', '自开始起。'] }),
		...localisedColumn('title', ['Title', '标题'], textColumn, { isRequired: true }),
	],
	{ note: ['What comes when; also the chapters of the recording.', '各时段内容，也是录像的章节。'], add: ['Add an item', '添加议程'] },
);

/** Further dates of one programme. */
export const SESSIONS = repeater(
	'sessions',
	['Further dates', '其他场次'],
	'{{starts_at}}',
	[
		instantColumn('starts_at', ['Starts at', '开始时间'], { isRequired: true }),
		numberColumn('capacity', ['Seats', '席位'], { note: ['Empty: as above.', '留空则同上。'] }),
		...localisedColumn('place', ['Place', '地点'], textColumn, { note: ['On site only. Empty: as below.', '仅现场活动填写。留空则同下。'] }),
		textColumn('time_zone', ['Time zone', '时区'], {
			placeholder: 'Asia/Shanghai',
			note: ['Where it is elsewhere. Empty: as below.', '在其他时区举办时填写。留空则同下。'],
		}),
	],
	{
		note: [
			'The same programme once more: visitors choose a date, and each has seats of its own.',
			'同一内容再办一场：访客自选场次，各场席位分别计算。',
		],
		add: ['Add a date', '添加场次'],
		when: [ON_DEMAND, { field: 'repeats', is: ['daily'], then: 'hidden' }],
	},
);

const POLL: readonly Column[] = [
	choiceColumn(
		'poll_form',
		['How one answers', '作答方式'],
		[
			{ value: 'single', label: ['One answer', '单选'] },
			{ value: 'multiple', label: ['Several answers', '多选'] },
			{ value: 'text', label: ['A sentence', '一句话'] },
			{ value: 'cloud', label: ['Word cloud', '词云'] },
			{ value: 'quiz', label: ['Quiz', '答题'] },
		],
	),
	rowsColumn(
		'options',
		['Answers', '选项'],
		'{{en}}',
		[
			textColumn('en', ['English', '英文']),
			textColumn('zh', ['Chinese', '中文']),
			flagColumn('is_right', ['Right', '正确'], ['Right answer of a quiz', '答题的正确答案']),
		],
		{ note: ['Two or more; none for sentences and word clouds.', '不少于两项；一句话与词云不填。'] },
	),
	numberColumn('points', ['Points of a quiz', '答题分值'], { note: ['Empty: 10.', '留空为 10。'] }),
	numberColumn('seconds', ['Open for seconds', '开放秒数'], { note: ['Empty: to the end.', '留空则到结束。'] }),
	choiceColumn(
		'shows',
		['Results', '结果'],
		[
			{ value: 'live', label: ['While it is open', '开放期间'] },
			{ value: 'closed', label: ['After it is closed', '关闭之后'] },
		],
	),
];

const ACTIONS: Parameters<typeof choiceColumn>[2] = [
	{ value: 'demo', label: ['Book a demonstration', '预约演示'] },
	{ value: 'quote', label: ['Get a quote', '获取报价'] },
	{ value: 'buy', label: ['Buy', '购买'] },
	{ value: 'page', label: ['Open a page', '打开页面'] },
];

const DRAW: readonly Column[] = [
	numberColumn('min_minutes', ['Minutes there', '在场分钟']),
	numberColumn('polls', ['Polls answered', '作答次数']),
	numberColumn('quiz_points', ['Quiz points', '答题得分']),
	rowsColumn(
		'prizes',
		['Prizes', '奖品'],
		'{{stock}} × {{name_en}}',
		[...localisedColumn('name', ['Prize', '奖品'], textColumn), numberColumn('stock', ['How many', '数量'])],
		{ note: ['The first of the list go first.', '按顺序发放。'] },
	),
	numberColumn('draw_after', ['Drawn after seconds', '多少秒后开奖'], { note: ['Empty: when the host draws.', '留空则由主持人开奖。'] }),
];

/** What happens by itself. */
export const MOMENTS = repeater(
	'moments',
	['Moments', '互动节点'],
	'{{at_seconds}} s · {{kind}} · {{text_en}}{{target}}',
	[
		choiceColumn(
			'kind',
			['Kind', '类型'],
			[
				{ value: 'chat', label: ['Chat message', '聊天消息'], icon: 'chat' },
				{ value: 'poll', label: ['Poll', '投票'], icon: 'poll' },
				{ value: 'resource', label: ['Resource', '资料'], icon: 'attach_file' },
				{ value: 'call', label: ['Call to action', '行动引导'], icon: 'ads_click' },
				{ value: 'draw', label: ['Lucky draw', '抽奖'], icon: 'redeem' },
			],
			{ isRequired: true },
		),
		numberColumn('at_seconds', ['Seconds from the start', '距开始秒数'], { isRequired: true }),
		...onlyWhere(
			'kind',
			['chat'],
			textColumn('author', ['Who writes', '发言人'], { placeholder: 'karin-oestlund', note: ['Address part of a speaker.', '讲者的网址标识。'] }),
		),
		textColumn('key', ['Key', '标识'], {
			note: ['Empty: made from kind and second. Answers hang on it: do not change it later.', '留空则自动生成。作答结果与之关联，之后请勿更改。'],
		}),
		...localisedColumn('text', ['Text, question or name', '文字、问题或名称'], longColumn),
		...onlyWhere('kind', ['poll'], ...POLL),
		...onlyWhere('kind', ['call'], choiceColumn('action', ['What one asks for', '行动'], ACTIONS)),
		...onlyWhere('kind', ['draw'], ...DRAW),
		...onlyWhere(
			'kind',
			['resource', 'call'],
			textColumn('target', ['What is offered', '提供的资料'], {
				width: 'full',
				placeholder: 'white-papers/my-paper',
				note: ['Type and address part, or the address of the page.', '填写“类型/标识”或页面网址。'],
			}),
		),
	],
	{
		note: [
			'What happens by itself at a second of the recording: a line in the chat, a poll or quiz, a paper offered, a call to action, a draw. In a live webinar the host says when.',
			'录像播放到某一秒时自动发生：聊天消息、投票或问答、推送资料、行动引导、抽奖。直播时由主持人触发。',
		],
		add: ['Add a moment', '添加节点'],
		when: [{ field: 'mode', is: ['on-site'], then: 'hidden' }],
	},
);

/** What is given afterwards. */
export const REWARDS = repeater(
	'rewards',
	['What is given afterwards', '会后奖励'],
	'{{gives}}',
	[
		choiceColumn(
			'gives',
			['What is given', '奖励内容'],
			[
				{ value: 'handout', label: ['The handout', '讲义'], icon: 'description' },
				{ value: 'certificate', label: ['A certificate', '参会证书'], icon: 'workspace_premium' },
				{ value: 'replay', label: ['A longer replay', '延长回放'], icon: 'replay' },
			],
			{ isRequired: true },
		),
		...onlyWhere('gives', ['replay'], numberColumn('days', ['Days of replay', '回放天数'], { note: ['From the first play.', '自首次播放起计算。'] })),
		numberColumn('min_minutes', ['Minutes, live and replay', '直播与回放合计分钟数']),
		numberColumn('min_live_minutes', ['Minutes, live only', '仅直播分钟数']),
		numberColumn('min_share', ['Share of the programme, %', '直播观看占比（%）']),
		numberColumn('polls', ['Polls answered', '参与投票数']),
		numberColumn('quiz_points', ['Quiz points', '答题得分']),
		...flagColumns(),
	],
	{
		note: [
			'Each row gives one thing to whoever meets all of it; an empty field asks nothing. Attendees see what they have done and what is missing.',
			'每行对应一项奖励，须满足该行全部条件，留空则不作要求。参会者可看到已完成和未完成的条件。',
		],
		add: ['Add a reward', '添加奖励'],
	},
);

function flagColumns() {
	const yes = [{ value: 'yes', label: ['Asked', '须完成'] as const, icon: 'check' }] as const;
	return [choiceColumn('survey', ['Survey', '问卷'], yes), choiceColumn('checked_in', ['Check-in on site', '现场签到'], yes)];
}
