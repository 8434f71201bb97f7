import { and, eq, inArray } from 'drizzle-orm';

import { localDay } from '#kernel/clock.ts';
import type { Handle } from '#kernel/database.ts';
import { systemRandom } from '#kernel/id.ts';
import type { z } from 'zod';

import { noteAct } from '../channel/touch.ts';
import { CATALOG, type EventKind, EVENT_TYPES, type EventProps, type ServerEventType } from './catalog.ts';
import { propsSchema } from './props.ts';
import { event as events } from '../schema.ts';
import { announce } from '../webhook/announce.ts';
import type { WebhookEvent } from '../webhook/message.ts';
import { type EventRow, markStale, storeEvents } from './store.ts';

/** Something a person did that the hub saw itself. `id` makes it happen once: derive it from what it tells of. */
export type ServerEvent = {
	[T in ServerEventType]: {
		readonly id: string;
		readonly type: T;
		readonly at: Date;
		readonly personId: string;
		readonly visitorId: string | null;
		/** `<type>:<content id>`, or a word of its own such as `quote`. */
		readonly subject: string;
		readonly props: EventProps<T>;
	};
}[ServerEventType];

/** Events that other systems may hear of, and as what. */
const TOLD: Readonly<Partial<Record<ServerEventType, WebhookEvent>>> = {
	'form.submitted': 'form.submitted',
	download: 'content.downloaded',
	'webinar.registered': 'registration.created',
	'webinar.attended': 'webinar.attended',
};

const schemas = new Map<string, z.ZodType<EventRow['props']>>(EVENT_TYPES.map((type) => [type, propsSchema(CATALOG[type].props)]));

/**
 * Records an event of the hub in the body of the fact it tells of. Returns false when `id` is known.
 *
 * @throws ZodError when the payload does not fit the catalogue: a mistake of the caller.
 */
export async function recordEvent(tx: Handle, event: ServerEvent, now: Date, timeZone: string): Promise<boolean> {
	const { id, type, at, personId, visitorId, subject, props } = event;
	const row = rowOf(event, now, timeZone);
	if ((await storeEvents(tx, [row])).length === 0) return false;
	const told = TOLD[type];
	if (told) await announce(tx, { type: told, personId, data: { subject, ...props } }, at, systemRandom);
	await noteAct(tx, { id, type, at, localDay: row.localDay, personId, visitorId, subject });
	return true;
}

function rowOf({ id, type, at, personId, visitorId, subject, props }: ServerEvent, now: Date, timeZone: string): EventRow {
	const { version }: EventKind = CATALOG[type];
	const said = { subject, props: schemas.get(type)?.parse(props) ?? {}, basis: 'necessary' as const };
	return { id, type, version, at, receivedAt: now, localDay: localDay(at, timeZone), visitorId, personId, ...said };
}

/**
 * Records, or brings up to date, what happened on another platform and is told by a list: it scores by its own date, but nobody is told of it as
 * news, and how the person came is the list's touchpoint.
 */
export async function recordHistory(tx: Handle, event: ServerEvent, now: Date, timeZone: string): Promise<void> {
	const stored = await storeEvents(tx, [rowOf(event, now, timeZone)]);
	if (stored.length === 0) await bringUpToDate(tx, event, timeZone);
}

/** Takes back events of a person by their ids. */
export async function retractEvents(tx: Handle, personId: string, ids: readonly string[]): Promise<void> {
	const gone = await tx
		.delete(events)
		.where(and(inArray(events.id, [...ids]), eq(events.personId, personId)))
		.returning({ id: events.id });
	if (gone.length > 0) await markStale(tx, [personId]);
}

/** Records an event that may grow, such as attendance, or brings the one of this id up to what is known by now. */
export async function restateEvent(tx: Handle, event: ServerEvent, now: Date, timeZone: string): Promise<void> {
	if (!(await recordEvent(tx, event, now, timeZone))) await bringUpToDate(tx, event, timeZone);
}

async function bringUpToDate(tx: Handle, event: ServerEvent, timeZone: string): Promise<void> {
	const { id, type, at, personId } = event;
	const props = schemas.get(type)?.parse(event.props) ?? {};
	const restated = await tx
		.update(events)
		.set({ at, localDay: localDay(at, timeZone), version: CATALOG[type].version, props })
		.where(and(eq(events.id, id), eq(events.type, type), eq(events.personId, personId)))
		.returning({ id: events.id });
	if (restated.length > 0) await markStale(tx, [personId]);
}
