import { eq } from 'drizzle-orm';

import type { Locale, Snapshot } from '#cms/content.ts';
import type { Database } from '#kernel/database.ts';
import type { Mailer } from '#kernel/mailer.ts';
import type { Dropped, OutboxHandler } from '#kernel/outbox.ts';
import { fill, textsFor } from '#kernel/texts/index.ts';

import { helloOf, mailHtml, mailText } from '../access/mail-layout.ts';
import type { Cell } from '../export/cell.ts';
import { staffMember } from '../schema.ts';
import { addresseeOf } from '../staff/addressee.ts';
import { can, type StaffRole } from '../staff/can.ts';
import type { StaffDirectory } from '../staff/create-staff.ts';
import type { Days } from './create-content.ts';
import { reportSchedule } from './schema.ts';
import { csvOfTable, type ReportCode, type ReportTable } from './table.ts';

/** What a press sets as a PDF. */
export interface PrintedReports {
	readonly locale: Locale;
	readonly brand: string;
	readonly title: string;
	readonly occasion: string;
	readonly sections: readonly {
		readonly title: string;
		readonly heads: readonly string[];
		readonly rows: readonly (readonly string[])[];
		readonly note: string;
	}[];
}

export interface ReportMailDeps {
	readonly db: Database;
	readonly mailer: Mailer;
	readonly directory: StaffDirectory;
	/** Origin of links in mails, without a trailing slash. */
	readonly origin: string;
	readonly timeZone: () => string;
	readonly content: () => Snapshot;
	/** Sets reports as a PDF. */
	readonly printReports?: ((text: PrintedReports) => Promise<Uint8Array>) | undefined;
}

/** Rows of a report that a PDF shows; the CSV file has all. */
const MOST_ROWS = 60;

/** To a member of staff who still works here and may see reports: a PDF, and each table as a CSV file, in their language. */
export function reportMailHandler(
	deps: ReportMailDeps,
	table: (code: ReportCode, days: Days, locale: Locale) => Promise<ReportTable>,
): OutboxHandler {
	const { db, mailer, directory, origin, timeZone, content, printReports } = deps;
	return async ({ id, payload }): Promise<void | Dropped> => {
		const staffId = String(payload['staffId']);
		const days: Days = { from: String(payload['from']), to: String(payload['to']) };
		const [row] = await db.read
			.select()
			.from(reportSchedule)
			.where(eq(reportSchedule.id, String(payload['scheduleId'])));
		if (!row || row.stoppedAt !== null) return { dropped: 'stopped' };
		const [member] = await db.read.select({ role: staffMember.role }).from(staffMember).where(eq(staffMember.id, staffId));
		if (!member || !can(member.role as StaffRole, 'reports.read')) return { dropped: 'no-right' };
		const reader = await addresseeOf(directory, staffId);
		if ('dropped' in reader) return reader;
		const { locale } = reader;
		const texts = textsFor(locale);
		const { mail: text, names, title } = texts.reports;
		const codes = row.reports as readonly ReportCode[];
		const tables: { readonly code: ReportCode; readonly table: ReportTable }[] = [];
		for (const code of codes) tables.push({ code, table: await table(code, days, locale) });
		const { brand } = content().site;
		const words = {
			brand,
			...days,
			zone: timeZone(),
			names: codes.map((code) => names[code]).join(texts.site.partSeparator),
			url: `${origin}/console/reports`,
		};
		const sections = tables.map((one) => sectionOf(one.table, locale));
		const pdf = await printReports?.({ locale, brand, title, occasion: fill(text.occasion, words), sections });
		const mail = {
			...{ locale, brand, hello: helloOf({ name: reader.name }, locale) },
			paragraphs: [fill(text.text, words), ...(payload['isTest'] === true ? [text.test] : [])],
			button: { label: text.button, url: words.url, hint: text.hint },
			...{ notes: [], regards: texts.mail.regards, foot: [fill(text.foot, words)] },
		};
		const name = `${days.from}-${days.to}`;
		const file = (filename: string, mediaType: string, bytes: Uint8Array) => ({
			filename,
			mediaType,
			content: Buffer.from(bytes).toString('base64'),
		});
		await mailer.send(
			{
				...{ to: reader.email, subject: fill(text.subject, words), text: mailText(mail), html: mailHtml(mail) },
				messageId: `<${id}@${new URL(origin).hostname}>`,
				headers: { 'Auto-Submitted': 'auto-generated' },
				attachments: [
					...(pdf ? [file(`${text.file}-${name}.pdf`, 'application/pdf', pdf)] : []),
					...tables.map((one) => file(`${one.code}-${name}.csv`, 'text/csv', Buffer.from(csvOfTable(one.table)))),
				],
			},
			null,
		);
		return undefined;
	};
}

/** A table as the PDF shows it: the first rows, in the words of the reader. */
function sectionOf({ title, heads, rows }: ReportTable, locale: Locale): PrintedReports['sections'][number] {
	const { mail: text } = textsFor(locale).reports;
	const number = new Intl.NumberFormat(locale === 'en' ? 'en-GB' : locale, { maximumFractionDigits: 2 });
	const shown = (cell: Cell): string => (cell === null || cell === '' ? '–' : typeof cell === 'number' ? number.format(cell) : cell);
	const note = rows.length === 0 ? text.empty : rows.length > MOST_ROWS ? fill(text.shortened, { n: MOST_ROWS, count: rows.length }) : '';
	return { title, heads, rows: rows.slice(0, MOST_ROWS).map((row) => row.map(shown)), note };
}
