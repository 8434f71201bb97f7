import { and, asc, eq, gte, inArray, lt, sql } from 'drizzle-orm';

import type { Handle } from '#kernel/database.ts';

import { REACHED } from '../lifecycle/disposition.ts';
import { handOver, interaction, person, screeningAnswer } from '../schema.ts';
import type { Span } from './history.ts';
import type { Sink } from './tally.ts';
import { firstTouches } from './won-deals.ts';

/**
 * Called, reached, with a real need, each among the one before. Called: a call was logged in the period. Reached: in one of these calls somebody
 * was spoken to. Real need: a contact in the period turned one up, or a credible answer to a question about the need was written down in it.
 */
export async function putContacts(handle: Handle, { from, to }: Span, scope: ReadonlySet<string> | null, sink: Sink): Promise<void> {
	const within = and(gte(interaction.at, new Date(from)), lt(interaction.at, new Date(to)));
	const isOne = (condition: ReturnType<typeof eq>) => sql<number>`max(case when ${condition} then 1 else 0 end)`.mapWith(Number);
	const calls = await handle
		.select({
			leadId: person.leadId,
			called: isOne(eq(interaction.kind, 'call')),
			reached: sql<number>`max(case when ${interaction.kind} = 'call' and ${inArray(interaction.outcome, [...REACHED])} then 1 else 0 end)`.mapWith(
				Number,
			),
			need: isOne(eq(interaction.outcome, 'real-need')),
		})
		.from(interaction)
		.innerJoin(person, eq(person.id, interaction.personId))
		.where(within)
		.groupBy(person.leadId);
	const answered = await handle
		.selectDistinct({ leadId: person.leadId })
		.from(screeningAnswer)
		.innerJoin(person, eq(person.id, screeningAnswer.personId))
		.where(
			and(
				...[eq(screeningAnswer.tick, 'need'), eq(screeningAnswer.verdict, 'credible')],
				...[gte(screeningAnswer.at, new Date(from)), lt(screeningAnswer.at, new Date(to))],
			),
		);
	const needs = new Set(answered.map(({ leadId }) => leadId));
	for (const { leadId, called, reached, need } of calls) {
		if (called === 0 || (scope && !scope.has(leadId))) continue;
		sink.put('called', leadId);
		if (reached === 0) continue;
		sink.put('reached', leadId);
		if (need === 1 || needs.has(leadId)) sink.put('need', leadId);
	}
}

/**
 * Leads handed over in the period, each by its first hand-over there: followed up by the time that was due then, late, or still in time. Only a
 * logged contact is a follow-up; the clock goes on when the lead is passed on to somebody else. Returns the milliseconds that follow-ups took.
 */
export async function putFollowUps(
	handle: Handle,
	{ from, to }: Span,
	until: number,
	scope: ReadonlySet<string> | null,
	sink: Sink,
): Promise<number[]> {
	const rows = await handle
		.select({ leadId: person.leadId, at: handOver.at, dueAt: handOver.dueAt, state: handOver.state, endedAt: handOver.endedAt })
		.from(handOver)
		.innerJoin(person, eq(person.id, handOver.personId))
		.where(and(gte(handOver.at, new Date(from)), lt(handOver.at, new Date(until))))
		.orderBy(asc(handOver.at), asc(handOver.id));
	const waits: number[] = [];
	for (const [leadId, own] of Map.groupBy(rows, (row) => row.leadId)) {
		const [first] = own;
		if (!first || first.at.getTime() >= to || (scope && !scope.has(leadId))) continue;
		const followed = own.find(({ state, endedAt }) => state === 'followed-up' && endedAt && endedAt.getTime() < until)?.endedAt ?? null;
		sink.put('handed', leadId);
		if (followed) waits.push(followed.getTime() - first.at.getTime());
		if (followed && followed <= first.dueAt) sink.put('followed', leadId);
		else if (followed || first.dueAt.getTime() < until) sink.put('late', leadId);
		else sink.put('waiting', leadId);
	}
	return waits;
}

/** Won leads; those that a contact by another way than sales' own had come before are marketing's too. */
export async function putWon(handle: Handle, won: ReadonlyMap<string, number>, ownChannels: readonly string[], sink: Sink): Promise<void> {
	const touched = await firstTouches(handle, [...won.keys()], ownChannels);
	for (const [leadId, at] of won) {
		sink.put('won', leadId);
		if ((touched.get(leadId) ?? Infinity) < at) sink.put('won.marketing', leadId);
	}
}
