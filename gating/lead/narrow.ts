import { eq } from 'drizzle-orm';

import { DomainError } from '#kernel/errors.ts';

import { isStorable } from '../event/props.ts';
import { segment } from '../schema.ts';
import { allOf, type Condition, condition, type Conditions, requireConditions } from '../tag/condition.ts';
import { contextOf, type TagsDeps } from '../tag/context.ts';
import { type Plan, planOf } from '../tag/plan.ts';
import type { LeadQuery } from './list.ts';

/** The part of a query that is asked in the language of segments; empty where it asks nothing of it. @throws DomainError not-found */
export async function narrowed(deps: TagsDeps, { tag, channel, segmentId }: LeadQuery): Promise<readonly Plan[]> {
	const plain: Condition[] = [];
	if (tag && isStorable(tag)) plain.push(condition('tag', { values: [tag] }));
	if (channel && isStorable(channel)) plain.push(condition('channel', { values: [channel] }));
	const saved = segmentId === undefined ? null : await conditionsOf(deps, segmentId);
	if (plain.length === 0 && saved === null) return [];
	const context = await contextOf(deps);
	const all = [...(plain.length === 0 ? [] : [allOf(...plain)]), ...(saved === null ? [] : [saved])];
	return all.map((one) => planOf(one, context));
}

/** The conditions of a saved segment. @throws DomainError not-found */
export async function conditionsOf({ db }: Pick<TagsDeps, 'db'>, segmentId: string): Promise<Conditions> {
	const [row] = isStorable(segmentId) ? await db.read.select().from(segment).where(eq(segment.id, segmentId)) : [];
	if (!row) throw new DomainError('not-found', 'There is no such segment.');
	return requireConditions(row.conditions);
}
