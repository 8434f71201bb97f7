import { and, desc, eq, inArray, isNull } from 'drizzle-orm';

import { recordAudit } from '#kernel/audit.ts';
import type { Now } from '#kernel/clock.ts';
import type { Database, Handle } from '#kernel/database.ts';
import { DomainError } from '#kernel/errors.ts';
import { newId, type Random } from '#kernel/id.ts';
import { type JobHandler, schedule } from '#kernel/job.ts';
import { enqueue } from '#kernel/outbox.ts';

import { type Reader, whoOf } from '../lead/reader.ts';
import { staffMember } from '../schema.ts';
import { can, type StaffRole } from '../staff/can.ts';
import { nextSending, periodBefore, RHYTHMS, type Rhythm, type SendTime } from './rhythm.ts';
import { reportSchedule } from './schema.ts';
import { type ReportCode, REPORTS } from './table.ts';

const SEND = 'report.send';
export const REPORT_MAIL = 'report.mail';
const MOST_RECIPIENTS = 50;

export interface ScheduleDeps {
	readonly db: Database;
	readonly now: Now;
	readonly random: Random;
	readonly timeZone: () => string;
}

export interface NewSchedule extends SendTime {
	readonly reports: readonly ReportCode[];
	/** Ids of staff. */
	readonly recipients: readonly string[];
}

export interface Schedule extends NewSchedule {
	readonly id: string;
	/** Names of who gets it, as they were called last. */
	readonly names: readonly string[];
	/** Null once it was stopped. */
	readonly nextAt: Date | null;
	readonly lastSentAt: Date | null;
}

/** Reports that are sent to staff by mail. */
export interface Schedules {
	/** Newest first. */
	list(): Promise<readonly Schedule[]>;
	/** Staff who may get reports. */
	readers(): Promise<readonly { readonly id: string; readonly name: string }[]>;
	/** @throws DomainError invalid */
	add(input: NewSchedule, by: Reader): Promise<string>;
	/** Nothing more is sent. @throws DomainError not-found */
	stop(id: string, by: Reader): Promise<void>;
	/** Sends it to one member of staff now; told is what the last sending would have told. @throws DomainError not-found */
	test(id: string, staffId: string, by: Reader): Promise<void>;
	readonly jobs: Readonly<Record<string, JobHandler>>;
}

