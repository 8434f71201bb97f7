import { eq } from 'drizzle-orm';

import type { Handle } from '#kernel/database.ts';
import { newId } from '#kernel/id.ts';

import type { WebinarsDeps } from '../deps.ts';
import type { FanOut } from '../interaction/fan-out.ts';
import type { RunState } from '../interaction/kinds.ts';
import { append, roomLock } from '../interaction/log.ts';
import type { Occurrence } from '../programme/occurrence.ts';
import { closesAtOf, statusAt } from '../programme/status.ts';
import { occurrence } from '../schema.ts';
import { orderRecording, orderRecordingEnd } from '../recording/create-recordings.ts';
import { orderEnd } from './end.ts';
import { type Host, hosted, noteAct } from './host.ts';

export interface GoLiveOutcome {
	readonly status: 'live' | 'already' | 'too-early' | 'over' | 'called-off' | 'not-a-live-webinar';
}
export interface FinishOutcome {
	readonly status: 'ended' | 'already' | 'not-begun';
}

/** A host begins and ends a live webinar; everybody in the room hears of it over the log, in its order. */
export interface Run {
	goLive(host: Host): Promise<GoLiveOutcome>;
	finish(host: Host): Promise<FinishOutcome>;
}

export interface RunDeps extends Pick<WebinarsDeps, 'db' | 'now' | 'random'> {
	readonly fanOut: FanOut;
	/** Called after a commit that changes what pages show of an occurrence. */
	readonly changed: () => void;
}

export function createRun({ db, now, random, fanOut, changed }: RunDeps): Run {
	const tell = (tx: Handle, occurrenceId: string, state: 'live' | 'ended', at: Date): Promise<number | null> => {
		const data: RunState = { state };
		return append(tx, { id: newId(at, random), occurrenceId, kind: 'state', data, at });
	};
	const set = (tx: Handle, one: Occurrence, change: Partial<Pick<Occurrence, 'wentLiveAt' | 'finishedAt'>>) =>
		tx
			.update(occurrence)
			.set({ ...change, closesAt: closesAtOf({ ...one, ...change }), settledAt: null })
			.where(eq(occurrence.id, one.id));

	const act = async <T extends { readonly status: string }>(host: Host, body: (tx: Handle, one: Occurrence, at: Date) => Promise<T>): Promise<T> => {
		const outcome = await db.write(async (tx) => body(tx, await hosted(tx, host), now()), { locks: roomLock(host.occurrenceId) });
		changed();
		await fanOut.pump(host.occurrenceId);
		return outcome;
	};

	return Object.freeze<Run>({
		goLive: (host) =>
			act(host, async (tx, one, at): Promise<GoLiveOutcome> => {
				const status = whyNot(one, at);
				if (status !== null) return { status };
				await set(tx, one, { wentLiveAt: at });
				await tell(tx, one.id, 'live', at);
				await orderRecording(tx, one.id, at, { random });
				await noteAct(tx, host, { action: 'webinar.live' }, { now, random });
				return { status: 'live' };
			}),
		finish: (host) =>
			act(host, async (tx, one, at): Promise<FinishOutcome> => {
				if (one.mode !== 'live' || one.wentLiveAt === null) return { status: 'not-begun' };
				if (closesAtOf(one) <= at) return { status: 'already' };
				await set(tx, one, { finishedAt: at });
				await tell(tx, one.id, 'ended', at);
				await orderRecordingEnd(tx, one.id, at, { random });
				await orderEnd(tx, one.id, at, { random });
				await noteAct(tx, host, { action: 'webinar.end' }, { now, random });
				return { status: 'ended' };
			}),
	});
}

function whyNot(one: Occurrence, now: Date): Exclude<GoLiveOutcome['status'], 'live'> | null {
	if (one.mode !== 'live') return 'not-a-live-webinar';
	if (one.cancelledAt) return 'called-off';
	const phases = { scheduled: 'too-early', doors: null, live: 'already', ended: 'over', 'on-demand': 'not-a-live-webinar' } as const;
	return phases[statusAt(one, now)];
}
