import { and, desc, eq, inArray } from 'drizzle-orm';

import type { Handle } from '#kernel/database.ts';

import type { EventType } from '../event/catalog.ts';
import { event, person } from '../schema.ts';

const MOST_EVENTS = 5_000;
const TYPES = [
	'content.attention',
	'page.view',
	'download',
	'webinar.attended',
	'document.open',
	'video.play',
	'brochure',
] as const satisfies readonly EventType[];

/** What was done with one piece of content. */
export interface Reading {
	/** `<type>:<content id>`. */
	readonly subject: string;
	/** Seconds of proved attention, and minutes attended as seconds. */
	readonly seconds: number;
	/** Visits to its page. */
	readonly visits: number;
	readonly isDownloaded: boolean;
	readonly lastAt: Date;
}

/** What the people of a lead read and attended, most attention first; pages without content are left out. Only what they agreed to is on record. */
export async function readingOf(handle: Handle, leadId: string): Promise<Reading[]> {
	const people = handle.select({ id: person.id }).from(person).where(eq(person.leadId, leadId));
	const rows = await handle
		.select({ type: event.type, subject: event.subject, props: event.props, at: event.at })
		.from(event)
		.where(and(inArray(event.personId, people), inArray(event.type, [...TYPES])))
		.orderBy(desc(event.at), desc(event.id))
		.limit(MOST_EVENTS);
	const found = [
		...Map.groupBy(
			rows.filter(({ subject }) => subject !== ''),
			({ subject }) => subject,
		),
	].map(([subject, own]): Reading => {
		const numbers = (type: EventType, prop: string) =>
			own.filter((row) => row.type === type).reduce((sum, { props }) => sum + (typeof props[prop] === 'number' ? props[prop] : 0), 0);
		return {
			subject,
			seconds: numbers('content.attention', 'seconds') + numbers('webinar.attended', 'minutes') * 60,
			visits: own.filter(({ type }) => type === 'page.view').length,
			isDownloaded: own.some(({ type }) => type === 'download'),
			lastAt: own[0]?.at ?? new Date(0),
		};
	});
	return found.sort((one, other) => other.seconds - one.seconds || other.lastAt.getTime() - one.lastAt.getTime());
}