export function createSchedules({ db, now, random, timeZone }: ScheduleDeps): Schedules {
	const plan = async (tx: Handle, id: string, time: SendTime): Promise<Date> => {
		const { day, at } = nextSending(time, now(), timeZone());
		await schedule(tx, { key: `${SEND}:${id}:${day}`, kind: SEND, params: { id, day }, dueAt: at }, now());
		return at;
	};
	const readers: Schedules['readers'] = async () => {
		const { id, name, role } = staffMember;
		const rows = await db.read.select({ id, name, role }).from(staffMember).where(isNull(staffMember.leftAt)).orderBy(name);
		return rows.filter((row) => can(row.role as StaffRole, 'reports.read')).map((row) => ({ id: row.id, name: row.name }));
	};
	/** Hands the mails of one day over, once: the job's key and each mail's name schedule and day. */
	const send: JobHandler = async ({ params }) => {
		const [id, day] = [String(params['id']), String(params['day'])];
		await db.write(async (tx) => {
			const [row] = await tx.select().from(reportSchedule).where(eq(reportSchedule.id, id));
			if (!row || row.stoppedAt !== null) return;
			const period = periodBefore(row.rhythm as Rhythm, day);
			for (const staffId of row.recipients)
				await enqueue(tx, { kind: REPORT_MAIL, key: `report:${id}:${day}:${staffId}`, payload: { scheduleId: id, staffId, ...period }, dueAt: now() }, now(), random); // prettier-ignore
			const nextAt = await plan(tx, id, timeOf(row));
			await tx.update(reportSchedule).set({ lastSentAt: now(), nextAt }).where(eq(reportSchedule.id, id));
		});
	};
	return Object.freeze<Schedules>({
		list: async () => {
			const rows = await db.read.select().from(reportSchedule).orderBy(desc(reportSchedule.createdAt), desc(reportSchedule.id)).limit(100);
			const ids = [...new Set(rows.flatMap(({ recipients }) => recipients))];
			const staff = await db.read.select({ id: staffMember.id, name: staffMember.name }).from(staffMember).where(inArray(staffMember.id, ids));
			const nameOf = new Map(staff.map(({ id, name }) => [id, name]));
			return rows.map((row) => ({
				...{ id: row.id, ...timeOf(row), reports: row.reports as readonly ReportCode[], recipients: row.recipients },
				...{ names: row.recipients.flatMap((id) => nameOf.get(id) ?? []), nextAt: row.nextAt, lastSentAt: row.lastSentAt },
			}));
		},
		readers,
		add: async (input, by) => {
			const known = new Set((await readers()).map(({ id }) => id));
			refuse(input, known);
			const { reports, recipients, rhythm, day, hour } = input;
			const id = newId(now(), random);
			await db.write(async (tx) => {
				const nextAt = await plan(tx, id, input);
				const told = { reports: [...new Set(reports)], recipients: [...new Set(recipients)], rhythm, day, hour };
				await tx.insert(reportSchedule).values({ id, ...told, createdBy: by.actor, createdAt: now(), nextAt, lastSentAt: null, stoppedAt: null });
				await recordAudit(tx, { ...whoOf(by), action: 'report.schedule', subject: `report-schedule:${id}`, detail: told }, now(), random);
			});
			return id;
		},
		stop: async (id, by) =>
			db.write(async (tx) => {
				const stopped = await tx
					.update(reportSchedule)
					.set({ stoppedAt: now(), nextAt: null })
					.where(and(eq(reportSchedule.id, id), isNull(reportSchedule.stoppedAt)))
					.returning({ id: reportSchedule.id });
				if (stopped.length === 0) throw gone();
				await recordAudit(tx, { ...whoOf(by), action: 'report.schedule-stop', subject: `report-schedule:${id}`, detail: {} }, now(), random);
			}),
		test: async (id, staffId, by) =>
			db.write(async (tx) => {
				const [row] = await tx.select().from(reportSchedule).where(eq(reportSchedule.id, id));
				if (!row || row.stoppedAt !== null) throw gone();
				const period = periodBefore(row.rhythm as Rhythm, nextSending(timeOf(row), now(), timeZone()).day);
				const payload = { scheduleId: id, staffId, ...period, isTest: true };
				await enqueue(tx, { kind: REPORT_MAIL, key: `report-test:${newId(now(), random)}`, payload, dueAt: now() }, now(), random);
				await recordAudit(tx, { ...whoOf(by), action: 'report.test', subject: `report-schedule:${id}`, detail: {} }, now(), random);
			}),
		jobs: Object.freeze({ [SEND]: send }),
	});
}

const gone = () => new DomainError('not-found', 'These reports are not sent any more.', { fields: [{ field: 'id', code: 'gone' }] });

const timeOf = ({ rhythm, day, hour }: { readonly rhythm: string; readonly day: number; readonly hour: number }): SendTime => ({
	...{ rhythm: rhythm as Rhythm, day, hour },
});

function refuse({ reports, recipients, rhythm, day, hour }: NewSchedule, known: ReadonlySet<string>): void {
	const isWhole = (value: number, from: number, to: number): boolean => Number.isInteger(value) && value >= from && value <= to;
	const wrong = (field: string) => new DomainError('invalid', 'The reports cannot be sent so.', { fields: [{ field, code: 'choice' }] });
	if (reports.length === 0 || !reports.every((code) => (REPORTS as readonly string[]).includes(code))) throw wrong('reports');
	if (recipients.length === 0 || recipients.length > MOST_RECIPIENTS || !recipients.every((id) => known.has(id))) throw wrong('recipients');
	if (!(RHYTHMS as readonly string[]).includes(rhythm)) throw wrong('rhythm');
	if (!isWhole(day, 1, rhythm === 'weekly' ? 7 : 28) || !isWhole(hour, 0, 23)) throw wrong('hour');
}
