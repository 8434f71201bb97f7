/** Families by what their user agent says; those that say another's name too come first. */
const FAMILIES: readonly (readonly [RegExp, string])[] = [
	[/MicroMessenger\//, 'WeChat'],
	[/DingTalk\//, 'DingTalk'],
	[/Edg(?:e|A|iOS)?\//, 'Edge'],
	[/OPR\/|Opera/, 'Opera'],
	[/SamsungBrowser\//, 'Samsung Internet'],
	[/Firefox\/|FxiOS\//, 'Firefox'],
	[/Chrome\/|CriOS\/|Chromium\//, 'Chrome'],
	[/Safari\//, 'Safari'],
];
const LONGEST_AGENT = 500;

/** The family a user agent belongs to, as people call it; '' when it names none. What else it says is not kept. */
export function browserFamily(userAgent: string): string {
	const agent = userAgent.slice(0, LONGEST_AGENT);
	return FAMILIES.find(([pattern]) => pattern.test(agent))?.[1] ?? '';
}
