import { and, asc, desc, eq, gt, notInArray, or, type SQL } from 'drizzle-orm';

import { nextNumber } from '#kernel/counter.ts';
import type { Handle } from '#kernel/database.ts';

import type { RoomKind } from './kinds.ts';
import { type Audience, interaction } from './schema.ts';

export type Interaction = typeof interaction.$inferSelect;

/** What is added to the log; what is left out is: nobody's, about nothing, for everybody, shown. */
export type NewLine = Pick<Interaction, 'id' | 'occurrenceId' | 'kind' | 'at'> &
	Partial<Pick<Interaction, 'personId' | 'subject' | 'sealed' | 'audience' | 'showing'>> & { readonly data?: object };

/** Lines of these kinds are read back only as far as so many rows; all others always are. */
const KEPT = { chat: 400, caption: 20, reactions: 30 } as const satisfies Partial<Record<RoomKind, number>>;

/** Bodies that add to one room's log run one after another, so that its numbers have no gaps and readers miss nothing. */
export const roomLock = (occurrenceId: string): string => `webinar-room:${occurrenceId}`;

/** Adds a row to the log, inside a body that holds `roomLock`. Returns its number, or null when the id is in the log already. */
export async function append(tx: Handle, { data = {}, ...line }: NewLine): Promise<number | null> {
	const [known] = await tx.select({ id: interaction.id }).from(interaction).where(eq(interaction.id, line.id));
	if (known) return null;
	const seq = await nextNumber(tx, roomLock(line.occurrenceId));
	const rest = { personId: null, subject: '', sealed: null, audience: 'all', showing: 'shown' } as const;
	await tx.insert(interaction).values({ ...rest, ...line, data: { ...data }, seq });
	return seq;
}

/** Rows after `seq`, in order: everything for the host's side, what is shown for everybody. */
export async function rowsSince(handle: Handle, occurrenceId: string, seq: number, audience: Audience = 'all'): Promise<Interaction[]> {
	const last = await lastSeq(handle, occurrenceId);
	const kinds = Object.keys(KEPT) as (keyof typeof KEPT)[];
	const recent = kinds.map((kind) => and(eq(interaction.kind, kind), gt(interaction.seq, last - KEPT[kind])));
	return handle
		.select()
		.from(interaction)
		.where(
			and(
				eq(interaction.occurrenceId, occurrenceId),
				gt(interaction.seq, seq),
				or(notInArray(interaction.kind, kinds), ...recent),
				audience === 'all' ? isPublic() : undefined,
			),
		)
		.orderBy(asc(interaction.seq));
}

const isPublic = (): SQL | undefined => and(eq(interaction.audience, 'all'), eq(interaction.showing, 'shown'));

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

/** The row of one number; null when there is none. */
export async function rowAt(handle: Handle, occurrenceId: string, seq: number): Promise<Interaction | null> {
	const [row] = await handle
		.select()
		.from(interaction)
		.where(and(eq(interaction.occurrenceId, occurrenceId), eq(interaction.seq, seq)));
	return row ?? null;
}

/** Rows of one kind and subject, the newest first. */
export function rowsAbout(handle: Handle, occurrenceId: string, kind: RoomKind, subject: string): Promise<Interaction[]> {
	return handle
		.select()
		.from(interaction)
		.where(and(eq(interaction.occurrenceId, occurrenceId), eq(interaction.kind, kind), eq(interaction.subject, subject)))
		.orderBy(desc(interaction.seq));
}
