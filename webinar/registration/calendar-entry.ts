import { inLocale } from '#cms/content.ts';
import type { Contact } from '#gating';
import { fill, textsFor } from '#kernel/texts/index.ts';

import type { Occurrence } from '../programme/occurrence.ts';
import type { CalendarEntry } from './calendar.ts';
import type { Registration } from './registration.ts';

interface EntryOf extends Pick<CalendarEntry, 'origin' | 'organiser' | 'madeAt'> {
	readonly row: Pick<Registration, 'id' | 'registeredAt' | 'state' | 'revision'>;
	readonly occurrence: Pick<Occurrence, 'mode' | 'title' | 'place' | 'startsAt' | 'endsAt' | 'cancelledAt' | 'sequence'>;
	readonly contact: Pick<Contact, 'name' | 'email' | 'locale'>;
	/** Personal join link. */
	readonly link: string;
}

/** What a registrant's calendar is told of their registration as it stands, in their language. */
export function entryOf({ row, occurrence, contact, link, ...rest }: EntryOf): CalendarEntry {
	const { locale } = contact;
	const { startsAt, endsAt, cancelledAt } = occurrence;
	const { webinar, onSite } = textsFor(locale);
	const isOnSite = occurrence.mode === 'on-site';
	const words = isOnSite ? onSite.mail.calendar : webinar.mail.calendar;
	return {
		uid: `${row.id}.${row.registeredAt.getTime().toString(36)}`,
		// Schedule and own changes count up one number: each later version says a higher one.
		sequence: occurrence.sequence + row.revision,
		isCancelled: cancelledAt !== null || row.state === 'cancelled' || row.state === 'declined',
		startsAt,
		endsAt,
		title: inLocale(occurrence.title, locale),
		description: fill(words, { brand: rest.organiser.name, link }),
		url: link,
		location: (isOnSite ? inLocale(occurrence.place, locale).replaceAll('\n', ', ') : '') || link,
		attendee: { name: contact.name ?? '', email: contact.email },
		...rest,
	};
}
