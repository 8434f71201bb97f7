import { eq, isNull } from 'drizzle-orm';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';

import type { ImportSettings, ImportView } from '#gating';
import { outbox } from '#kernel/schema.ts';
import { stateOf } from '#tests/support/imports.ts';
import { aWebinar, createHall, type Hall } from '#tests/support/webinars.ts';

import * as gatingTables from '../../gating/schema.ts';
import { attendance, occurrence, registration, stay } from '../../webinar/schema.ts';

const marketer = { actor: 'staff:m', origin: '', seesPeople: true };

/** A report as Zoom writes it: facts, hosts, panelists, then attendees with a row for each time they came. */
const ZOOM = [
	'Attendee Report',
	'Report Generated:,"02/11/2026 09:00 AM"',
	'Topic,Webinar ID,Actual Start Time,Actual Duration (minutes),# Registered',
	'"Sizing, live",812 3456 7890,"02/10/2026 02:00 PM",60,4',
	'Host Details,',
	'Attended,User Name (Original Name),Email,Join Time,Leave Time,Time in Session (minutes),Is Guest,Country/Region Name',
	'Yes,Rosa Host,rosa@halden.example,"02/10/2026 01:50 PM","02/10/2026 03:05 PM",75,No,Switzerland',
	'Attendee Details,',
	'Attended,User Name (Original Name),First Name,Last Name,Email,Organization,Job Title,Registration Time,Approval Status,Join Time,Leave Time,Time in Session (minutes),Is Guest,Country/Region Name',
	'Yes,ada k,Ada,Keller,ada@packline.example,Packline AG,Design engineer,"02/01/2026 08:00 AM",approved,"02/10/2026 02:00 PM","02/10/2026 02:20 PM",20,Yes,Germany',
	'Yes,ada k (iPad),Ada,Keller,ada@packline.example,Packline AG,Design engineer,"02/01/2026 08:00 AM",approved,"02/10/2026 02:15 PM","02/10/2026 02:45 PM",30,Yes,Germany',
	'No,Ben Frei,Ben,Frei,ben@fans.example,Fans GmbH,Buyer,"02/02/2026 08:00 AM",approved,--,--,--,--,--',
	'Yes,Cleo,Cleo,Marti,cleo@valves.example,Valves AG,Head,"02/03/2026 08:00 AM",approved,"02/10/2026 08:00 PM","02/10/2026 08:30 PM",30,Yes,Germany',
	'Yes,Dan,Dan,Ott,dan@pumps.example,Pumps AG,Head,"02/03/2026 08:00 AM",approved,soon,later,30,Yes,Germany',
	'Other Attended',
	'User Name,Join Time,Leave Time,Time in Session (minutes),Country/Region Name',
	'+41790000000,"02/10/2026 02:00 PM","02/10/2026 02:20 PM",20,Switzerland',
].join('\r\n');

const ON24 = [
	'First Name\tLast Name\tEmail\tCompany\tJob Title\tRegistration Date\tLive Minutes\tArchive Minutes\tFirst Live Activity\tLast Live Activity',
	'Ada\tKeller\tada@packline.example\tPackline AG\tDesign engineer\t2026-02-01 08:00\t25\t0\t2026-02-10 14:00\t2026-02-10 14:50',
	'Eve\tLang\teve@belts.example\tBelts AG\tHead\t2026-02-04 08:00\t0\t12\t\t',
].join('\n');

let hall: Hall;
let occurrenceId: string;
beforeEach(async () => {
	hall = await createHall([aWebinar({ mode: 'live', durationMinutes: 60 })]);
	const past = { webinarId: 'w1', startsAt: new Date('2026-02-10T13:00:00Z'), durationMinutes: 60 };
	occurrenceId = await hall.hall.history.addSession(past, marketer);
});
afterEach(() => hall.close());

const settingsOf = (view: ImportView): ImportSettings => ({ ...view, locale: 'en', channel: 'social' });
const imports = () => hall.gate.gating.imports;

async function checked(text: string): Promise<string> {
	const about = await hall.hall.history.sessionOf(occurrenceId);
	const id = await imports().upload(Buffer.from(text), 'Zoom', 'en', marketer, about);
	const view = await imports().get(id);
	if (!view) throw new Error('no import');
	await imports().check(id, settingsOf(view), marketer);
	await imports().work(id);
	return id;
}

