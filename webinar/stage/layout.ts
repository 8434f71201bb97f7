import type { Handle } from '#kernel/database.ts';
import { newId } from '#kernel/id.ts';

import type { WebinarsDeps } from '../deps.ts';
import type { FanOut } from '../interaction/fan-out.ts';
import type { StageLayout } from '../interaction/kinds.ts';
import { append, roomLock, rowsAbout } from '../interaction/log.ts';
import type { Host } from './host.ts';

export const LAYOUTS = ['grid', 'speaker', 'screen'] as const;
export type Layout = (typeof LAYOUTS)[number];

const FIRST: StageLayout = { layout: 'grid', spotlight: null, revision: 0 };

/** How the stage is shown: the newest of the log, else everybody side by side. */
export async function layoutOf(handle: Handle, occurrenceId: string): Promise<StageLayout> {
	const [newest] = await rowsAbout(handle, occurrenceId, 'stage', '');
	return newest ? (newest.data as unknown as StageLayout) : FIRST;
}

/** Shows the stage otherwise to everybody; each change has the next revision. */
export function createArrange({ db, now, random, fanOut }: Pick<WebinarsDeps, 'db' | 'now' | 'random'> & { readonly fanOut: FanOut }) {
	return async ({ occurrenceId }: Host, change: Partial<Pick<StageLayout, 'layout' | 'spotlight'>>): Promise<StageLayout> => {
		const next = await db.write(
			async (tx) => {
				const known = await layoutOf(tx, occurrenceId);
				const data: StageLayout = { ...known, ...change, revision: known.revision + 1 };
				const at = now();
				await append(tx, { id: newId(at, random), occurrenceId, kind: 'stage', data, at });
				return data;
			},
			{ locks: roomLock(occurrenceId) },
		);
		await fanOut.pump(occurrenceId);
		return next;
	};
}
