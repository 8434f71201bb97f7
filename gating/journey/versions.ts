import { and, eq } from 'drizzle-orm';

import type { Handle } from '#kernel/database.ts';

import type { JourneyDefinition } from './definition.ts';
import { journey, journeyVersion } from './schema.ts';

/** Definitions as they were published, kept in memory: they never change. */
export function createVersions() {
	const known = new Map<string, JourneyDefinition>();

	const one = async (handle: Handle, journeyId: string, version: number): Promise<JourneyDefinition | null> => {
		const key = `${journeyId}:${version}`;
		const kept = known.get(key);
		if (kept) return kept;
		const [row] = await handle
			.select({ definition: journeyVersion.definition })
			.from(journeyVersion)
			.where(and(eq(journeyVersion.journeyId, journeyId), eq(journeyVersion.version, version)));
		if (row) known.set(key, row.definition);
		return row?.definition ?? null;
	};

	return Object.freeze({
		one,
		/** Journeys that take people in, each with the version that does. */
		live: async (handle: Handle): Promise<LiveJourney[]> => {
			const rows = await handle.select().from(journey).where(eq(journey.state, 'live'));
			const found: LiveJourney[] = [];
			for (const row of rows) {
				const definition = await one(handle, row.id, row.version);
				if (definition && row.since) found.push({ id: row.id, version: row.version, since: row.since, sweptAt: row.sweptAt, definition });
			}
			return found;
		},
	});
}

export type Versions = ReturnType<typeof createVersions>;

export interface LiveJourney {
	readonly id: string;
	readonly version: number;
	readonly since: Date;
	readonly sweptAt: Date | null;
	readonly definition: JourneyDefinition;
}
