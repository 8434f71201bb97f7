import { and, eq, inArray, isNotNull } from 'drizzle-orm';

import type { Handle } from '#kernel/database.ts';

import { event } from '../schema.ts';
import type { ServerEventType } from './catalog.ts';

/** Something a known person did in one session. */
export interface SessionEvent {
	readonly personId: string;
	readonly type: string;
	readonly at: Date;
}

/** What persons did in a session, by the types asked for; oldest first is not promised. */
export async function eventsOfSession(
	handle: Handle,
	{ subject, occurrenceId, types }: { readonly subject: string; readonly occurrenceId: string; readonly types: readonly ServerEventType[] },
): Promise<readonly SessionEvent[]> {
	const rows = await handle
		.select({ personId: event.personId, type: event.type, at: event.at, props: event.props })
		.from(event)
		.where(and(inArray(event.type, [...types]), eq(event.subject, subject), isNotNull(event.personId)));
	return rows.flatMap(({ personId, type, at, props }) =>
		personId !== null && props['occurrenceId'] === occurrenceId ? [{ personId, type, at }] : [],
	);
}
