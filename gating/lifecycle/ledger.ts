import { and, asc, eq, inArray, isNull } from 'drizzle-orm';

import type { Handle } from '#kernel/database.ts';

import { scoreLedger } from '../schema.ts';

/** A line of the ledger: a person's decision that changes engagement, as the receipt shows it. */
export interface LedgerEntry {
	readonly id: string;
	readonly personId: string;
	readonly rule: string;
	readonly ruleVersion: number;
	/** Hundredths of a point on its day. */
	readonly points: number;
	readonly halfLifeDays: number | null;
	readonly reason: string;
	/** `staff:<id>` or `api:<token name>`. */
	readonly by: string;
	readonly at: Date;
}

/** What a return does to engagement: it takes away what there was that day, and fades like the behaviour it took away. */
export const RETURN_RULE = { rule: 'returned-by-sales', ruleVersion: 1, halfLifeDays: 45 } as const;

/** Entries of these persons that are not undone, oldest first. */
export async function ledgerOf(handle: Handle, personIds: readonly string[]): Promise<LedgerEntry[]> {
	const { id, personId, rule, ruleVersion, points, halfLifeDays, reason, by, at } = scoreLedger;
	return handle
		.select({ id, personId, rule, ruleVersion, points, halfLifeDays, reason, by, at })
		.from(scoreLedger)
		.where(and(inArray(personId, [...personIds]), isNull(scoreLedger.undoneAt)))
		.orderBy(asc(at), asc(id));
}

/** Adds the line of a return. Nothing is added where there is no engagement to take away. */
export async function enterReturn(
	tx: Handle,
	entry: Pick<LedgerEntry, 'id' | 'personId' | 'reason' | 'by' | 'at'> & { readonly dispositionId: string; readonly engagement: number },
): Promise<void> {
	const { engagement, ...line } = entry;
	if (engagement > 0) await tx.insert(scoreLedger).values({ ...line, ...RETURN_RULE, points: -engagement });
}

/** Takes exactly the lines of one disposition away. */
export async function undoEntries(tx: Handle, dispositionId: string, at: Date): Promise<void> {
	await tx
		.update(scoreLedger)
		.set({ undoneAt: at })
		.where(and(eq(scoreLedger.dispositionId, dispositionId), isNull(scoreLedger.undoneAt)));
}
