import type { Locale } from '#cms/content.ts';
import type { JobHandler } from '#kernel/job.ts';
import type { OutboxHandler } from '#kernel/outbox.ts';

import { type Attribution, type AttributionDeps, createAttribution } from '../attribution/create-attribution.ts';
import { type ContentReports, createContentReports, type Days } from './create-content.ts';
import { createSchedules, REPORT_MAIL, type ScheduleDeps, type Schedules } from './create-schedules.ts';
import { type ReportMailDeps, reportMailHandler } from './report-mail.ts';
import { csvOfTable, type OtherReport, type ReportCode, REPORTS, type ReportTable, type TableDeps, tableOf } from './table.ts';

/** What came of it all: which contacts paid, and the reports. */
export interface Results {
	readonly attribution: Attribution;
	readonly content: ContentReports;
	/** Reports that can be taken away and sent. */
	readonly codes: readonly ReportCode[];
	/** A report as a table of words. @throws DomainError invalid for days that are none */
	table(code: ReportCode, days: Days, locale: Locale): Promise<ReportTable>;
	/** The same as a CSV file. */
	csv(code: ReportCode, days: Days, locale: Locale): Promise<string>;
	/** Reports by mail. */
	readonly schedules: Schedules;
	readonly handlers: Readonly<Record<string, OutboxHandler>>;
	readonly jobs: Readonly<Record<string, JobHandler>>;
}

export interface ResultsDeps extends AttributionDeps, ScheduleDeps, ReportMailDeps, Pick<TableDeps, 'funnel' | 'channels' | 'acceptance'> {
	/** Reports of other folders; read at each call. */
	readonly otherReports?: readonly OtherReport[] | undefined;
}

export function createResults(deps: ResultsDeps): Results {
	const [attribution, contents] = [createAttribution(deps), createContentReports(deps)];
	const table: Results['table'] = (code, days, locale) =>
		tableOf({ ...deps, attribution, contents, others: deps.otherReports ?? [] }, code, days, locale);
	const schedules = createSchedules(deps);
	return Object.freeze<Results>({
		attribution,
		content: contents,
		codes: REPORTS,
		table,
		csv: async (code, days, locale) => csvOfTable(await table(code, days, locale)),
		schedules,
		handlers: Object.freeze({ [REPORT_MAIL]: reportMailHandler(deps, table) }),
		jobs: schedules.jobs,
	});
}
