import { eq, inArray } from 'drizzle-orm';

import type { Handle } from '#kernel/database.ts';

import { lead, person } from '../schema.ts';

/** Persons of one statement. */
const BATCH = 1_000;

/** The present grade of each of these persons' leads, by person. */
export async function gradesOf(handle: Handle, personIds: readonly string[]): Promise<ReadonlyMap<string, string>> {
	const grades = new Map<string, string>();
	for (let from = 0; from < personIds.length; from += BATCH) {
		const rows = await handle
			.select({ personId: person.id, grade: lead.grade })
			.from(person)
			.innerJoin(lead, eq(lead.id, person.leadId))
			.where(inArray(person.id, personIds.slice(from, from + BATCH)));
		for (const { personId, grade } of rows) grades.set(personId, grade);
	}
	return grades;
}