async function imported(text: string): Promise<string> {
	const id = await checked(text);
	await imports().run(id, marketer);
	await imports().work(id);
	expect(await imports().get(id)).toMatchObject({ state: 'done' });
	return id;
}

const people = async (list: string): Promise<number> => (await hall.hall.hostReports.people(occurrenceId, list)).length;
const here = async () => ({
	...(await stateOf(hall.gate.db, hall.gate.keys)),
	registrations: await hall.gate.db.read.select().from(registration),
	stays: await hall.gate.db.read.select().from(stay),
	attendance: (await hall.gate.db.read.select().from(attendance)).map((row) => ({ ...row, settledAt: null })),
	events: (await hall.gate.db.read.select().from(gatingTables.event))
		.map(({ id, at, props }) => ({ id, at, props }))
		.sort((a, b) => (a.id < b.id ? -1 : 1)),
	session: (await hall.gate.db.read.select().from(occurrence).where(eq(occurrence.id, occurrenceId)))[0],
});

describe('the dry run', () => {
	test('finds the attendees of a report, tells what each row is, and changes nothing', async () => {
		const before = await here();
		const id = await checked(ZOOM);
		const rows = await imports().rows(id, marketer, {});
		expect(rows.map(({ row, outcome, reasons, presence }) => [row, outcome, reasons, presence])).toEqual([
			[1, 'accept', [], '20'],
			[2, 'accept', [], '30'],
			[3, 'accept', [], 'absent'],
			[4, 'flag', ['presence-outside'], 'outside'],
			[5, 'error', ['wrong-time'], null],
		]);
		expect(await here()).toEqual(before);
	});
	test('a zone that is none is refused', async () => {
		const id = await checked(ZOOM);
		const view = await imports().get(id);
		if (!view) throw new Error('no import');
		await expect(imports().check(id, { ...settingsOf(view), timeZone: 'Mars/Olympus' }, marketer)).rejects.toMatchObject({
			fields: [{ field: 'timeZone' }],
		});
	});
});

