import { and, eq, gte, inArray, lt, sql } from 'drizzle-orm';

import type { Handle } from '#kernel/database.ts';

import { REACHED } from '../lifecycle/disposition.ts';
import { interaction, person, screeningAnswer } from '../schema.ts';
import type { Span } from './history.ts';
import type { Sink } from './tally.ts';
import { firstTouches } from './won-deals.ts';

/** At most so many ids in one condition. */
const CHUNK = 5_000;

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

/** By lead: when it was handed over. Puts each where its first contact from then on was: in time, late, or still to come. */
export async function putFollowUps(
	handle: Handle,
	handed: ReadonlyMap<string, number>,
	{ until, withinMs }: { readonly until: number; readonly withinMs: number },
	sink: Sink,
): Promise<number[]> {
	const first = new Map<string, number>();
	await inChunks([...handed.keys()], async (ids) => {
		const rows = await handle
			.select({ leadId: person.leadId, at: interaction.at })
			.from(interaction)
			.innerJoin(person, eq(person.id, interaction.personId))
			.where(and(inArray(person.leadId, ids), lt(interaction.at, new Date(until))));
		for (const { leadId, at } of rows) {
			const [time, since] = [at.getTime(), handed.get(leadId) ?? Infinity];
			if (time >= since && time < (first.get(leadId) ?? Infinity)) first.set(leadId, time);
		}
	});
	const waits: number[] = [];
	for (const [leadId, since] of handed) {
		sink.put('handed', leadId);
		const took = (first.get(leadId) ?? Infinity) - since;
		if (took <= withinMs) sink.put('followed', leadId);
		else if (took < Infinity || until - since > withinMs) sink.put('late', leadId);
		else sink.put('waiting', leadId);
		if (took < Infinity) waits.push(took);
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

async function inChunks(ids: readonly string[], each: (ids: string[]) => Promise<void>): Promise<void> {
	for (let from = 0; from < ids.length; from += CHUNK) await each(ids.slice(from, from + CHUNK));
}
