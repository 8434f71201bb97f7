import { and, asc, desc, eq, gt, inArray, isNotNull, max } from 'drizzle-orm';

import type { Handle } from '#kernel/database.ts';

import { matching } from '../tag/compile.ts';
import type { Plan } from '../tag/plan.ts';
import { experimentExposure, lead, person, visitor } from '../schema.ts';

/** A person's first variant of each experiment and version. */
export interface FirstSeen {
	ofPerson(experimentId: string, version: number, personId: string): string | undefined;
	/** Keeps what a person was shown, unless they were shown something before. */
	keep(experimentId: string, version: number, personId: string, variant: string): void;
	/** Reads what browsers had seen that joined their persons since the last call; all of them the first time, or when another set of experiments runs. */
	follow(read: Handle, experimentIds: readonly string[]): Promise<boolean>;
}

/** Remembers in memory what persons saw first, in whatever browser, of the experiments that run. */
export function createFirstSeen(): FirstSeen {
	let first = new Map<string, string>();
	let since = new Date(0);
	let of = '';
	const key = (experimentId: string, version: number, personId: string) => `${experimentId}.${version}.${personId}`;
	return Object.freeze<FirstSeen>({
		ofPerson: (...seen) => first.get(key(...seen)),
		keep: (experimentId, version, personId, variant) => {
			const place = key(experimentId, version, personId);
			if (!first.has(place)) first.set(place, variant);
		},
		follow: async (read, experimentIds) => {
			if (of !== experimentIds.join()) {
				of = experimentIds.join();
				first = new Map();
				since = new Date(0);
			}
			if (experimentIds.length === 0) return false;
			const [newest] = await read
				.select({ at: max(visitor.joinedAt) })
				.from(visitor)
				.where(gt(visitor.joinedAt, since));
			if (!newest?.at) return false;
			const rows = await read
				.select({
					experimentId: experimentExposure.experimentId,
					version: experimentExposure.version,
					variant: experimentExposure.variant,
					personId: visitor.personId,
				})
				.from(visitor)
				.innerJoin(experimentExposure, eq(experimentExposure.visitorId, visitor.id))
				.where(and(gt(visitor.joinedAt, since), isNotNull(visitor.personId), inArray(experimentExposure.experimentId, [...experimentIds])))
				.orderBy(asc(experimentExposure.at));
			// A moment is read twice: what is written while this reads may carry the same one.
			since = new Date(newest.at.getTime() - 1);
			const before = first.size;
			for (const { experimentId, version, variant, personId } of rows) {
				const place = key(experimentId, version, personId ?? '');
				if (!first.has(place)) first.set(place, variant);
			}
			return first.size !== before;
		},
	});
}

export interface MembersParams {
	readonly stage: string;
	readonly plan: Plan | null;
}

/** Ids of the persons whose lead is in a stage and a segment. For a thread. */
export async function readMembers(read: Handle, { stage, plan }: MembersParams): Promise<readonly string[]> {
	const rows = await read
		.select({ id: person.id })
		.from(person)
		.innerJoin(lead, eq(lead.id, person.leadId))
		.where(and(isNotNull(person.dataKey), stage === '' ? undefined : eq(lead.stage, stage), plan ? matching(read, plan) : undefined))
		.orderBy(desc(person.id));
	return rows.map(({ id }) => id);
}
