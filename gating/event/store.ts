import { and, eq, inArray, isNull, sql } from 'drizzle-orm';

import { type Handle, prepared } from '#kernel/database.ts';

import { adoptTouches } from '../channel/touch.ts';
import { accountMember, event, lead, person, visitor } from '../schema.ts';

/** An event ready to be stored. */
export interface EventRow {
	readonly id: string;
	readonly type: string;
	readonly version: number;
	readonly at: Date;
	readonly receivedAt: Date;
	readonly localDay: string;
	readonly visitorId: string | null;
	readonly personId: string | null;
	readonly subject: string;
	readonly props: Readonly<Record<string, string | number | boolean>>;
	readonly basis: 'consent' | 'necessary';
}

/** What became of a stored row: `personId` as it stands in the database. */
interface Stored {
	readonly id: string;
	readonly personId: string | null;
}

/** The day a lead carries while its numbers are out of date; {@link rescoreDue} looks for it. */
export const STALE_DAY = '';

const COLUMNS = ['id', 'type', 'version', 'at', 'receivedAt', 'localDay', 'visitorId', 'personId', 'subject', 'props', 'basis'] as const;

/** Insert statements for so many rows at once, the largest first. A batch is cut into these sizes, so each is prepared once. */
const INSERTS = [64, 16, 4, 1].map((size) => ({ size, insert: prepared((handle) => insertOf(handle, size)) }));

/**
 * Stores events and marks the leads they concern for scoring. Rows whose id is known already are left out of the answer;
 * ids within `rows` must differ. A row without a person takes the person its visitor has joined by now.
 */
export async function storeEvents(tx: Handle, rows: readonly EventRow[]): Promise<readonly Stored[]> {
	const stored: Stored[] = [];
	let from = 0;
	for (const { size, insert } of INSERTS) {
		for (; rows.length - from >= size; from += size) stored.push(...(await insert(tx).execute(valuesOf(rows, from, size))));
	}
	const personIds = new Set<string>();
	for (const { personId } of stored) if (personId !== null) personIds.add(personId);
	if (personIds.size > 0) await markStale(tx, [...personIds]);
	return stored;
}

/** Marks the leads of these persons to be scored anew. */
export async function markStale(tx: Handle, personIds: readonly string[]): Promise<void> {
	const leads = tx
		.select({ id: person.leadId })
		.from(person)
		.where(inArray(person.id, [...personIds]));
	await tx.update(lead).set({ scoredDay: STALE_DAY }).where(inArray(lead.id, leads));
}

/** Marks everybody at these accounts to be scored anew: what an account is, and how many of it are active, counts for each. */
export async function markAccountsStale(tx: Handle, accountIds: readonly (string | null)[]): Promise<void> {
	const ids = accountIds.filter((id) => id !== null);
	if (ids.length === 0) return;
	const leads = tx
		.select({ id: person.leadId })
		.from(person)
		.innerJoin(accountMember, eq(accountMember.personId, person.id))
		.where(inArray(accountMember.accountId, ids));
	await tx.update(lead).set({ scoredDay: STALE_DAY }).where(inArray(lead.id, leads));
}

/** Gives a browser's anonymous history to the person who proved to be its owner. Returns how many events moved. */
export async function adoptHistory(tx: Handle, visitorId: string, personId: string): Promise<number> {
	const moved = await tx
		.update(event)
		.set({ personId })
		.where(and(eq(event.visitorId, visitorId), isNull(event.personId)))
		.returning({ id: event.id });
	await adoptTouches(tx, visitorId, personId);
	await markStale(tx, [personId]);
	return moved.length;
}

function insertOf(handle: Handle, size: number) {
	const row = (index: number) => {
		const place = (column: (typeof COLUMNS)[number]) => sql.placeholder(`${column}${index}`);
		return {
			...(Object.fromEntries(COLUMNS.map((column) => [column, place(column)])) as Record<(typeof COLUMNS)[number], ReturnType<typeof place>>),
			// A browser may join its person while its events wait for their batch.
			personId: sql<
				string | null
			>`coalesce(${place('personId')}, (select ${visitor.personId} from ${visitor} where ${visitor.id} = ${place('visitorId')}))`,
		};
	};
	return handle
		.insert(event)
		.values(Array.from({ length: size }, (_, index) => row(index)))
		.onConflictDoNothing()
		.returning({ id: event.id, personId: event.personId })
		.prepare(`event.insert-${size}`);
}

function valuesOf(rows: readonly EventRow[], from: number, size: number): Record<string, unknown> {
	const values: Record<string, unknown> = {};
	for (let index = 0; index < size; index++) {
		const row = rows[from + index]!;
		for (const column of COLUMNS) values[column + index] = row[column];
	}
	return values;
}
