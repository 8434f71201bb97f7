import { and, countDistinct, eq, gte, inArray, isNull, lt, or, type SQL } from 'drizzle-orm';

import type { Handle } from '#kernel/database.ts';

import { event, lead, move, person } from '../schema.ts';
import { matching } from '../tag/compile.ts';
import { condition, type Conditions } from '../tag/condition.ts';
import type { Plan } from '../tag/plan.ts';
import type { Outcome } from './definition.ts';

/** What would have taken somebody in; can be sent to a thread. */
export interface DryRunParams {
	/** Epoch milliseconds. */
	readonly from: number;
	readonly to: number;
	/** Who may come in, as things are now. */
	readonly audience: Plan;
	readonly how:
		| { readonly kind: 'events'; readonly types: readonly string[]; readonly subjects: readonly string[] | null; readonly prefix: string }
		| { readonly kind: 'moves'; readonly to: readonly string[] }
		/** For whom the conditions hold now: when they began to is not kept. */
		| { readonly kind: 'members'; readonly plan: Plan };
}

export interface DryRun {
	/** Different leads that would have come in. */
	readonly leads: number;
	/** Of these who did it, before the audience narrowed them. */
	readonly before: number;
	/** Whether it is who is in now, instead of who came in over time. */
	readonly isNow: boolean;
}

/** How many leads a trigger would have taken in between two moments. */
export async function dryRun(handle: Handle, { from, to, audience, how }: DryRunParams): Promise<DryRun> {
	const inAudience = matching(handle, audience);
	const standing = isNull(lead.mergedInto);
	const counted = async (came: SQL | undefined): Promise<number> => {
		const [row] = await handle.select({ n: countDistinct(lead.id) }).from(lead).where(came); // prettier-ignore
		return row?.n ?? 0;
	};
	const came = whoCame(handle, how, new Date(from), new Date(to));
	return { leads: await counted(and(came, inAudience)), before: await counted(and(came, standing)), isNow: how.kind === 'members' };
}

function whoCame(handle: Handle, how: DryRunParams['how'], from: Date, to: Date): SQL | undefined {
	switch (how.kind) {
		case 'members':
			return matching(handle, how.plan);
		case 'moves':
			return inArray(
				lead.id,
				handle
					.select({ id: move.leadId })
					.from(move)
					.where(and(inArray(move.to, [...how.to]), gte(move.at, from), lt(move.at, to))),
			);
		case 'events': {
			const about =
				how.subjects !== null
					? inArray(event.subject, [...how.subjects])
					: how.prefix === ''
						? undefined
						: or(eq(event.subject, how.prefix.slice(0, -1)), and(gte(event.subject, how.prefix), lt(event.subject, `${how.prefix.slice(0, -1)};`)));
			return inArray(
				lead.id,
				handle
					.select({ id: person.leadId })
					.from(event)
					.innerJoin(person, eq(person.id, event.personId))
					.where(and(inArray(event.type, [...how.types]), gte(event.at, from), lt(event.at, to), about)),
			);
		}
	}
}

/** Outcomes of sessions as conditions know them: who stayed and who left early both attended. */
export function outcomeConditions(outcomes: readonly Outcome[], webinarId: string, days: number): Conditions {
	const values = [...(outcomes.includes('no-show') ? ['missed'] : []), ...(outcomes.some((one) => one !== 'no-show') ? ['attended'] : [])];
	const about = webinarId === '' ? 'webinars' : `webinars:${webinarId}`;
	return { match: 'all', groups: [{ match: 'all', conditions: [condition('webinar', { values, about, days })] }] };
}