describe('the run', () => {
	test('golden: several stretches of one person are united, absent ones are no-shows, nobody is written to', async () => {
		await imported(ZOOM);
		const report = await hall.hall.hostReports.of(occurrenceId);
		expect(report?.figures).toMatchObject({ registered: { count: 3 }, attended: { count: 1 }, 'no-show': { count: 2 } });
		expect(report?.averageMinutes).toBe(45);
		expect(report?.channels).toMatchObject([{ channel: 'social', showRate: 33 }]);
		expect(await people('imported')).toBe(3);
		expect(await hall.gate.db.read.select({ kind: outbox.kind }).from(outbox)).toEqual([]);
		expect(await hall.gate.db.read.select().from(gatingTables.consent)).toEqual([]);
		hall.at('2026-02-10T20:00:00Z');
		expect(await hall.hall.aftermath.planDue()).toBe(0);
	});

	test('is dated as the list says, and marked as imported', async () => {
		await imported(ZOOM);
		const [attended] = await hall.gate.db.read.select().from(gatingTables.event).where(eq(gatingTables.event.type, 'webinar.attended'));
		expect(attended).toMatchObject({ at: new Date('2026-02-10T13:45:00Z'), props: { occurrenceId, minutes: 45, source: 'import' } });
		const registered = await hall.gate.db.read.select().from(gatingTables.event).where(eq(gatingTables.event.type, 'webinar.registered'));
		expect(registered.map(({ at }) => at.toISOString()).sort()[0]).toBe('2026-02-01T07:00:00.000Z');
	});

	test('golden: its receipt lines are as old as the list says, and half is left after each sixty days', async () => {
		const { db, gating, clock } = hall.gate;
		const importedAt = clock.at;
		await imported(ZOOM);
		const [seen] = await db.read.select({ personId: stay.personId }).from(stay);
		const [who] = await db.read
			.select({ leadId: gatingTables.person.leadId })
			.from(gatingTables.person)
			.where(eq(gatingTables.person.id, seen?.personId ?? ''));
		const linesAt = async (at: Date) => {
			const receipt = await gating.leads.receipt(who?.leadId ?? '', at);
			if (!receipt) throw new Error('no receipt');
			const lines = [...receipt.fit.lines, ...receipt.engagement.lines];
			expect(lines.reduce((sum, { points }) => sum + points, 0)).toBe(receipt.total);
			return receipt.engagement.lines
				.filter(({ rule }) => rule.startsWith('webinar-'))
				.map(({ rule, at: of, full, points }) => [rule, of.toISOString(), full, points]);
		};
		const there = (points: number) => [
			['webinar-attended', '2026-02-10T13:45:00.000Z', 1_000, points],
			['webinar-stayed', '2026-02-10T13:45:00.000Z', 1_000, points],
		];
		const registered = (points: number) => ['webinar-registered', '2026-02-01T07:00:00.000Z', 500, points];
		// Twenty days after the session, on the day of the import; then sixty and a hundred and twenty days after the session.
		const left = async (at: Date) => (await linesAt(at)).filter(([rule]) => rule !== 'webinar-registered').sort();
		expect(importedAt.toISOString().slice(0, 10)).toBe('2026-03-02');
		expect(await left(importedAt)).toEqual(there(794));
		expect(await left(new Date('2026-04-11T12:00:00Z'))).toEqual(there(500));
		expect(await left(new Date('2026-06-10T12:00:00Z'))).toEqual(there(250));
		expect((await linesAt(importedAt)).find(([rule]) => rule === 'webinar-registered')).toEqual(registered(320));
	});

	test('a second list adds to the first; a list of another platform is read the same way', async () => {
		await imported(ZOOM);
		await imported(ON24);
		expect(await people('registered')).toBe(4);
		const [ada] = await hall.hall.hostReports.people(occurrenceId, 'attended');
		expect(ada?.liveSeconds).toBe(45 * 60);
	});

	test('who registered here keeps that registration, and what this hub saw stays its own', async () => {
		await hall.attend('ada@packline.example');
		const [ahead] = await hall.hall.report.occurrences('ahead', 1);
		occurrenceId = ahead?.id ?? '';
		hall.at('2026-03-03T12:00:00Z');
		const own = await hall.gate.db.read.select().from(registration);
		const id = await imported(ON24.replaceAll('2026-02-10 14:', '2026-03-03 11:'));
		expect(await people('registered')).toBe(2);
		expect(await people('attended')).toBe(1);
		expect(await hall.gate.db.read.select().from(registration).where(isNull(registration.importId))).toEqual(own);
		await imports().undo(id, marketer);
		await imports().work(id);
		expect(await hall.gate.db.read.select().from(registration)).toEqual(own);
		expect(await people('attended')).toBe(0);
	});
});

test('golden: undone, everything is as before', async () => {
	const before = await here();
	const id = await imported(ZOOM);
	expect(await here()).not.toEqual(before);
	await imports().undo(id, marketer);
	await imports().work(id);
	expect(await here()).toEqual(before);
});

describe('sessions held elsewhere', () => {
	const add = (over = {}) =>
		hall.hall.history.addSession({ webinarId: 'w1', startsAt: new Date('2026-01-10T13:00:00Z'), durationMinutes: 60, ...over }, marketer);
	test('are over from the start, once for each start', async () => {
		const id = await add();
		expect(await add()).toBe(id);
		expect(await hall.hall.report.occurrence(id)).toMatchObject({ status: 'ended', registered: 0 });
	});
	test.each([
		[{ webinarId: 'nobody' }],
		[{ startsAt: new Date('2027-01-01T00:00:00Z') }],
		[{ startsAt: new Date(Number.NaN) }],
		[{ durationMinutes: 0 }],
	])('%j is refused', async (over) => {
		await expect(add(over)).rejects.toMatchObject({ code: 'invalid' });
	});
	test('a session that is still ahead takes no list', async () => {
		const ahead = await hall.hall.report.occurrences('ahead', 1);
		await expect(hall.hall.history.sessionOf(ahead[0]?.id ?? '')).rejects.toMatchObject({ code: 'conflict' });
	});
});
