import { choice } from './choice.ts';
import { type Collection, workLists } from './collection.ts';
import { instant, integer, line, localised, markdown, notice, paragraph, slug } from './field.ts';
import { inTab, section } from './group.ts';
import { bookkeeping, pageFields, productReferences, PRODUCTS_NOTE, stage, status } from './publishing.ts';
import { AGENDA, MOMENTS, ON_DEMAND, REWARDS, SESSIONS } from './meeting-lists.ts';
import { cover, form, series } from './reading.ts';
import { document, openFile, picture, reference, references } from './reference.ts';
import { TIME_ZONE } from './rule.ts';

/** Webinars and speakers. */
export const meetingCollections: readonly Collection[] = [
	{
		collection: 'webinars',
		label: ['Webinars', '网络研讨会'],
		note: ['Live, as a recording on schedule, or on demand.', '直播、定时录播或点播。'],
		icon: 'videocam',
		group: 'meetings',
		displayTemplate: '{{title_en}}',
		previewPath: 'webinars',
		list: {
			columns: { cover: 80, status: 90, title_en: 300, title_zh: 260, mode: 170, starts_at: 160, date_updated: 150 },
			hasPictures: true,
			bookmarks: workLists('title', 'summary', 'body'),
		},
		fields: [
			...pageFields(
				localised('body', ['Text', '正文'], markdown, {
					note: ['What listeners can do afterwards. Headings from ### on.', '参会后能做到什么。标题从 ### 起。'],
				}),
			),
			...section(
				'time',
				choice(
					'mode',
					['Mode', '形式'],
					[
						{ value: 'live', label: ['Live', '直播'], icon: 'sensors' },
						{ value: 'simulive', label: ['Recording on schedule', '定时录播'], icon: 'event_repeat' },
						{ value: 'on-demand', label: ['On demand', '点播'], icon: 'play_circle' },
						{ value: 'on-site', label: ['On site', '现场活动'], icon: 'location_on' },
					],
					{
						isRequired: true,
						initial: 'live',
						note: [
							'On schedule: the recording starts for everybody at the same time, with chat and polls. On demand: whenever one likes. On site: a fair, summit or workshop with tickets and check-in.',
							'定时录播：所有人同时观看录像，可聊天与投票。点播：随时观看。现场活动：展会、峰会或培训，凭电子票签到入场。',
						],
					},
				),
				integer('duration_minutes', ['Minutes', '时长（分钟）'], { isHalf: true, min: 1, initial: 45, icon: 'timer' }),
				instant('starts_at', ['Starts at', '开始时间'], {
					isHalf: true,
					when: [ON_DEMAND, { field: 'mode', is: ['live', 'simulive', 'on-site'], then: 'required' }],
					note: ['In your own time zone; registrants see theirs as well.', '按您所在时区填写，报名者同时会看到自己的时区。'],
				}),
				choice(
					'repeats',
					['Repeats', '重复'],
					[
						{ value: 'none', label: ['Once', '一次'] },
						{ value: 'daily', label: ['Daily', '每天'] },
					],
					{ isRequired: true, initial: 'none', when: [{ field: 'mode', is: ['live', 'on-demand', 'on-site'], then: 'hidden' }] },
				),
				SESSIONS,
				line('time_zone', ['Time zone', '时区'], {
					isHalf: true,
					rule: TIME_ZONE,
					placeholder: 'Europe/Zurich',
					icon: 'public',
					when: [ON_DEMAND],
					note: ['For the times in mails and for daily repeats. Empty: that of the company.', '用于邮件中的时间与每天重复。留空则使用公司时区。'],
				}),
				integer('capacity', ['Seats', '席位'], {
					isHalf: true,
					min: 1,
					icon: 'event_seat',
					when: [ON_DEMAND],
					note: ['Of each date. Who comes later waits for a seat. Empty: no limit.', '按场次计算。满员后进入候补。留空不限。'],
				}),
				choice(
					'admission',
					['Admission', '报名方式'],
					[
						{ value: 'open', label: ['Whoever registers has a seat', '报名即成功'], icon: 'how_to_reg' },
						{ value: 'approval', label: ['The host decides on each registration', '由主持人逐一审核'], icon: 'rule' },
					],
					{
						isRequired: true,
						initial: 'open',
						when: [ON_DEMAND],
						note: [
							'With approval, whoever registers hears from you by email: decide in the console under Webinars.',
							'选择审核时，报名者会收到邮件通知；请在控制台“研讨会”中审核。',
						],
					},
				),
				...localised('place', ['Place', '地点'], paragraph, {
					when: [{ field: 'mode', is: ['live', 'simulive', 'on-demand'], then: 'hidden' }],
					note: ['Hall, street and town, as on an invitation.', '场馆、街道与城市，如请柬所写。'],
				}),
			),
			...section(
				'programme',
				references('speakers', ['Speakers', '讲者'], 'speakers', '{{name_en}} · {{role_en}}', {
					note: ['In the order of the page.', '按页面顺序排列。'],
				}),
				AGENDA,
				MOMENTS,
			),
			...section('belongs', productReferences(PRODUCTS_NOTE), series(), form('webinar-default')),
			...section(
				'afterwards',
				reference('survey', ['Survey', '会后问卷'], 'forms', '{{key}}: {{title_en}}', {
					note: [
						'Asked in the room’s end screen, on the page afterwards and in the mail that follows. Empty: none.',
						'在会议室结束页、会后页面与跟进邮件中发出。留空则没有问卷。',
					],
				}),
				REWARDS,
			),
			...cover(),
			...inTab(
				'files',
				section(
					'originals',
					notice(
						'video_notice',
						[
							'The recording and its captions are never public: only those who registered see them, in the room.',
							'录像与字幕从不公开，仅报名者可在会议室中观看。',
						],
						'warning',
					),
					document('video', ['Recording', '录像'], {
						note: [
							'WebM or MP4. A live webinar gets it afterwards, when its mode becomes On demand.',
							'WebM 或 MP4。直播结束后上传，并将形式改为点播。',
						],
					}),
					document('handout_en', ['Handout, English', '英文讲义'], {
						note: ['PDF; only for whom the rules above give it to.', 'PDF，仅提供给符合上述规则的参会者。'],
					}),
					document('handout_zh', ['Handout, Chinese', '中文讲义'], { note: ['PDF; empty: the English one.', 'PDF，留空则使用英文讲义。'] }),
					document('captions_en', ['Captions, English', '英文字幕'], { note: ['A WebVTT file (.vtt)', 'WebVTT 文件（.vtt）'] }),
					document('captions_zh', ['Captions, Chinese', '中文字幕'], { note: ['A WebVTT file (.vtt)', 'WebVTT 文件（.vtt）'] }),
					openFile('trailer', ['Trailer', '预告片'], {
						note: ['A short film for everybody: on the page and while the doors are open.', '面向所有人的短片，显示在页面上，入场等候时播放。'],
					}),
				),
			),
			...stage(),
		],
	},
	{
		collection: 'speakers',
		label: ['Speakers', '讲者'],
		note: ['Those who speak in webinars and sign papers.', '在研讨会上发言、为白皮书署名的人。'],
		icon: 'person',
		group: 'meetings',
		displayTemplate: '{{name_en}}',
		list: { columns: { portrait: 80, status: 90, name_en: 200, name_zh: 160, role_en: 280 }, hasPictures: true },
		fields: [
			...bookkeeping(),
			...localised('name', ['Name', '姓名'], line, { tab: 'top' }),
			slug(),
			status(),
			...inTab('main', section('pictures', picture('portrait', ['Portrait', '肖像'], { note: ['Square, head and shoulders.', '方形，头肩像。'] }))),
			...localised('role', ['Role', '职务'], line, { icon: 'badge', note: ['Function and place.', '职务与地点。'] }),
			...localised('bio', ['About', '简介'], markdown, {
				note: ['Three sentences: what they do, since when, what they like to be asked.', '三句话：负责什么、从业多久、擅长解答什么。'],
			}),
		],
	},
];
