import { generateIcsCalendar, type IcsEvent } from 'ts-ics';

interface Named {
	readonly name: string;
	readonly email: string;
}

/** What the entry in a registrant's calendar says. */
export interface CalendarEntry {
	/** Stable for a registration, up to its cancellation: later versions reach the same entry. */
	readonly uid: string;
	readonly sequence: number;
	readonly isCancelled: boolean;
	readonly startsAt: Date;
	readonly endsAt: Date;
	readonly title: string;
	readonly description: string;
	/** Personal join link. */
	readonly url: string;
	/** Origin of the hub; its host is part of the UID. */
	readonly origin: string;
	readonly organiser: Named;
	readonly attendee: Named;
	/** When this version was made. */
	readonly madeAt: Date;
}

export interface CalendarFile {
	readonly method: 'REQUEST' | 'CANCEL';
	readonly filename: string;
	readonly content: string;
}

/**
 * The calendar file of a registration. Instants are in UTC, which every client shows in its own zone, without zone rules that
 * may be outdated there. A request and not a mere publication, since only that lets clients apply later versions.
 * Source: RFC 5545, RFC 5546 section 3.2.
 */
export function calendarFile(entry: CalendarEntry): CalendarFile {
	const method = entry.isCancelled ? 'CANCEL' : 'REQUEST';
	const content = generateIcsCalendar({ version: '2.0', prodId: '-//Foyer//Webinars//EN', method, events: [eventOf(entry)] });
	return { method, filename: 'webinar.ics', content: folded(content) };
}

const LINE_OCTETS = 75;

/** Content lines of at most 75 octets, characters whole. The library counts characters, so Chinese lines come out too long. */
export function folded(content: string): string {
	const lines = content
		.replaceAll(/\r\n[ \t]/g, '')
		.trimEnd()
		.split('\r\n');
	return lines.map((line) => `${fold(line)}\r\n`).join('');
}

function fold(line: string): string {
	let folded = '';
	let octets = 0;
	for (const character of line) {
		const size = Buffer.byteLength(character);
		if (octets + size > LINE_OCTETS) {
			folded += '\r\n ';
			octets = 1;
		}
		folded += character;
		octets += size;
	}
	return folded;
}

function eventOf(entry: CalendarEntry): IcsEvent {
	return {
		uid: `${entry.uid}@${new URL(entry.origin).hostname}`,
		sequence: entry.sequence,
		status: entry.isCancelled ? 'CANCELLED' : 'CONFIRMED',
		stamp: { date: entry.madeAt },
		start: { date: entry.startsAt },
		end: { date: entry.endsAt },
		summary: entry.title,
		description: entry.description,
		location: entry.url,
		url: entry.url,
		organizer: nameable(entry.organiser),
		attendees: [{ ...nameable(entry.attendee), partstat: 'ACCEPTED', rsvp: false }],
	};
}

/** Names become parameters, which the library writes as they are: characters that would end one are left out. */
function nameable({ name, email }: Named): { name?: string; email: string } {
	const safe = name.replaceAll(/[\p{Cc}\s":;,\\]+/gu, ' ').trim();
	return safe ? { name: safe, email } : { email };
}
