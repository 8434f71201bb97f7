import { and, eq, gte, inArray, lte, type SQL } from 'drizzle-orm';

import type { Handle } from '#kernel/database.ts';

import { event, lead, person } from '../schema.ts';
import { matching } from '../tag/compile.ts';
import type { Plan } from '../tag/plan.ts';

/** What a report is about; can be sent to a thread. */
export interface SearchScope {
	/** Local days, both included. */
	readonly from: string;
	readonly to: string;
	/** '' for both languages. */
	readonly locale: string;
	/** Leads whose searches count; null: everybody's. */
	readonly segment: Plan | null;
}

/** One query of one browser on one day, with what it opened from the results. */
export interface MeasuredSearch {
	readonly wordsId: string;
	readonly personId: string | null;
	readonly at: Date;
	readonly times: number;
	readonly results: number;
	readonly clicks: readonly { readonly subject: string; readonly position: number }[];
}

/** Searches of browsers that agreed to be measured: one a query, browser and day, however often its page was loaded. */
export async function measuredSearches(read: Handle, scope: SearchScope): Promise<MeasuredSearch[]> {
	const rows = await eventsOf(read, scope);
	const searches = new Map<string, MeasuredSearch & { times: number; results: number; clicks: { subject: string; position: number }[] }>();
	const keyOf = (row: (typeof rows)[number]) => `${row.visitorId ?? row.personId ?? ''}\n${row.localDay}\n${String(row.props['queryHash'])}`;
	for (const row of rows) {
		const { locale, queryHash, results } = row.props;
		if (row.type !== 'search.query' || typeof queryHash !== 'string' || (scope.locale !== '' && locale !== scope.locale)) continue;
		const known = searches.get(keyOf(row));
		if (known) {
			known.times++;
			known.results = Number(results);
		} else {
			const wordsId = `${String(locale)}:${queryHash}`;
			searches.set(keyOf(row), { wordsId, personId: row.personId, at: row.at, times: 1, results: Number(results), clicks: [] });
		}
	}
	for (const row of rows) {
		const position = Number(row.props['position']);
		if (row.type === 'search.click' && position > 0) searches.get(keyOf(row))?.clicks.push({ subject: row.subject, position });
	}
	return [...searches.values()];
}

function eventsOf(read: Handle, { from, to, segment }: SearchScope) {
	const { type, at, localDay, visitorId, personId, subject, props } = event;
	const within: SQL | undefined = and(inArray(type, ['search.query', 'search.click']), gte(localDay, from), lte(localDay, to));
	const members = segment && read.select({ id: person.id }).from(person).innerJoin(lead, eq(lead.id, person.leadId)).where(matching(read, segment));
	return read
		.select({ type, at, localDay, visitorId, personId, subject, props })
		.from(event)
		.where(members ? and(within, inArray(personId, members)) : within)
		.orderBy(at);
}
