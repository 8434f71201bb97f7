import { asc, eq, inArray, sql } from 'drizzle-orm';

import { type Handle, prepared } from '#kernel/database.ts';

import { journey, journeySignal } from '../schema.ts';
import type { Outcome } from './definition.ts';
import type { Occasion } from './schema.ts';

const anyLive = prepared((handle) =>
	handle
		.select({ id: journey.id })
		.from(journey)
		.where(eq(journey.state, sql.placeholder('state')))
		.limit(1)
		.prepare('journey.any-live'),
);

/** Something was heard of a lead: journeys look at it. In the body of the fact, so that nothing is missed; costs one small read while none is live. */
export async function signalLead(tx: Handle, leadId: string, now: Date): Promise<void> {
	if ((await anyLive(tx).execute({ state: 'live' })).length === 0) return;
	await tx
		.insert(journeySignal)
		.values({ id: `lead:${leadId}`, leadId, personId: null, data: {}, at: now })
		.onConflictDoNothing();
}

/** How somebody turned out at a session; told again when that changes. */
export interface OutcomeTold {
	readonly personId: string;
	readonly occurrenceId: string;
	/** `webinars:<id>`. */
	readonly subject: string;
	readonly outcome: Outcome;
}

export async function signalOutcome(tx: Handle, { personId, occurrenceId, subject, outcome }: OutcomeTold, now: Date): Promise<void> {
	if ((await anyLive(tx).execute({ state: 'live' })).length === 0) return;
	const data: Occasion = { occurrenceId, subject, outcome };
	await tx
		.insert(journeySignal)
		.values({ id: `outcome:${occurrenceId}:${personId}`, leadId: null, personId, data, at: now })
		.onConflictDoUpdate({ target: journeySignal.id, set: { data, at: now } });
}

export type Signal = typeof journeySignal.$inferSelect;

/** Takes signals out, oldest first, as they are at this moment. */
export async function takeSignals(tx: Handle, limit: number): Promise<Signal[]> {
	const oldest = tx.select({ id: journeySignal.id }).from(journeySignal).orderBy(asc(journeySignal.at), asc(journeySignal.id)).limit(limit);
	return tx.delete(journeySignal).where(inArray(journeySignal.id, oldest)).returning();
}
