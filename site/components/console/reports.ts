import type { Days, ReportCode } from '#gating';
import { isDay } from '#kernel/clock.ts';

/** The longest period of a report, in days. */
const MOST_DAYS = 1_100;

/** The period of an address; null when it names one that is none. */
export function daysOf(params: URLSearchParams, usual: Days): Days | null {
	const days = { from: params.get('from') || usual.from, to: params.get('to') || usual.to };
	if (!isDay(days.from) || !isDay(days.to) || days.to < days.from) return null;
	return (Date.parse(days.to) - Date.parse(days.from)) / 86_400_000 > MOST_DAYS ? null : days;
}

/** Where a report is taken away as a CSV file. */
export const csvAddress = (code: ReportCode, { from, to }: Days): string =>
	`/console/reports/${code}.csv?${new URLSearchParams({ from, to }).toString()}`;

/** Where a report has its page. */
export const REPORT_PAGES = {
	funnel: '/console/funnel',
	attribution: '/console/attribution',
	content: '/console/reports/content',
	webinars: '/console/reports/webinars',
	channels: '/console/channel-report',
	precision: '/console/scoring/precision',
	search: '/console/search',
	chance: '/console/scoring/chance',
} as const;
