import type { Handle } from '#kernel/database.ts';
import { newId } from '#kernel/id.ts';

import type { Here, RoomDeps } from './here.ts';
import { append, roomLock } from './log.ts';

/** What viewers can show without words. */
export const REACTIONS = ['applause', 'agree', 'idea', 'surprise'] as const;
export type Reaction = (typeof REACTIONS)[number];

export interface Reactions {
	add(here: Here, reaction: Reaction): void;
	/** Writes what was pressed in a room since the last time, as one line. Called every second. */
	flush(occurrenceId: string): Promise<void>;
	/** Rooms that something was pressed in. */
	waiting(): readonly string[];
}

/** Counts reactions in memory, so that a thousand of them in a second are one line of the log. A crash loses a second of them. */
export function createReactions({ db, now, random }: Pick<RoomDeps, 'db' | 'now' | 'random'>): Reactions {
	const counted = new Map<string, Map<Reaction, number>>();
	return Object.freeze<Reactions>({
		add: ({ occurrence }, reaction) => {
			const counts = counted.get(occurrence.id) ?? new Map<Reaction, number>();
			counts.set(reaction, (counts.get(reaction) ?? 0) + 1);
			counted.set(occurrence.id, counts);
		},
		flush: async (occurrenceId) => {
			const counts = counted.get(occurrenceId);
			if (!counts) return;
			counted.delete(occurrenceId);
			const at = now();
			const data = { counts: Object.fromEntries(counts) };
			await db.write((tx: Handle) => append(tx, { id: newId(at, random), occurrenceId, kind: 'reactions', data, at }), {
				locks: roomLock(occurrenceId),
			});
		},
		waiting: () => [...counted.keys()],
	});
}
