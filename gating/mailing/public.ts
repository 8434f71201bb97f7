export type { CalendarEntry } from './calendar.ts';
export type { Mailings, NamedListed } from './create-mailings.ts';
export type { MailingRow } from './deps.ts';
export type { DryRun } from './edit.ts';
export type { MailingInput, MailingState } from './mailing.ts';
export type { Figure, MailingReport } from './report.ts';
