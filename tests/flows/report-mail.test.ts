import { afterAll, beforeAll, expect, test } from 'vitest';

import { DAY_MS, HOUR_MS } from '#kernel/clock.ts';
import { systemRandom } from '#kernel/id.ts';
import { createJobs } from '#kernel/job.ts';
import { createLog } from '#kernel/log.ts';
import type { Mail } from '#kernel/mailer.ts';
import { createOutbox } from '#kernel/outbox.ts';
import type { Reader } from '#gating';
import { aSite, createGate, type Gate } from '#tests/support/gate.ts';

import { reportPdf } from '../../cms/pdf/report.ts';
import { createSchedules, REPORT_MAIL, type Schedules } from '../../gating/results/create-schedules.ts';
import { reportMailHandler } from '../../gating/results/report-mail.ts';
import { staffMember } from '../../gating/schema.ts';

const mara: Reader = { actor: 'staff:mara', origin: '', seesPeople: true };
const weekly = { reports: ['funnel', 'content'], recipients: ['mara', 'li'], rhythm: 'weekly', day: 1, hour: 8 } as const;

let gate: Gate;
let schedules: Schedules;
let due: () => Promise<void>;
const mails: Mail[] = [];

beforeAll(async () => {
	gate = await createGate();
	// A Monday in Zurich, before eight.
	gate.clock.at = new Date('2026-03-02T06:00:00Z');
	await gate.db.write((tx) =>
		tx.insert(staffMember).values(
			[
				{ id: 'mara', name: 'Mara', role: 'marketer' },
				{ id: 'li', name: 'Li', role: 'analyst' },
				{ id: 'hal', name: 'Hal', role: 'host' },
			].map((one) => ({ ...one, seenAt: gate.clock.at, leftAt: null })),
		),
	);
	const deps = { db: gate.db, now: () => gate.clock.at, random: systemRandom, timeZone: () => 'Europe/Zurich', content: () => aSite() };
	schedules = createSchedules(deps);
	const languages: Readonly<Record<string, string>> = { mara: 'en-GB', li: 'zh-CN' };
	const handler = reportMailHandler(
		{
			...deps,
			origin: 'https://hub.example',
			mailer: { send: async (mail) => void mails.push(mail), check: async () => 'ok', close: async () => undefined },
			directory: {
				signIn: async () => ({ status: 'refused' }),
				check: async (id: string) =>
					languages[id] === undefined
						? { status: 'gone' }
						: { status: 'active', id, name: id, role: 'marketer', email: `${id}@halden.example`, language: languages[id] ?? null },
			} as never,
			printReports: async (text) => new Uint8Array(await reportPdf(text)),
		},
		(code, days, locale) => gate.gating.results.table(code, days, locale),
	);
	const log = createLog('silent');
	const jobs = createJobs({ ...deps, log, handlers: schedules.jobs });
	const outbox = createOutbox({ ...deps, log, handlers: { [REPORT_MAIL]: handler } });
	due = async () => {
		await jobs.runDue();
		await outbox.runDue();
	};
});
afterAll(() => gate.close());

test('reports go to each reader once at the hour, in their language, as a PDF with the tables as CSV files', async () => {
	const id = await schedules.add(weekly, mara);
	await due();
	expect(mails).toEqual([]);
	gate.pass(HOUR_MS);
	await due();
	await due();
	expect(mails.map(({ to }) => to).sort()).toEqual(['li@halden.example', 'mara@halden.example']);
	const [own, other] = [mails.find(({ to }) => to.startsWith('mara')), mails.find(({ to }) => to.startsWith('li'))];
	expect(own?.subject).toBe('Halden Drives: reports from 2026-02-23 to 2026-03-01');
	expect(other?.subject).toMatch(/报表$/);
	expect(own?.attachments?.map(({ filename }) => filename)).toEqual([
		'reports-2026-02-23-2026-03-01.pdf',
		'funnel-2026-02-23-2026-03-01.csv',
		'content-2026-02-23-2026-03-01.csv',
	]);
	expect(
		Buffer.from(own?.attachments?.[0]?.content ?? '', 'base64')
			.subarray(0, 5)
			.toString(),
	).toBe('%PDF-');
	expect(Buffer.from(own?.attachments?.[1]?.content ?? '', 'base64').toString()).toContain('Stage,Reached');
	const [kept] = await schedules.list();
	expect(kept).toMatchObject({ id, names: ['Mara', 'Li'], lastSentAt: gate.clock.at, nextAt: new Date('2026-03-09T07:00:00Z') });
});

test('the next week it is sent again; what was stopped is not sent', async () => {
	const [kept] = await schedules.list();
	gate.pass(7 * DAY_MS);
	await due();
	expect(mails).toHaveLength(4);
	await schedules.stop(kept?.id ?? '', mara);
	gate.pass(7 * DAY_MS);
	await due();
	expect(mails).toHaveLength(4);
	await expect(schedules.stop(kept?.id ?? '', mara)).rejects.toMatchObject({ code: 'not-found' });
	await expect(schedules.test(kept?.id ?? '', 'mara', mara)).rejects.toMatchObject({ code: 'not-found' });
});

test('a test goes to who asked for it, at once, and changes no plan', async () => {
	const id = await schedules.add({ ...weekly, rhythm: 'monthly', day: 1, reports: ['precision'] }, mara);
	const [before] = await schedules.list();
	await schedules.test(id, 'mara', mara);
	await due();
	expect(mails).toHaveLength(5);
	expect(mails.at(-1)?.text).toContain('This is a test');
	expect((await schedules.list())[0]).toEqual(before);
});

test.each([
	['no report', { reports: [] }, 'reports'],
	['a report that there is not', { reports: ['secrets'] }, 'reports'],
	['nobody', { recipients: [] }, 'recipients'],
	['somebody who may not see reports', { recipients: ['hal'] }, 'recipients'],
	['somebody unknown', { recipients: ['nobody'] }, 'recipients'],
	['a rhythm that is none', { rhythm: 'hourly' }, 'rhythm'],
	['a day that not every month has', { rhythm: 'monthly', day: 31 }, 'hour'],
	['an hour that is none', { hour: 24 }, 'hour'],
])('refuses %s', async (_name, over, field) =>
	expect(schedules.add({ ...weekly, ...(over as object) }, mara)).rejects.toMatchObject({ code: 'invalid', fields: [{ field }] }),
);
