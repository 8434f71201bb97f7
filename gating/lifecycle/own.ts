import { eq, inArray } from 'drizzle-orm';

import type { Handle } from '#kernel/database.ts';

import { survivingLead } from '../identity/merge.ts';
import { lead, merge, person, tagMark } from '../schema.ts';
import { type Agent, isOthers } from './agent.ts';

/** What an act is done to, by whatever names it. */
export interface ActedOn {
	readonly leadIds?: readonly string[];
	readonly personId?: string;
	/** A merge of two leads. */
	readonly mergeId?: string;
	/** A tag on a person. One on an account is everybody's. */
	readonly markId?: string;
}

/** Whether no lead that an act is done to is somebody else's, for agents that work only their own. What is not there is nobody's: the act itself says so. */
export async function isMine(handle: Handle, { leadIds = [], personId, mergeId, markId }: ActedOn, agent: Agent): Promise<boolean> {
	if (!agent.ownOnly) return true;
	const asked = [...leadIds, ...(mergeId === undefined ? [] : await leadsOfMerge(handle, mergeId))];
	const standing = (await Promise.all(asked.map((id) => survivingLead(handle, id)))).flatMap((id) => id ?? []);
	const whose = personId === undefined ? [] : await handle.select({ id: person.leadId }).from(person).where(eq(person.id, personId));
	const all = [...standing, ...whose.map(({ id }) => id), ...(markId === undefined ? [] : await leadsOfMark(handle, markId))];
	if (all.length === 0) return true;
	const rows = await handle.select({ owner: lead.owner }).from(lead).where(inArray(lead.id, all));
	return !rows.some(({ owner }) => isOthers(agent, owner));
}

async function leadsOfMerge(handle: Handle, mergeId: string): Promise<string[]> {
	const rows = await handle.select({ from: merge.fromLeadId, into: merge.intoLeadId }).from(merge).where(eq(merge.id, mergeId));
	return rows.flatMap(({ from, into }) => [from, into]);
}

async function leadsOfMark(handle: Handle, markId: string): Promise<string[]> {
	const rows = await handle
		.select({ leadId: person.leadId })
		.from(tagMark)
		.innerJoin(person, eq(person.id, tagMark.personId))
		.where(eq(tagMark.id, markId));
	return rows.map(({ leadId }) => leadId);
}
