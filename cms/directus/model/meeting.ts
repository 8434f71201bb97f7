import { choice } from './choice.ts';
import { type Collection, instant, integer, line, localised, markdown, slug } from './field.ts';
import { bookkeeping, pageFields, productReferences, stage, status } from './publishing.ts';
import { document, picture, reference, references } from './reference.ts';
import { choiceColumn, localisedColumn, longColumn, numberColumn, repeater, rowsColumn, textColumn } from './repeater.ts';

/** Webinars and speakers. */
export const meetingCollections: readonly Collection[] = [
	{
		collection: 'webinars',
		label: ['Webinars', '网络研讨会'],
		icon: 'videocam',
		group: 'meetings',
		displayTemplate: '{{title_en}}',
		previewPath: 'webinars',
		columns: ['status', 'title_en', 'title_zh', 'mode', 'starts_at'],
		fields: [
			...pageFields(),
			choice(
				'mode',
				['Mode', '形式'],
				[
					{ value: 'live', label: ['Live', '直播'] },
					{ value: 'simulive', label: ['Recording on schedule', '定时录播'] },
					{ value: 'on-demand', label: ['On demand', '点播'] },
				],
				{ isRequired: true, initial: 'live' },
			),
			instant('starts_at', ['Starts at', '开始时间'], { isHalf: true }),
			choice(
				'repeats',
				['Repeats', '重复'],
				[
					{ value: 'none', label: ['Once', '一次'] },
					{ value: 'daily', label: ['Daily', '每天'] },
				],
				{ isRequired: true, initial: 'none' },
			),
			line('time_zone', ['Time zone', '时区'], { isHalf: true, note: ['IANA name, for example Europe/Zurich', 'IANA 名称，例如 Asia/Shanghai'] }),
			integer('duration_minutes', ['Minutes', '时长（分钟）'], { isHalf: true, min: 1, initial: 45 }),
			integer('capacity', ['Seats, empty: no limit', '席位，留空不限'], { isHalf: true, min: 1 }),
			...localised('body', ['Text', '正文'], markdown),
			references('speakers', ['Speakers', '讲者'], 'speakers', '{{name_en}}'),
			repeater('agenda', ['Agenda', '日程'], '{{minute}} {{title_en}}', [
				numberColumn('minute', ['Minute', '分钟']),
				...localisedColumn('title', ['Title', '标题']),
			]),
			repeater('moments', ['Moments', '互动节点'], '{{at_seconds}} s {{kind}} {{text_en}}', [
				numberColumn('at_seconds', ['Seconds from the start', '距开始秒数']),
				choiceColumn(
					'kind',
					['Kind', '类型'],
					[
						{ value: 'chat', label: ['Chat message', '聊天消息'] },
						{ value: 'poll', label: ['Poll', '投票'] },
						{ value: 'resource', label: ['Resource', '资料'] },
					],
				),
				textColumn('key', ['Key', '标识']),
				textColumn('author', ['Speaker, as slug', '讲者标识']),
				...localisedColumn('text', ['Text or question', '文字或问题'], longColumn),
				rowsColumn('options', ['Answers of a poll', '投票选项'], '{{en}}', [
					textColumn('en', ['English', '英文']),
					textColumn('zh', ['Chinese', '中文']),
				]),
				textColumn('target', ['Resource, as type/slug', '资料，格式为 类型/标识']),
			]),
			productReferences(),
			reference('series', ['Series', '系列'], 'terms', '{{name_en}}', { kind: { _eq: 'series' } }),
			stage(),
			picture('cover', ['Cover', '封面']),
			document('video', ['Recording', '录像']),
			document('captions_en', ['Captions, English (WebVTT)', '英文字幕（WebVTT）']),
			document('captions_zh', ['Captions, Chinese (WebVTT)', '中文字幕（WebVTT）']),
			reference('form', ['Form', '表单'], 'forms', '{{key}}'),
		],
	},
	{
		collection: 'speakers',
		label: ['Speakers', '讲者'],
		icon: 'person',
		group: 'meetings',
		displayTemplate: '{{name_en}}',
		columns: ['status', 'name_en', 'name_zh', 'role_en'],
		fields: [
			...bookkeeping(),
			slug(),
			status(),
			...localised('name', ['Name', '姓名']),
			...localised('role', ['Role', '职务']),
			...localised('bio', ['About', '简介'], markdown),
			picture('portrait', ['Portrait', '肖像']),
		],
	},
];
