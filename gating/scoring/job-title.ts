/** What a job title says about the work. "Job role" in the glossary; never a committee or staff role. */
export const ROLES = ['engineering', 'maintenance', 'production', 'purchasing', 'quality', 'it', 'management'] as const;
export type JobRole = (typeof ROLES)[number];

export const SENIORITIES = ['executive', 'head', 'senior', 'student'] as const;
export type Seniority = (typeof SENIORITIES)[number];

export interface JobTitle {
	readonly roles: readonly JobRole[];
	/** Null when the title does not say. */
	readonly seniority: Seniority | null;
}

/** Latin entries match at the start of a word (`engineer` finds "Engineering"), entries of Han characters anywhere. */
const ROLE_WORDS: Readonly<Record<JobRole, readonly string[]>> = {
	engineering: [
		'engineer',
		'design',
		'develop',
		'r&d',
		'research',
		'mechatronic',
		'automation',
		'konstruk',
		'entwick',
		'工程师',
		'设计',
		'研发',
		'开发',
		'技术',
		'自动化',
		'电气',
		'机械',
	],
	maintenance: ['maintenance', 'service', 'repair', 'reliability', 'instandhalt', '维护', '维修', '设备', '保养', '点检'],
	production: ['production', 'manufactur', 'plant', 'operations', 'process', 'factory', '生产', '制造', '工厂', '厂长', '车间', '工艺', '运营'],
	purchasing: ['purchas', 'procure', 'buyer', 'sourcing', 'supply chain', 'einkauf', '采购', '供应链'],
	quality: ['quality', 'safety', 'hse', '质量', '品质', '安全'],
	it: ['it', 'software', 'data', 'digital', '信息', '软件', '数字化'],
	management: [
		'ceo',
		'cto',
		'coo',
		'cfo',
		'managing',
		'owner',
		'founder',
		'president',
		'director',
		'general manager',
		'总经理',
		'总裁',
		'董事',
		'总监',
		'厂长',
		'创始人',
		'负责人',
	],
};

/** Read from the top: the first that matches decides. */
const SENIORITY_WORDS: readonly (readonly [Seniority, readonly string[]])[] = [
	['student', ['student', 'intern', 'trainee', 'apprentice', 'phd candidate', '学生', '实习', '研究生', '博士生', '本科生']],
	[
		'executive',
		[
			'ceo',
			'cto',
			'coo',
			'cfo',
			'chief',
			'president',
			'vice president',
			'vp',
			'managing director',
			'owner',
			'founder',
			'general manager',
			'总经理',
			'总裁',
			'董事长',
			'首席',
			'创始人',
			'副总',
		],
	],
	['head', ['head', 'director', 'manager', 'lead', 'supervisor', 'leiter', '总监', '经理', '主管', '主任', '部长', '科长', '厂长', '负责人', '组长']],
	['senior', ['senior', 'sr', 'principal', 'staff', 'expert', '高级', '资深', '专家']],
];

/** Latin words that begin like a keyword and mean something else. */
const WHOLE_WORDS = new Set(['it', 'vp', 'sr', 'ceo', 'cto', 'coo', 'cfo', 'hse', 'head', 'lead', 'intern', 'staff', 'data']);

/** Reads roles and seniority from a job title in English, German or Chinese. An unknown title says nothing. */
export function readJobTitle(title: string): JobTitle {
	const text = title.normalize('NFKC').toLowerCase();
	return {
		roles: ROLES.filter((role) => ROLE_WORDS[role].some((word) => has(text, word))),
		seniority: SENIORITY_WORDS.find(([, words]) => words.some((word) => has(text, word)))?.[0] ?? null,
	};
}

const HAN = /\p{Script=Han}/u;
const patterns = new Map<string, RegExp>();

function has(text: string, word: string): boolean {
	if (HAN.test(word)) return text.includes(word);
	let pattern = patterns.get(word);
	if (!pattern) patterns.set(word, (pattern = new RegExp(`(?<![\\p{L}\\d])${word}${WHOLE_WORDS.has(word) ? '(?![\\p{L}\\d])' : ''}`, 'u')));
	return pattern.test(text);
}
