/** Words of a time that is left or over. */
export interface LeftWords {
	readonly left: string;
	readonly overdue: string;
	readonly days: string;
	readonly hours: string;
	readonly minutes: string;
}

const MINUTE_MS = 60_000;

/** `3 h 20 min left`, `2 d 4 h overdue`: to the minute within a day, to the hour beyond. */
export function leftText(ms: number, words: LeftWords): string {
	return put(ms < 0 ? words.overdue : words.left, { time: spanText(Math.abs(ms), words) });
}

/** `45 min`, `3 h 20 min`, `2 d 4 h`. */
export function spanText(ms: number, words: Pick<LeftWords, 'days' | 'hours' | 'minutes'>): string {
	const minutes = Math.floor(ms / MINUTE_MS);
	if (minutes < 60) return put(words.minutes, { minutes });
	const hours = Math.floor(minutes / 60);
	if (hours < 24) return put(words.hours, { hours, minutes: minutes % 60 });
	return put(words.days, { days: Math.floor(hours / 24), hours: hours % 24 });
}

/** The script of the page has no other words than these. */
function put(template: string, values: Readonly<Record<string, string | number>>): string {
	return template.replaceAll(/\{(\w+)\}/g, (_, name: string) => String(values[name] ?? ''));
}
