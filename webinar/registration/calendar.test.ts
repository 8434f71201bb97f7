import { describe, expect, test } from 'vitest';

import { type CalendarEntry, calendarFile } from './calendar.ts';

const entry: CalendarEntry = {
	uid: '018f-registration',
	sequence: 0,
	isCancelled: false,
	startsAt: new Date('2026-10-25T08:00:00Z'),
	endsAt: new Date('2026-10-25T08:45:00Z'),
	title: 'Harmonics; in older plants, measured 老厂供电中的谐波:怎样测、依据什么限值、四种治理办法哪一种划算',
	description: 'Join here:\nhttps://hub.example/j/token',
	url: 'https://hub.example/j/token',
	origin: 'https://hub.example:8443',
	organiser: { name: 'Halden Drives', email: 'hello@halden-drives.example' },
	attendee: { name: 'Ann "Ace"; O’Neil', email: 'ann@plant.example' },
	madeAt: new Date('2026-10-01T12:00:00Z'),
};

/** A reader of RFC 5545 that shares no code with the writer: unfolds, splits name, parameters and value, undoes escapes. */
function parse(content: string): Map<string, { readonly parameters: readonly string[]; readonly value: string }> {
	const lines = content
		.replaceAll('\r\n ', '')
		.split('\r\n')
		.filter((line) => line !== '');
	return new Map(
		lines.map((line) => {
			const match = /^([A-Z-]+)((?:;[A-Z-]+=(?:"[^"]*"|[^";:,]*))*):(.*)$/.exec(line);
			if (!match) throw new Error(`not a content line: ${line}`);
			const [, name = '', parameters = '', value = ''] = match;
			return [
				name,
				{
					parameters: parameters.split(';').slice(1),
					value: value.replaceAll(/\\([nN;,\\])/g, (_, c: string) => (c.toLowerCase() === 'n' ? '\n' : c)),
				},
			];
		}),
	);
}

describe('calendar file', () => {
	const { content, method } = calendarFile(entry);
	const lines = parse(content);
	const value = (name: string): string | undefined => lines.get(name)?.value;

	test('is a request that every client shows at the right instant', () => {
		expect(method).toBe('REQUEST');
		expect(value('METHOD')).toBe('REQUEST');
		expect([value('DTSTART'), value('DTEND'), value('DTSTAMP')]).toEqual(['20261025T080000Z', '20261025T084500Z', '20261001T120000Z']);
	});

	test('carries text whole, however it is escaped', () => {
		expect(value('SUMMARY')).toBe(entry.title);
		expect(value('DESCRIPTION')).toBe(entry.description);
		expect(value('URL')).toBe(entry.url);
	});

	test('names organiser and attendee by well-formed parameters', () => {
		expect(value('ORGANIZER')?.toLowerCase()).toBe('mailto:hello@halden-drives.example');
		expect(value('ATTENDEE')?.toLowerCase()).toBe('mailto:ann@plant.example');
		expect(lines.get('ATTENDEE')?.parameters).toContain('CN=Ann Ace O’Neil');
	});

	test('has lines of at most 75 octets that end with CRLF', () => {
		expect(content.endsWith('END:VCALENDAR\r\n')).toBe(true);
		expect(Math.max(...content.split('\r\n').map((line) => Buffer.byteLength(line)))).toBeLessThanOrEqual(75);
		expect(content.replaceAll('\r\n', '')).not.toMatch(/[\r\n]/);
	});

	test('keeps its UID when moved, and raises SEQUENCE', () => {
		const moved = parse(calendarFile({ ...entry, sequence: 1, startsAt: new Date('2026-10-26T08:00:00Z') }).content);
		expect(moved.get('UID')?.value).toBe(value('UID'));
		expect([value('SEQUENCE'), moved.get('SEQUENCE')?.value]).toEqual(['0', '1']);
	});

	test('cancels the same entry', () => {
		const cancelled = calendarFile({ ...entry, sequence: 2, isCancelled: true });
		expect(cancelled.method).toBe('CANCEL');
		expect(parse(cancelled.content).get('STATUS')?.value).toBe('CANCELLED');
		expect(parse(cancelled.content).get('UID')?.value).toBe(value('UID'));
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
