export type * from '../attribution/public.ts';
export type { ContentLine } from './content-count.ts';
export type { ContentList, ContentType } from './content-report.ts';
export type { ContentReports, Days } from './create-content.ts';
export type { Results } from './create-results.ts';
export type { OtherReport, ReportCode, ReportTable } from './table.ts';
export type { Schedule, Schedules } from './create-schedules.ts';
