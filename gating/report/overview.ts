import { and, eq, gte } from 'drizzle-orm';

import { localDay, startOfDay } from '#kernel/clock.ts';
import type { Handle } from '#kernel/database.ts';

import { stands } from '../lead/stands.ts';
import { lead } from '../schema.ts';

/** The numbers that a marketer looks at first. */
export interface Overview {
	/** Leads made since midnight of the company's zone. */
	readonly newToday: number;
	readonly mqls: number;
	readonly quarantined: number;
	readonly leads: number;
}

/** Counts leads as of `now`, with days in the company's `timeZone`. */
export async function overviewOf(handle: Handle, now: Date, timeZone: string): Promise<Overview> {
	const midnight = startOfDay(localDay(now, timeZone), timeZone);
	return {
		newToday: await handle.$count(lead, and(stands, gte(lead.createdAt, midnight))),
		mqls: await handle.$count(lead, and(stands, eq(lead.stage, 'mql'))),
		quarantined: await handle.$count(lead, and(stands, eq(lead.workingState, 'quarantine'))),
		leads: await handle.$count(lead, stands),
	};
}
