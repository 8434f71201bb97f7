import { and, eq, inArray, isNotNull, type SQL } from 'drizzle-orm';

import type { Handle } from '#kernel/database.ts';

import { lead, person, tactic, touchpoint } from '../schema.ts';
import { matching } from '../tag/compile.ts';
import type { Plan } from '../tag/plan.ts';

/** What narrows a funnel; all together. Everything null: every lead. */
export interface Scope {
	/** A channel's code with those below it: one contact of the lead came that way, at any time. */
	readonly channels: readonly string[] | null;
	readonly campaignId: string | null;
	readonly tacticId: string | null;
	/** `<type>:<content id>` that a contact was about. */
	readonly subject: string | null;
	/** A segment, as it holds now. */
	readonly plan: Plan | null;
}

export const EVERYBODY: Scope = { channels: null, campaignId: null, tacticId: null, subject: null, plan: null };

/** The leads of a scope; null for every lead. */
export async function leadsInScope(handle: Handle, scope: Scope): Promise<ReadonlySet<string> | null> {
	const conditions = [
		scope.channels && inArray(touchpoint.channel, [...scope.channels]),
		scope.campaignId && inArray(touchpoint.tacticId, handle.select({ id: tactic.id }).from(tactic).where(eq(tactic.campaignId, scope.campaignId))),
		scope.tacticId && eq(touchpoint.tacticId, scope.tacticId),
		scope.subject && eq(touchpoint.subject, scope.subject),
	].filter((one): one is SQL => Boolean(one));
	const sets: ReadonlySet<string>[] = [];
	for (const where of conditions) sets.push(await touchedBy(handle, where));
	if (scope.plan) sets.push(await idsOf(handle.select({ id: lead.id }).from(lead).where(matching(handle, scope.plan))));
	const [first, ...rest] = sets;
	return first ? rest.reduce((kept, other) => kept.intersection(other), first) : null;
}

function touchedBy(handle: Handle, where: SQL): Promise<ReadonlySet<string>> {
	const touched = handle
		.selectDistinct({ personId: touchpoint.personId })
		.from(touchpoint)
		.where(and(where, isNotNull(touchpoint.personId)))
		.as('touched');
	return idsOf(handle.select({ id: person.leadId }).from(touched).innerJoin(person, eq(person.id, touched.personId)));
}

const idsOf = async (rows: PromiseLike<readonly { readonly id: string }[]>): Promise<ReadonlySet<string>> =>
	new Set((await rows).map(({ id }) => id));
