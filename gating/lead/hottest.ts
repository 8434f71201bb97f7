import { and, desc, eq, inArray, isNull } from 'drizzle-orm';

import type { Handle } from '#kernel/database.ts';
import type { Keys } from '#kernel/keys.ts';

import { isLiving, openProfile } from '../identity/person.ts';
import { lead, person } from '../schema.ts';

const MOST = 10;
/** Persons of one statement. */
const BATCH = 1_000;

/** A lead that is worth somebody's eye at this moment. */
export interface HotLead {
	readonly leadId: string;
	/** Null when not for the reader's eyes. */
	readonly name: string | null;
	readonly company: string;
	readonly grade: string;
	/** Hundredths of a point. */
	readonly total: number;
	/** Id of the member of staff who works it; null for nobody. */
	readonly owner: string | null;
}

/** The ten leads of these persons with the most points, those first. */
export async function hottest(handle: Handle, keys: Keys, personIds: readonly string[], seesPeople: boolean): Promise<HotLead[]> {
	const found: HotLead[] = [];
	for (let from = 0; from < personIds.length; from += BATCH) {
		const rows = await handle
			.select({ lead, person })
			.from(person)
			.innerJoin(lead, and(eq(lead.id, person.leadId), isNull(lead.mergedInto)))
			.where(inArray(person.id, personIds.slice(from, from + BATCH)))
			.orderBy(desc(lead.total), lead.id)
			.limit(MOST);
		for (const { lead: one, person: who } of rows) {
			if (found.some(({ leadId }) => leadId === one.id)) continue;
			const { id: leadId, company, grade, total, owner } = one;
			found.push({ leadId, name: seesPeople && isLiving(who) ? (openProfile(keys, who).name ?? null) : null, company, grade, total, owner });
		}
	}
	return found.sort((a, b) => b.total - a.total).slice(0, MOST);
}
