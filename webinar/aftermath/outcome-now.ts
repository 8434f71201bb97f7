import { and, eq } from 'drizzle-orm';

import { turnoutOf, type Turnout } from '../attendance/turnout.ts';
import type { WebinarsDeps } from '../deps.ts';
import { occurrenceById } from '../programme/occurrence.ts';
import { runOf } from '../programme/status.ts';
import { registrationOf } from '../registration/registration.ts';
import { attendance } from '../schema.ts';

/** How somebody turned out at a session as far as is known at this moment; null without a seat, or where nothing ran. */
export function createOutcomeNow({ db }: Pick<WebinarsDeps, 'db'>) {
	return async (occurrenceId: string, personId: string): Promise<Turnout | null> => {
		const occurrence = await occurrenceById(db.read, occurrenceId);
		const run = occurrence && !occurrence.cancelledAt ? runOf(occurrence) : null;
		const seat = await registrationOf(db.read, occurrenceId, personId);
		if (!run || seat?.state !== 'registered') return null;
		const [present] = await db.read
			.select()
			.from(attendance)
			.where(and(eq(attendance.occurrenceId, occurrenceId), eq(attendance.personId, personId)));
		return turnoutOf(present ?? null, run);
	};
}
