import { and, eq, gte, lte } from 'drizzle-orm';

import type { Handle } from '#kernel/database.ts';

import { recordEvent, type ServerEvent } from '../event/record.ts';
import { event } from '../schema.ts';
import { SAME_REQUEST_MS } from './form.ts';

type Submitted = Pick<ServerEvent, 'id' | 'at' | 'personId' | 'visitorId' | 'subject'> & { readonly formKey: string };

/**
 * The event of a submission. `id` is that of the grant it led to, so that what a stranger typed counts once: at once for a
 * person nobody has proved to be, and with their verified act for everybody else.
 */
export function submittedEvent({ formKey, ...rest }: Submitted): ServerEvent {
	return { ...rest, type: 'form.submitted', props: { form: formKey } };
}

/** Records the event of a submission that was made at `askedAt`, unless one for the same thing at about that time counts already. */
export async function recordSubmitted(tx: Handle, submitted: Submitted, askedAt: Date, timeZone: string): Promise<void> {
	const { personId, subject, at } = submitted;
	const [near] = await tx
		.select({ id: event.id })
		.from(event)
		.where(
			and(
				eq(event.personId, personId),
				eq(event.subject, subject),
				eq(event.type, 'form.submitted'),
				gte(event.at, new Date(askedAt.getTime() - SAME_REQUEST_MS)),
				lte(event.at, new Date(askedAt.getTime() + SAME_REQUEST_MS)),
			),
		)
		.limit(1);
	if (!near) await recordEvent(tx, submittedEvent(submitted), at, timeZone);
}
