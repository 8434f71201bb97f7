import { cellPages } from '../funnel/create-funnel.ts';
import type { TagsDeps } from '../tag/context.ts';
import { type LeadItem, listLeads, type LeadQuery } from './list.ts';
import { narrowed } from './narrow.ts';

/** All leads of a query, page after page of `size`. @throws DomainError not-found (a segment), invalid (no such number of a funnel) */
export async function* leadPages(deps: TagsDeps, query: LeadQuery, seesPeople: boolean, size: number): AsyncGenerator<readonly LeadItem[]> {
	if (query.funnel !== undefined) {
		yield* cellPages(deps, query.funnel, query, seesPeople, size);
		return;
	}
	const plans = await narrowed(deps, query);
	for (let cursor: string | undefined; ;) {
		const { items, nextCursor } = await listLeads(deps.db.read, deps.keys, { ...query, cursor, limit: size }, seesPeople, plans);
		yield items;
		if (nextCursor === null) return;
		cursor = nextCursor;
	}
}
