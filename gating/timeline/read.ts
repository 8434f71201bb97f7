import type { Handle } from '#kernel/database.ts';

import { PERSON_SOURCES } from './person-sources.ts';
import { type Place, questionOf, type Scope, type TimelineKind, type TimelineRow } from './source.ts';
import { STAFF_SOURCES } from './staff-sources.ts';

const SOURCES = [...PERSON_SOURCES, ...STAFF_SOURCES];

/** Number of a source; null for no source's name. */
export function rankOf(name: string): number | null {
	const rank = SOURCES.findIndex((source) => source.name === name);
	return rank === -1 ? null : rank;
}

export interface TimelineParams {
	readonly scope: Scope;
	/** Kinds to keep; none: all. */
	readonly kinds: readonly TimelineKind[];
	readonly place: Place | null;
	readonly limit: number;
}

export type SourcedRow = TimelineRow & { readonly source: string; readonly kind: TimelineKind };

/** The newest lines after a place, `limit` at most: newest first, at one instant by source and then by id. */
export async function readTimeline(handle: Handle, { scope, kinds, place, limit }: TimelineParams): Promise<SourcedRow[]> {
	const all: SourcedRow[] = [];
	for (const [rank, source] of SOURCES.entries()) {
		if (kinds.length > 0 && !kinds.includes(source.kind)) continue;
		const rows = await source.read(questionOf(handle, scope, rank, place, limit));
		all.push(...rows.map((row) => ({ ...row, source: source.name, kind: source.kind })));
	}
	// Each source comes in its own order, by number: sorting by time alone keeps that order within an instant.
	return all.sort((a, b) => b.at.getTime() - a.at.getTime()).slice(0, limit);
}
