import { and, count, countDistinct, eq, gte, lte, min, sum } from 'drizzle-orm';

import type { Handle } from '#kernel/database.ts';

import { channelVisit, touchpoint } from '../schema.ts';

/** What came through a channel or a source in a time. */
export interface Counts {
	readonly visits: number;
	/** People whose first contact ever was here. */
	readonly firstTouches: number;
	/** Requests, registrations and attendances that a visit by this way led to. */
	readonly requests: number;
	readonly registered: number;
	readonly attended: number;
	readonly imported: number;
	/** People with any contact here. */
	readonly people: number;
}

export const NO_COUNTS: Counts = { visits: 0, firstTouches: 0, requests: 0, registered: 0, attended: 0, imported: 0, people: 0 };

const FIELD: Readonly<Record<string, keyof Counts>> = { request: 'requests', registered: 'registered', attended: 'attended', import: 'imported' };

export interface CountsQuery {
	readonly by: 'channel' | 'sourceId';
	/** Local days, both included. */
	readonly from: string;
	readonly to: string;
}

/** Counts from one local day to another, both included, by channel code or by source id. */
export async function countsBy(handle: Handle, { by, from, to }: CountsQuery): Promise<ReadonlyMap<string, Counts>> {
	const all = new Map<string, Record<keyof Counts, number>>();
	const of = (key: string | null) => {
		const found = all.get(key ?? '') ?? { ...NO_COUNTS };
		all.set(key ?? '', found);
		return found;
	};
	const visits = await handle
		.select({ key: channelVisit[by], visits: sum(channelVisit.visits).mapWith(Number) })
		.from(channelVisit)
		.where(and(gte(channelVisit.localDay, from), lte(channelVisit.localDay, to)))
		.groupBy(channelVisit[by]);
	for (const row of visits) of(row.key).visits += row.visits ?? 0;

	const within = and(gte(touchpoint.localDay, from), lte(touchpoint.localDay, to));
	const kinds = await handle
		.select({ key: touchpoint[by], kind: touchpoint.kind, count: count() })
		.from(touchpoint)
		.where(within)
		.groupBy(touchpoint[by], touchpoint.kind);
	for (const row of kinds) {
		const field = FIELD[row.kind];
		if (field) of(row.key)[field] += row.count;
	}
	const people = await handle
		.select({ key: touchpoint[by], count: countDistinct(touchpoint.personId) })
		.from(touchpoint)
		.where(within)
		.groupBy(touchpoint[by]);
	for (const row of people) of(row.key).people += row.count;
	for (const key of await firstTouches(handle, by, from, to)) of(key).firstTouches += 1;
	return all;
}

/** The way of each person's first contact ever, for those who had it in this time. */
async function firstTouches(handle: Handle, by: 'channel' | 'sourceId', from: string, to: string): Promise<(string | null)[]> {
	const first = handle
		.select({ personId: touchpoint.personId, at: min(touchpoint.at).as('first_at') })
		.from(touchpoint)
		.groupBy(touchpoint.personId)
		.as('first');
	const rows = await handle
		.select({ personId: touchpoint.personId, key: touchpoint[by], id: touchpoint.id })
		.from(touchpoint)
		.innerJoin(first, and(eq(touchpoint.personId, first.personId), eq(touchpoint.at, first.at)))
		.where(and(gte(touchpoint.localDay, from), lte(touchpoint.localDay, to)))
		.orderBy(touchpoint.id);
	const seen = new Map<string, string | null>();
	for (const { personId, key } of rows) if (personId !== null && !seen.has(personId)) seen.set(personId, key);
	return [...seen.values()];
}
