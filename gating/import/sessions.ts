import type { Handle } from '#kernel/database.ts';

import type { Placed } from './store.ts';
import type { ImportSession, RowPresence } from './presence.ts';

/** One row of a session's list, of somebody on record by now. */
export interface SessionRow {
	readonly personId: string;
	readonly presence: RowPresence;
}

/** Where lists of who was at a session go, beside the people they name. Awaits nothing but the store. */
export interface ImportedSessions {
	store(
		tx: Handle,
		list: { readonly importId: string; readonly session: ImportSession; readonly channel: string; readonly rows: readonly SessionRow[] },
	): Promise<void>;
	/** Takes back what a list said of these people. */
	undo(tx: Handle, list: { readonly importId: string; readonly session: ImportSession; readonly personIds: readonly string[] }): Promise<void>;
}

/** What a dry run and the run show of a row's presence: `absent`, `unknown`, `outside`, or whole minutes. */
export function presenceTold({ kind, stretch }: RowPresence): string {
	return kind === 'present' && stretch ? String(Math.round((stretch.to - stretch.from) / 60_000)) : kind;
}

export const sessionRows = (placed: readonly Placed[]): SessionRow[] =>
	placed.flatMap(({ personId, group }) => group.rows.flatMap(({ presence }) => (presence ? [{ personId, presence }] : [])));
