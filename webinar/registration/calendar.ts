import { generateIcsCalendar, generateIcsText, type IcsEvent } from 'ts-ics';

import { DOORS_MINUTES } from '../programme/status.ts';

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
	/** Where it takes place: an address, or the link itself. */
	readonly location: string;
	/** Origin of the hub; its host is part of the UID. */
	readonly origin: string;
	readonly organiser: Named;
	readonly attendee: Named;
	/** When this version was made. */
	readonly madeAt: Date;
}

export interface CalendarFile {
	readonly method: 'REQUEST' | 'CANCEL' | 'PUBLISH';
	readonly filename: string;
	readonly content: string;
}

/**
 * The calendar file of a registration. Instants are in UTC, which every client shows in its own zone, without zone rules that
 * may be outdated there. A request and not a mere publication, since only that lets clients apply later versions; a file that is
 * fetched by hand is a publication, which clients put into the calendar without asking for an answer.
 * Source: RFC 5545, RFC 5546 section 3.2.
 */
export function calendarFile(entry: CalendarEntry, isDownload = false): CalendarFile {
	const method = entry.isCancelled ? 'CANCEL' : isDownload ? 'PUBLISH' : 'REQUEST';
	const content = generateIcsCalendar({ version: '2.0', prodId: '-//Foyer//Webinars//EN', method, events: [eventOf(entry, method)] });
	return { method, filename: 'webinar.ics', content: folded(entry.isCancelled ? content : withAlarm(content, entry.title)) };
}

/** Clients remind when the doors open. The library writes an alarm before the attendees and its words as they are, so it is put in here. */
function withAlarm(content: string, title: string): string {
	const words = generateIcsText('DESCRIPTION', title).trimEnd();
	const alarm = ['BEGIN:VALARM', 'ACTION:DISPLAY', words, `TRIGGER:-PT${DOORS_MINUTES}M`, 'END:VALARM', 'END:VEVENT'].join('\r\n');
	return content.replace('\r\nEND:VEVENT', () => `\r\n${alarm}`);
}

export interface AddToLink {
	readonly name: 'google' | 'outlook' | 'office';
	readonly url: string;
}

/**
 * Addresses that open the form of a new entry in calendars on the web, filled in.
 * Source: the public deep links of those calendars; instants in UTC.
 */
export function addToLinks({ title, description, location, startsAt, endsAt }: CalendarEntry): AddToLink[] {
	const basic = (instant: Date): string => instant.toISOString().replaceAll(/[-:]|\.\d{3}/g, '');
	const google = new URLSearchParams({
		action: 'TEMPLATE',
		text: title,
		dates: `${basic(startsAt)}/${basic(endsAt)}`,
		details: description,
		location,
	});
	const microsoft = new URLSearchParams({
		path: '/calendar/action/compose',
		rru: 'addevent',
		subject: title,
		startdt: startsAt.toISOString(),
		enddt: endsAt.toISOString(),
		body: description,
		location,
	});
	return [
		{ name: 'google', url: `https://calendar.google.com/calendar/render?${google}` },
		{ name: 'outlook', url: `https://outlook.live.com/calendar/0/deeplink/compose?${microsoft}` },
		{ name: 'office', url: `https://outlook.office.com/calendar/0/deeplink/compose?${microsoft}` },
	];
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

function eventOf(entry: CalendarEntry, method: CalendarFile['method']): IcsEvent {
	return {
		uid: `${entry.uid}@${new URL(entry.origin).hostname}`,
		sequence: entry.sequence,
		status: entry.isCancelled ? 'CANCELLED' : 'CONFIRMED',
		stamp: { date: entry.madeAt },
		start: { date: entry.startsAt },
		end: { date: entry.endsAt },
		summary: entry.title,
		description: entry.description,
		location: entry.location,
		url: entry.url,
		organizer: nameable(entry.organiser),
		...(method === 'PUBLISH' ? {} : { attendees: [{ ...nameable(entry.attendee), partstat: 'ACCEPTED' as const, rsvp: false }] }),
	};
}

/** Names become parameters, which the library writes as they are: characters that would end one are left out. */
function nameable({ name, email }: Named): { name?: string; email: string } {
	const safe = name.replaceAll(/[\p{Cc}\s":;,\\]+/gu, ' ').trim();
	return safe ? { name: safe, email } : { email };
}
