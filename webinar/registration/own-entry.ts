import { addresses } from '#kernel/texts/addresses.ts';

import type { WebinarsDeps } from '../deps.ts';
import type { Occurrence } from '../programme/occurrence.ts';
import type { CalendarEntry } from './calendar.ts';
import { entryOf } from './calendar-entry.ts';
import { joinToken, type Registration } from './registration.ts';

/** The calendar entry of a registration in the registrant's language; null for a recording on demand, and for who was erased. */
export function createOwnEntry({ keys, now, content, origin, gating }: Pick<WebinarsDeps, 'keys' | 'now' | 'content' | 'origin' | 'gating'>) {
	return async (row: Registration, occurrence: Occurrence): Promise<CalendarEntry | null> => {
		const contact = occurrence.mode === 'on-demand' ? null : await gating.people.contact(row.personId);
		if (!contact) return null;
		const { brand: name, contactEmail: email } = content().site;
		const link = `${origin}${addresses(contact.locale).join(joinToken(keys, row.id))}`;
		return entryOf({ row, occurrence, contact, link, origin, organiser: { name, email }, madeAt: now() });
	};
}
