import { inLocale } from '#cms/content.ts';
import { nextDay, startOfDay } from '#kernel/clock.ts';
import type { Days, OtherReport } from '#gating';
import { textsFor } from '#kernel/texts/index.ts';

import type { WebinarsDeps } from '../deps.ts';
import type { OverallParams, SessionFigures } from './overall.ts';
import { percentOf } from './count.ts';

const OVERALL = new URL('./overall.ts', import.meta.url);

/** What came of all webinars. */
export interface OverallReport {
	/** Sessions that began in a period of local days, both included; the days are days. */
	read(days: Days): Promise<readonly SessionFigures[]>;
	/** The same as a table of words. */
	readonly asTable: OtherReport;
}

export function createOverall({ db, content }: Pick<WebinarsDeps, 'db' | 'content'>): OverallReport {
	const zone = (): string => content().site.timeZone;
	const read: OverallReport['read'] = ({ from, to }) => {
		const params = { start: startOfDay(from, zone()).getTime(), end: startOfDay(nextDay(to), zone()).getTime() };
		return db.analyse<OverallParams, readonly SessionFigures[]>({ module: OVERALL, name: 'readOverall', params });
	};
	const asTable: OtherReport = {
		code: 'webinars',
		table: async (days, locale) => {
			const { webinars: text } = textsFor(locale).reports;
			const moment = new Intl.DateTimeFormat(locale === 'en' ? 'en-GB' : locale, { dateStyle: 'medium', timeStyle: 'short', timeZone: zone() });
			const rows = (await read(days)).map(({ title, startsAt, registered, attended, minutes, replay, asked, surveys }) => [
				...[inLocale(title, locale) || inLocale(title, 'en'), moment.format(startsAt), registered, attended, percentOf(attended, registered)],
				...[minutes, replay, asked, surveys],
			]);
			const heads = [
				text.session,
				text.begins,
				text.registered,
				text.attended,
				`${text.showRate}, %`,
				text.minutes,
				text.replay,
				text.asked,
				text.survey,
			];
			return { title: text.title, heads, rows };
		},
	};
	return Object.freeze<OverallReport>({ read, asTable });
}
