import ICAL from 'ical.js';
import { describe, expect, test } from 'vitest';

import { addToLinks, type CalendarEntry, calendarFile } from './calendar.ts';

const entry: CalendarEntry = {
	uid: '018f-registration',
	sequence: 0,
	isCancelled: false,
	startsAt: new Date('2026-10-25T08:00:00Z'),
	endsAt: new Date('2026-10-25T08:45:00Z'),
	title: 'Harmonics; in older plants, measured 老厂供电中的谐波:怎样测、依据什么限值、四种治理办法哪一种划算',
	description: 'Join here:\nhttps://hub.example/j/token',
	url: 'https://hub.example/j/token',
	location: 'https://hub.example/j/token',
	origin: 'https://hub.example:8443',
	organiser: { name: 'Halden Drives', email: 'hello@halden-drives.example' },
	attendee: { name: 'Ann "Ace"; O’Neil', email: 'ann@plant.example' },
	madeAt: new Date('2026-10-01T12:00:00Z'),
};

/** Reads a file with a parser that shares no code with the writer. */
function parse(content: string) {
	const calendar = new ICAL.Component(ICAL.parse(content) as unknown[]);
	const component = calendar.getFirstSubcomponent('vevent');
	if (!component) throw new Error('no event');
	return { method: calendar.getFirstPropertyValue('method'), component, event: new ICAL.Event(component) };
}
const instant = (time: ICAL.Time): string => time.toJSDate().toISOString();

describe('golden: a calendar file, read by another parser', () => {
	const file = calendarFile(entry);
	const { method, component, event } = parse(file.content);

	test('is a request for the right instants, whatever the zone of its reader', () => {
		expect([file.method, method]).toEqual(['REQUEST', 'REQUEST']);
		expect([instant(event.startDate), instant(event.endDate)]).toEqual(['2026-10-25T08:00:00.000Z', '2026-10-25T08:45:00.000Z']);
		expect(event.startDate.zone.tzid).toBe('UTC');
		expect(component.getFirstPropertyValue('status')).toBe('CONFIRMED');
	});

	test('carries text whole, however it is escaped and folded', () => {
		expect(event.summary).toBe(entry.title);
		expect(event.description).toBe(entry.description);
		expect([component.getFirstPropertyValue('url'), event.location]).toEqual([entry.url, entry.location]);
	});

	test('names organiser and attendee by well-formed parameters', () => {
		const organiser = component.getFirstProperty('organizer');
		expect(String(organiser?.getFirstValue()).toLowerCase()).toBe('mailto:hello@halden-drives.example');
		const [attendee] = event.attendees;
		expect(String(attendee?.getFirstValue()).toLowerCase()).toBe('mailto:ann@plant.example');
		expect([attendee?.getParameter('cn'), attendee?.getParameter('partstat')]).toEqual(['Ann Ace O’Neil', 'ACCEPTED']);
	});

	test('reminds a quarter of an hour before, in the words of the title', () => {
		const alarms = component.getAllSubcomponents('valarm');
		expect(alarms).toHaveLength(1);
		expect(alarms[0]?.getFirstPropertyValue('action')).toBe('DISPLAY');
		expect(alarms[0]?.getFirstPropertyValue('description')).toBe(entry.title);
		expect((alarms[0]?.getFirstPropertyValue('trigger') as ICAL.Duration).toSeconds()).toBe(-900);
	});

	test('has lines of at most 75 octets that end with CRLF', () => {
		expect(file.content.endsWith('END:VCALENDAR\r\n')).toBe(true);
		expect(Math.max(...file.content.split('\r\n').map((line) => Buffer.byteLength(line)))).toBeLessThanOrEqual(75);
		expect(file.content.replaceAll('\r\n', '')).not.toMatch(/[\r\n]/);
	});

	test('a long Chinese title is folded between characters', () => {
		const title = '变频器谐波治理与伺服驱动器选型'.repeat(12);
		expect(parse(calendarFile({ ...entry, title }).content).event.summary).toBe(title);
		for (const line of calendarFile({ ...entry, title }).content.split('\r\n')) {
			expect(Buffer.byteLength(line)).toBeLessThanOrEqual(75);
			expect(line).not.toContain('\uFFFD');
		}
	});

	test('keeps its UID when moved, and raises SEQUENCE', () => {
		const moved = parse(calendarFile({ ...entry, sequence: 1, startsAt: new Date('2026-10-26T08:00:00Z') }).content);
		expect(moved.event.uid).toBe(event.uid);
		expect([event.sequence, moved.event.sequence]).toEqual([0, 1]);
	});

	test('cancels the same entry, and reminds of it no more', () => {
		const cancelled = parse(calendarFile({ ...entry, sequence: 2, isCancelled: true }).content);
		expect(cancelled.method).toBe('CANCEL');
		expect(cancelled.component.getFirstPropertyValue('status')).toBe('CANCELLED');
		expect(cancelled.event.uid).toBe(event.uid);
		expect(cancelled.component.getAllSubcomponents('valarm')).toEqual([]);
	});

	test('fetched by hand it is a publication, which asks nobody for an answer', () => {
		const published = parse(calendarFile(entry, true).content);
		expect(published.method).toBe('PUBLISH');
		expect(published.event.attendees).toEqual([]);
		expect(published.event.uid).toBe(event.uid);
	});

	test('takes no line from a name or title', () => {
		const attacked = calendarFile({
			...entry,
			title: 'A\r\nATTACH:evil',
			attendee: { name: 'B\r\nATTACH:evil', email: 'ann@plant.example' },
		}).content;
		expect(attacked.replaceAll('\r\n ', '')).not.toMatch(/^ATTACH/m);
	});
});

describe('links to calendars on the web', () => {
	test.each([
		['google', 'calendar.google.com', { text: entry.title, dates: '20261025T080000Z/20261025T084500Z', details: entry.description }],
		['outlook', 'outlook.live.com', { subject: entry.title, startdt: '2026-10-25T08:00:00.000Z', enddt: '2026-10-25T08:45:00.000Z' }],
		['office', 'outlook.office.com', { subject: entry.title, startdt: '2026-10-25T08:00:00.000Z', body: entry.description }],
	])('%s is filled in', (name, host, wanted) => {
		const url = new URL(addToLinks(entry).find((link) => link.name === name)?.url ?? '');
		expect([url.protocol, url.host]).toEqual(['https:', host]);
		expect(Object.fromEntries(url.searchParams)).toMatchObject({ ...wanted, location: entry.location });
	});
});
