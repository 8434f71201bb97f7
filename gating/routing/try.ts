import { and, desc, eq, inArray, isNull } from 'drizzle-orm';

import type { Handle } from '#kernel/database.ts';
import type { Keys } from '#kernel/keys.ts';

import { isLiving, openProfile, type PersonRow } from '../identity/person.ts';
import { lead, person } from '../schema.ts';
import { missingOf, UNWORKED } from './meets.ts';
import { type HandOverStandard, STANDARD_PARTS, type StandardPart } from './standard.ts';

/** At most so many MQLs are tried, those with the highest score first. */
const MOST_TRIED = 500;
/** So many are named. */
const MOST_NAMED = 50;

export interface TriedLead {
	readonly id: string;
	/** Null when erased or not for the reader's eyes. */
	readonly name: string | null;
	readonly company: string;
	readonly grade: string;
	readonly mqlCause: string | null;
}

/** What a standard would do with the MQLs that are not with sales. */
export interface Tried {
	readonly tried: number;
	/** There are more than were tried. */
	readonly isPartial: boolean;
	readonly met: number;
	/** By the part that stands against it; one lead may fail several. */
	readonly unmet: Readonly<Record<StandardPart, number>>;
	readonly named: readonly TriedLead[];
}

/** Which leads would be handed over by a standard now. Lets other work in between leads. */
export async function tryStandard(handle: Handle, keys: Keys, standard: HandOverStandard, seesPeople: boolean): Promise<Tried> {
	const rows = await handle
		.select()
		.from(lead)
		.where(and(eq(lead.stage, 'mql'), inArray(lead.workingState, [...UNWORKED]), isNull(lead.mergedInto)))
		.orderBy(desc(lead.total), desc(lead.id))
		.limit(MOST_TRIED + 1);
	const tried = rows.slice(0, MOST_TRIED);
	const people = await peopleByLead(handle, tried.map(({ id }) => id)); // prettier-ignore
	const unmet = Object.fromEntries(STANDARD_PARTS.map((part) => [part, 0])) as Record<StandardPart, number>;
	const met: TriedLead[] = [];
	for (const { id, company, grade, mqlCause, stage } of tried) {
		const own = people.get(id) ?? [];
		const missing = await missingOf(handle, keys, standard, { stage, mqlCause, grade }, own);
		for (const part of missing) unmet[part] += 1;
		if (missing.length === 0) met.push({ id, name: nameOf(keys, own, seesPeople), company, grade, mqlCause });
		await breath();
	}
	return { tried: tried.length, isPartial: rows.length > MOST_TRIED, met: met.length, unmet, named: met.slice(0, MOST_NAMED) };
}

/** Persons of these leads, oldest first. */
export async function peopleByLead(handle: Handle, leadIds: readonly string[]): Promise<ReadonlyMap<string, PersonRow[]>> {
	const rows = await handle.select().from(person).where(inArray(person.leadId, [...leadIds])).orderBy(person.createdAt, person.id); // prettier-ignore
	return Map.groupBy(rows, ({ leadId }) => leadId);
}

export function nameOf(keys: Keys, people: readonly PersonRow[], seesPeople: boolean): string | null {
	const first = seesPeople ? people.find(isLiving) : undefined;
	return first && isLiving(first) ? (openProfile(keys, first).name ?? null) : null;
}

/** Requests that wait are answered before the next step. */
export const breath = (): Promise<void> => new Promise((go) => void setImmediate(go));
