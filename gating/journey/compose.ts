import { and, asc, eq, inArray, ne } from 'drizzle-orm';

import type { Handle } from '#kernel/database.ts';

import type { Composer, OutgoingMessage } from '../message/message.ts';
import { journey, journeyEnrolment, message, person } from '../schema.ts';
import { type JourneyDeps, messageKey } from './deps.ts';

const WEBINAR = 'webinars:';

/** Reasons for which a message of a journey is not sent after all. */
export type NotSent = 'erased' | 'journey-stopped' | 'journey-left' | 'outcome-changed' | 'merged';

/** Writes messages of journeys at the moment they go: what is no longer so by then is not sent. */
export function createComposer(deps: JourneyDeps): Composer {
	return async (outgoing) => {
		const reason = await whyNot(deps, outgoing);
		if (reason !== null) return { dropped: reason };
		const { template = '', about } = outgoing.params;
		return deps.templates.compose(outgoing, { template, about, webinar: about?.startsWith(WEBINAR) ? about.slice(WEBINAR.length) : undefined });
	};
}

async function whyNot({ db, outcomeNow }: JourneyDeps, { personId, params }: OutgoingMessage): Promise<NotSent | null> {
	const [row] = await db.read
		.select({ enrolment: journeyEnrolment, journeyState: journey.state, leadId: person.leadId, dataKey: person.dataKey })
		.from(journeyEnrolment)
		.innerJoin(journey, eq(journey.id, journeyEnrolment.journeyId))
		.innerJoin(person, eq(person.id, journeyEnrolment.personId))
		.where(eq(journeyEnrolment.id, params['enrolmentId'] ?? ''));
	if (!row || row.dataKey === null) return 'erased';
	if (row.journeyState === 'stopped') return 'journey-stopped';
	// The end of a journey does not take back what its last steps sent; leaving it does.
	if (row.enrolment.state === 'left' || row.enrolment.reason === 'goal')
		return row.enrolment.reason === 'outcome' ? 'outcome-changed' : 'journey-left';
	const { occurrenceId, outcome } = row.enrolment.data;
	if (occurrenceId !== undefined && outcome !== undefined) {
		const now = await outcomeNow()(occurrenceId, personId);
		if (now !== null && now !== outcome) return 'outcome-changed';
	}
	return (await hasTwin(db.read, row.enrolment, row.leadId, params['step'] ?? '')) ? 'merged' : null;
}

/** Whether somebody else who is one lead with them was or will be sent the same, and came in first. */
async function hasTwin(read: Handle, own: typeof journeyEnrolment.$inferSelect, leadId: string, step: string): Promise<boolean> {
	const twins = await read
		.select({ id: journeyEnrolment.id, enteredAt: journeyEnrolment.enteredAt })
		.from(journeyEnrolment)
		.innerJoin(person, eq(person.id, journeyEnrolment.personId))
		.where(and(eq(person.leadId, leadId), eq(journeyEnrolment.journeyId, own.journeyId), ne(journeyEnrolment.personId, own.personId)))
		.orderBy(asc(journeyEnrolment.enteredAt), asc(journeyEnrolment.id));
	const earlier = twins.filter(({ id, enteredAt }) => enteredAt < own.enteredAt || (enteredAt.getTime() === own.enteredAt.getTime() && id < own.id));
	if (earlier.length === 0) return false;
	const keys = earlier.map(({ id }) => messageKey(id, step));
	const same = await read
		.select({ id: message.id })
		.from(message)
		.where(and(inArray(message.key, keys), inArray(message.state, ['waiting', 'deferred', 'sending', 'sent'])))
		.limit(1);
	return same.length > 0;
}
