import type { Question, Sheet } from './sheet.ts';

type Options = readonly (readonly [key: string, en: string, zh: string, denies?: 'denies'])[];
interface More {
	readonly tick?: Question['tick'];
	readonly after?: Question['after'];
}

function ask(key: string, en: string, zh: string, options: Options = [], { tick = null, after = null }: More = {}): Question {
	return {
		key,
		text: { en, 'zh-CN': zh },
		options: options.map(([option, inEnglish, inChinese, denies]) => ({
			...{ key: option, text: { en: inEnglish, 'zh-CN': inChinese }, denies: denies === 'denies' },
		})),
		isCore: true,
		...{ tick, after },
	};
}

/** Twenty core questions for machines and drives, in the order of a call: what for, how many, by when, with what money, who decides. */
export const DEFAULT_SHEET: Sheet = {
	title: { en: 'Twenty core questions', 'zh-CN': '二十个核心问题' },
	questions: [
		ask(
			'need',
			'What do you want to achieve or put right?',
			'您想解决什么问题，或达到什么目标？',
			[
				['new-machine', 'New machine or line', '新设备或新产线'],
				['retrofit', 'Retrofit or replacement', '改造或更换'],
				['spare', 'Spare part', '备件'],
				['capacity', 'More output or less downtime', '提高产能或减少停机'],
				['information', 'Information only', '仅了解信息', 'denies'],
			],
			{ tick: 'need' },
		),
		ask('application', 'Which machine or process is it for?', '用于哪种设备或工艺？'),
		ask('products', 'Which products or functions are you considering?', '您在考虑哪些产品或功能？'),
		ask('requirements', 'Which figures must be met: power, torque, speed, accuracy?', '需要满足哪些指标：功率、扭矩、转速、精度？'),
		ask(
			'environment',
			'In which environment: temperature, dust, water, explosion zone, degree of protection?',
			'现场环境如何：温度、粉尘、水、防爆区、防护等级？',
		),
		ask(
			'standards',
			'Which standards and approvals apply: CE, UL, CCC, ATEX, functional safety?',
			'须符合哪些标准与认证：CE、UL、CCC、ATEX、功能安全？',
		),
		ask('interfaces', 'Which control system and fieldbus are in place?', '现有控制系统和现场总线是什么？'),
		ask('quantity', 'How many pieces or axes, at once and a year?', '一次和每年各需要多少台或多少轴？'),
		ask('site', 'Where will it be installed, and who commissions it?', '安装在哪里，由谁调试？'),
		ask('timing', 'When must it run?', '什么时候必须投入运行？', [
			['quarter', 'Within three months', '三个月内'],
			['half-year', 'Within six months', '六个月内'],
			['year', 'Within a year', '一年内'],
			['later', 'Later or not fixed', '更晚或未定'],
		]),
		ask('trigger', 'Why now? What happens if nothing is done?', '为什么是现在？如果不做会怎样？'),
		ask(
			'budget',
			'Is there money for it?',
			'预算落实了吗？',
			[
				['approved', 'Approved', '已批准'],
				['planned', 'Planned, not yet approved', '已列入计划，尚未批准'],
				['none', 'None', '没有', 'denies'],
			],
			{ tick: 'budget' },
		),
		ask('budget-range', 'In which range, and from whose budget?', '大致范围是多少，由哪个部门承担？', [], {
			after: { question: 'budget', anyOf: ['approved', 'planned'] },
		}),
		ask('decision', 'How is it decided, in which steps and by when?', '决策流程如何，有哪些步骤，何时决定？'),
		ask('decider', 'Who signs, and who else must agree?', '由谁签批，还需要谁同意？'),
		ask(
			'ability',
			'What is your part, and can you carry it through: people, release, line access?',
			'您负责什么，能否推动落实：人员、审批、停机窗口？',
			[
				['decides', 'Decides', '有决定权'],
				['leads', 'Leads the project', '负责项目'],
				['recommends', 'Recommends', '提出建议'],
				['none', 'No part in it', '不参与', 'denies'],
			],
			{ tick: 'ability' },
		),
		ask('supplier', 'Who supplies you today?', '目前由谁供货？', [
			['us', 'We do', '我们'],
			['other', 'Somebody else', '其他供应商'],
			['nobody', 'Nobody yet', '尚无'],
		]),
		ask('supplier-view', 'What is good about them, and what is missing?', '他们好在哪里，还缺什么？', [], {
			after: { question: 'supplier', anyOf: ['other'] },
		}),
		ask('criteria', 'By what will you choose: price, delivery time, service, energy, life?', '您按什么来选择：价格、交期、服务、能耗、寿命？'),
		ask('next-step', 'What should we do next, with whom and when?', '下一步做什么，和谁，什么时候？'),
	],
};
