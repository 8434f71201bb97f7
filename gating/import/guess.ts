import type { ImportMapping, ImportTarget } from './batch.ts';
import type { PresenceTarget } from './presence.ts';

/** Headings that lists have, per target; compared without case, spaces and punctuation. */
const HEADINGS: Readonly<Record<Exclude<ImportTarget, 'ignore' | 'attribute' | PresenceTarget>, readonly string[]>> = {
	name: [
		'name',
		'fullname',
		'contact',
		'contactname',
		'contactperson',
		'username',
		'usernameoriginalname',
		'attendeename',
		'attendee',
		'visitor',
		'ansprechpartner',
		'姓名',
		'名字',
		'联系人',
		'联系人姓名',
		'客户姓名',
		'称呼姓名',
		'参观者',
		'参会人',
	],
	familyName: ['lastname', 'surname', 'familyname', 'nachname', '姓', '姓氏'],
	givenName: ['firstname', 'givenname', 'forename', 'vorname', '名'],
	email: [
		'email',
		'mail',
		'emailaddress',
		'mailaddress',
		'workemail',
		'businessemail',
		'emailadresse',
		'邮箱',
		'电子邮箱',
		'邮件',
		'电子邮件',
		'邮箱地址',
		'工作邮箱',
		'企业邮箱',
		'邮件地址',
	],
	phone: [
		'phone',
		'phonenumber',
		'telephone',
		'tel',
		'mobile',
		'mobilephone',
		'cell',
		'cellphone',
		'telefon',
		'handy',
		'电话',
		'手机',
		'手机号',
		'手机号码',
		'联系电话',
		'电话号码',
		'联系方式',
		'移动电话',
		'来电号码',
		'主叫号码',
	],
	company: [
		'company',
		'companyname',
		'organisation',
		'organization',
		'firm',
		'employer',
		'account',
		'firma',
		'unternehmen',
		'公司',
		'公司名称',
		'单位',
		'单位名称',
		'企业',
		'企业名称',
		'工作单位',
		'客户名称',
	],
	jobTitle: ['jobtitle', 'title', 'position', 'jobposition', 'role', 'jobrole', 'function', 'funktion', '职位', '职务', '岗位', '头衔', '职称'],
	region: [
		'region',
		'city',
		'country',
		'location',
		'state',
		'province',
		'stadt',
		'ort',
		'land',
		'地区',
		'城市',
		'省份',
		'省市',
		'所在地',
		'所在地区',
		'所在城市',
		'国家',
		'区域',
		'国家地区',
		'countryregion',
		'countryregionname',
	],
	industry: ['industry', 'sector', 'branch', 'branche', '行业', '所属行业', '所在行业', '应用行业'],
	tag: ['tag', 'tags', 'label', 'labels', 'schlagwort', 'schlagworte', '标签', '客户标签', '标记'],
	consent: [
		'consent',
		'optin',
		'agreed',
		'newsletter',
		'marketingconsent',
		'einwilligung',
		'同意',
		'是否同意',
		'同意接收',
		'是否同意接收资讯',
		'授权',
	],
};
/** What the reports of webinar platforms call presence. */
const SESSION_HEADINGS: Readonly<Record<PresenceTarget, readonly string[]>> = {
	attended: ['attended', 'attendance', 'attendancestatus', '是否参会', '是否出席', '出席', '参会状态'],
	registeredAt: ['registrationtime', 'registrationdate', 'registrationdatetime', 'registeredat', 'registeredon', '注册时间', '报名时间'],
	joinedAt: ['jointime', 'firstjoin', 'firstjointime', 'joinedat', 'firstliveactivity', 'entrytime', '加入时间', '进入时间', '入会时间'],
	leftAt: ['leavetime', 'lastleave', 'lastleavetime', 'leftat', 'lastliveactivity', 'exittime', '离开时间', '退出时间', '离会时间'],
	minutes: [
		'timeinsession',
		'timeinsessionminutes',
		'liveminutes',
		'cumulativeliveminutes',
		'duration',
		'durationminutes',
		'minutes',
		'参会时长',
		'参会时长分钟',
		'观看时长',
		'观看时长分钟',
	],
};
const LONGEST_HEADING = 254;
const MAIL_CELL = /^[^\s@]+@[^\s@]+\.[^\s@]+$/u;
const PHONE_CELL = /^\+?[\d\s()/.-]{7,20}$/;

/** Whether the first row names columns: no mail address stands in it and most of its cells are words that a list's head has, or it has no digits. */
export function hasHeading(first: readonly string[]): boolean {
	const heads = first.map((cell) => cell.slice(0, LONGEST_HEADING));
	if (heads.some((cell) => MAIL_CELL.test(cell.trim()))) return false;
	const filled = heads.filter((cell) => cell.trim() !== '');
	return filled.some((cell) => targetOf(cell, true) !== null) || filled.every((cell) => !/\d{4}/.test(cell));
}

/**
 * What each column probably is: by its heading in English, Chinese or German, else by what stands in it. Each target but attributes once, the first
 * column that fits; all others become attributes, and columns without a heading are ignored.
 */
export function guessMapping(headings: readonly string[], rows: readonly (readonly string[])[], isSession = false): ImportMapping {
	const taken = new Set<ImportTarget>();
	const take = (target: ImportTarget | null): ImportTarget | null => {
		if (target === null || taken.has(target)) return null;
		taken.add(target);
		return target;
	};
	const byHeading = headings.map((heading) => take(targetOf(heading, isSession)));
	// On webinar platforms people call themselves what they like; what they gave as their name stands apart.
	if (isSession && taken.has('familyName') && taken.has('givenName'))
		for (const [index, target] of byHeading.entries()) if (target === 'name') byHeading[index] = null;
	if (byHeading.includes('name'))
		for (const [index, target] of byHeading.entries()) if (target === 'familyName' || target === 'givenName') byHeading[index] = null;
	return headings.map(
		(heading, index) =>
			byHeading[index] ?? take(targetOfCells(rows.map((cells) => cells[index] ?? ''))) ?? (heading.trim() === '' ? 'ignore' : 'attribute'),
	);
}

/** What the cells of a heading name. */
export const targetsOf = (heads: readonly string[]): ReadonlySet<ImportTarget> =>
	new Set(heads.flatMap((cell) => targetOf(cell.slice(0, LONGEST_HEADING), true) ?? []));

function targetOf(heading: string, isSession: boolean): ImportTarget | null {
	const key = heading
		.normalize('NFKC')
		.toLowerCase()
		.replaceAll(/[^\p{L}\p{N}]+/gu, '');
	for (const [target, names] of Object.entries({ ...HEADINGS, ...(isSession ? SESSION_HEADINGS : {}) }))
		if (names.includes(key)) return target as ImportTarget;
	return null;
}

function targetOfCells(cells: readonly string[]): ImportTarget | null {
	const filled = cells.map((cell) => cell.trim()).filter((cell) => cell !== '');
	if (filled.length === 0) return null;
	const share = (pattern: RegExp) => filled.filter((cell) => pattern.test(cell)).length / filled.length;
	if (share(MAIL_CELL) > 0.6) return 'email';
	return share(PHONE_CELL) > 0.8 && filled.some((cell) => cell.replaceAll(/\D/g, '').length >= 10) ? 'phone' : null;
}
