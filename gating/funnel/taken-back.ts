import { and, asc, gte, inArray, isNotNull, lt } from 'drizzle-orm';

import type { Handle } from '#kernel/database.ts';

import { rootsOf } from '../identity/merge.ts';
import { disposition, merge, move, workMove } from '../schema.ts';
import type { Log, Member, Span } from './history.ts';

/** At most so many ids in one condition. */
const CHUNK = 5_000;
const LOGS = { stages: move, states: workMove } as const;

/** Merges that hold, and what was taken back: merges and decisions of which nothing is to be seen. */
export interface TakenBack {
	/** The lead that stands for one that took part in a merge, itself included. */
	readonly roots: ReadonlyMap<string, string>;
	/** When one's own log ended, since it was merged into another. */
	readonly ends: ReadonlyMap<string, number>;
	/** By lead: what its logs say in these times counts for nobody. */
	readonly voids: ReadonlyMap<string, Member['void']>;
}

/** Something that was written into the logs of a lead at a moment, and may have been taken back. */
interface Written {
	readonly leadId: string;
	readonly at: number;
	/** Cause of the line that did it; null when the line cannot be told by its cause. */
	readonly did: string | null;
	readonly undid: string;
}

/** Reads the journal of merges and the decisions that were undone. */
export async function readTakenBack(handle: Handle): Promise<TakenBack> {
	const merges = await handle
		.select({ id: merge.id, from: merge.fromLeadId, into: merge.intoLeadId, at: merge.at, undoneAt: merge.undoneAt })
		.from(merge)
		.orderBy(asc(merge.at), asc(merge.id));
	const undone = await handle
		.select({ id: disposition.id, leadId: disposition.leadId, at: disposition.at })
		.from(disposition)
		.where(isNotNull(disposition.undoneAt));
	const written: Written[] = [
		...merges.map(({ id, into, at }) => ({ leadId: into, at: at.getTime(), did: `merge:${id}`, undid: `merge-undone:${id}` })),
		...undone.map(({ id, leadId, at }) => ({ leadId, at: at.getTime(), did: null, undid: `undone:${id}` })),
	];
	const leadIds = [...new Set(written.map(({ leadId }) => leadId))];
	const lines = { stages: await linesBy(handle, 'stages', leadIds), states: await linesBy(handle, 'states', leadIds) };
	const ends = new Map(
		merges.filter(({ undoneAt }) => undoneAt === null).map(({ id, from, at }) => [from, lines.stages.get(`merge:${id}`) ?? at.getTime()]),
	);
	return { roots: await rootsOf(handle), ends, voids: voidsOf(written, lines) };
}

function voidsOf(written: readonly Written[], lines: Readonly<Record<Log, ReadonlyMap<string, number>>>): Map<string, Member['void']> {
	const voids = new Map<string, Record<Log, Span[]>>();
	for (const { leadId, at, did, undid } of written)
		for (const log of ['stages', 'states'] as const) {
			const ended = lines[log].get(undid);
			if (ended === undefined) continue;
			const own = voids.get(leadId) ?? { stages: [], states: [] };
			own[log].push({ from: (did === null ? undefined : lines[log].get(did)) ?? at, to: ended + 1 });
			voids.set(leadId, own);
		}
	return voids;
}

/** When lines of merges and of taking back were written, by their cause. */
async function linesBy(handle: Handle, log: Log, leadIds: readonly string[]): Promise<ReadonlyMap<string, number>> {
	const { [log]: table } = LOGS;
	const found = new Map<string, number>();
	for (let from = 0; from < leadIds.length; from += CHUNK) {
		const own = inArray(table.leadId, leadIds.slice(from, from + CHUNK));
		// 'merge:…', 'merge-undone:…', 'undone:…' lie between, and 'rule:…', 'staff:…' too: few, and told apart by their names.
		const rows = await handle
			.select({ cause: table.cause, at: table.at })
			.from(table)
			.where(and(own, gte(table.cause, 'merge'), lt(table.cause, 'undone~')));
		for (const { cause, at } of rows) found.set(cause, at.getTime());
	}
	return found;
}
