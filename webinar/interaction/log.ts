import { and, asc, desc, eq, gt, ne, or } from 'drizzle-orm';

import { nextNumber } from '#kernel/counter.ts';
import type { Handle } from '#kernel/database.ts';

import { interaction } from '../schema.ts';

export type Interaction = typeof interaction.$inferSelect;

/** Chat older than this many rows is not read back; polls and material always are. */
const CHAT_KEPT = 400;

/** Bodies that add to one room's log run one after another, so that its numbers have no gaps and readers miss nothing. */
export const roomLock = (occurrenceId: string): string => `webinar-room:${occurrenceId}`;

/** Adds a row to the log, inside a body that holds `roomLock`. Returns its number, or null when the id is in the log already. */
export async function append(tx: Handle, row: Omit<Interaction, 'seq'>): Promise<number | null> {
	const [known] = await tx.select({ id: interaction.id }).from(interaction).where(eq(interaction.id, row.id));
	if (known) return null;
	const seq = await nextNumber(tx, roomLock(row.occurrenceId));
	await tx.insert(interaction).values({ ...row, seq });
	return seq;
}

/** Rows after `seq`, in order. */
export async function rowsSince(handle: Handle, occurrenceId: string, seq: number): Promise<Interaction[]> {
	const last = await lastSeq(handle, occurrenceId);
	return handle
		.select()
		.from(interaction)
		.where(
			and(
				eq(interaction.occurrenceId, occurrenceId),
				gt(interaction.seq, seq),
				or(ne(interaction.kind, 'chat'), gt(interaction.seq, last - CHAT_KEPT)),
			),
		)
		.orderBy(asc(interaction.seq));
}

/** The number of the newest row; 0 for an empty log. */
export async function lastSeq(handle: Handle, occurrenceId: string): Promise<number> {
	const [row] = await handle
		.select({ seq: interaction.seq })
		.from(interaction)
		.where(eq(interaction.occurrenceId, occurrenceId))
		.orderBy(desc(interaction.seq))
		.limit(1);
	return row?.seq ?? 0;
}

/** Rows of one kind and subject, the newest first. */
export function rowsAbout(handle: Handle, occurrenceId: string, kind: Interaction['kind'], subject: string): Promise<Interaction[]> {
	return handle
		.select()
		.from(interaction)
		.where(and(eq(interaction.occurrenceId, occurrenceId), eq(interaction.kind, kind), eq(interaction.subject, subject)))
		.orderBy(desc(interaction.seq));
}
