import { and, desc, eq, inArray, lt, or } from 'drizzle-orm';

import type { Handle } from '#kernel/database.ts';

import { upgrade } from '../event/catalog.ts';
import { event, person } from '../schema.ts';
import type { ContentReference } from './content-index.ts';
import { readCursor, writeCursor } from './cursor.ts';

const PAGE = 50;

export interface TimelineItem {
	readonly id: string;
	readonly type: string;
	readonly at: Date;
	readonly personId: string;
	/** `<type>:<content id>`, a word of its own, or ''. */
	readonly subject: string;
	/** The published content it was about, or null. */
	readonly content: ContentReference | null;
	readonly props: Readonly<Record<string, string | number | boolean>>;
	/** `consent` or `necessary`. */
	readonly basis: string;
}

export interface Timeline {
	readonly items: readonly TimelineItem[];
	readonly nextCursor: string | null;
}

/**
 * What a lead's persons did, newest first; null when there is no such lead.
 *
 * @throws DomainError invalid for a foreign cursor.
 */
export async function timelineOf(
	handle: Handle,
	leadId: string,
	cursor: string | undefined,
	contentOf: (subject: string) => ContentReference | null,
): Promise<Timeline | null> {
	const kind = `timeline:${leadId}`;
	const persons = await handle.select({ id: person.id }).from(person).where(eq(person.leadId, leadId));
	if (persons.length === 0) return null;
	const place = cursor === undefined ? null : readCursor(kind, 'number', cursor);
	const before = place === null ? null : new Date(Number(place.value));
	const rows = await handle
		.select()
		.from(event)
		.where(
			and(
				inArray(
					event.personId,
					persons.map(({ id }) => id),
				),
				before && place ? or(lt(event.at, before), and(eq(event.at, before), lt(event.id, place.id))) : undefined,
			),
		)
		.orderBy(desc(event.at), desc(event.id))
		.limit(PAGE + 1);
	const shown = rows.slice(0, PAGE).map((row) => upgrade(row));
	const last = shown.at(-1);
	return {
		items: shown.map(({ id, type, at, personId, subject, props, basis }) => ({
			id,
			type,
			at,
			personId: personId ?? '',
			subject,
			content: contentOf(subject),
			props,
			basis,
		})),
		nextCursor: rows.length > PAGE && last ? writeCursor(kind, { value: last.at.getTime(), id: last.id }) : null,
	};
}
