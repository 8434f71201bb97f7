import { and, eq, inArray } from 'drizzle-orm';

import type { Handle } from '#kernel/database.ts';

import { registration, stageSeat } from '../schema.ts';

const seatsOfPerson = (tx: Handle, personId: string) =>
	and(
		eq(stageSeat.kind, 'registrant'),
		inArray(stageSeat.holderId, tx.select({ id: registration.id }).from(registration).where(eq(registration.personId, personId))),
	);

/** Where a person was called to the stage, or barred from it. */
export function stagesOf(tx: Handle, personId: string) {
	return tx
		.select({ occurrenceId: stageSeat.occurrenceId, role: stageSeat.role, calledAt: stageSeat.calledAt, bannedAt: stageSeat.bannedAt })
		.from(stageSeat)
		.where(seatsOfPerson(tx, personId));
}

/** Nothing says any more that they stood on a stage. */
export async function eraseStages(tx: Handle, personId: string): Promise<void> {
	await tx.delete(stageSeat).where(seatsOfPerson(tx, personId));
}
