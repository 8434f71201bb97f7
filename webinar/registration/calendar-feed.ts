import { generateIcsCalendar, generateIcsText, type IcsEvent } from 'ts-ics';

import { inLocale, type Locale, type Webinar } from '#cms/content.ts';

import type { WebinarsDeps } from '../deps.ts';
import { type Occurrence, openOccurrences } from '../programme/occurrence.ts';
import { folded } from './calendar.ts';

/** How often subscribers ask again: an hour. */
const REFRESH = 'PT1H';

export interface CalendarFeedOrder {
	readonly locale: Locale;
	readonly name: string;
	readonly description: string;
	/** Absolute address of a webinar's page. */
	readonly addressOf: (slug: string) => string;
}

export interface CalendarFeed {
	readonly content: string;
	/** When an entry leaves the list by itself, or null. */
	readonly changesAt: Date | null;
}

/**
 * Every occurrence that can still be attended, the same for everybody. Without a METHOD, as it invites nobody; the stamp of an
 * entry is then the moment when it was last revised, so that the file changes only with what it says.
 * Source: RFC 5545 sections 3.7.2 and 3.8.7.2; RFC 7986 for the name and the refresh interval.
 */
export function createCalendarFeed({ db, now, content, origin }: Pick<WebinarsDeps, 'db' | 'now' | 'content' | 'origin'>) {
	return async (order: CalendarFeedOrder): Promise<CalendarFeed> => {
		const webinars = new Map(
			content()
				.webinars.filter(({ languages }) => languages.includes(order.locale))
				.map((webinar) => [webinar.id, webinar]),
		);
		// A recording on demand has no date to keep free.
		const open = (await openOccurrences(db.read, [...webinars.keys()], now())).filter(({ mode }) => mode !== 'on-demand');
		const events = open.flatMap((occurrence) => {
			const webinar = webinars.get(occurrence.webinarId);
			return webinar ? [eventOf(webinar, occurrence, order, new URL(origin).hostname)] : [];
		});
		const calendar = generateIcsCalendar({ version: '2.0', prodId: '-//Foyer//Webinars//EN', name: order.name, events });
		const properties = [
			generateIcsText('NAME', order.name).trimEnd(),
			generateIcsText('DESCRIPTION', order.description).trimEnd(),
			generateIcsText('X-WR-CALDESC', order.description).trimEnd(),
			`URL:${order.addressOf('').replace(/\/$/, '')}`,
			`REFRESH-INTERVAL;VALUE=DURATION:${REFRESH}`,
			`X-PUBLISHED-TTL:${REFRESH}`,
		];
		const ends = open.map(({ endsAt }) => endsAt.getTime());
		return {
			content: folded(calendar.replace('BEGIN:VCALENDAR\r\n', `BEGIN:VCALENDAR\r\n${properties.join('\r\n')}\r\n`)),
			changesAt: ends.length > 0 ? new Date(Math.min(...ends)) : null,
		};
	};
}

function eventOf(webinar: Webinar, occurrence: Occurrence, { locale, addressOf }: CalendarFeedOrder, host: string): IcsEvent {
	const url = addressOf(webinar.slug);
	return {
		uid: `${occurrence.id}@${host}`,
		sequence: occurrence.sequence,
		status: 'CONFIRMED',
		stamp: { date: webinar.updatedAt },
		lastModified: { date: webinar.updatedAt },
		start: { date: occurrence.startsAt },
		end: { date: occurrence.endsAt },
		summary: inLocale(webinar.title, locale),
		description: `${inLocale(webinar.summary, locale)}\n\n${url}`,
		location: url,
		url,
		// Somebody's calendar is free until they register.
		timeTransparent: 'TRANSPARENT',
	};
}
