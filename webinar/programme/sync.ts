import { eq } from 'drizzle-orm';

import type { Snapshot, Webinar } from '#cms/content.ts';
import { MINUTE_MS } from '#kernel/clock.ts';
import type { Handle } from '#kernel/database.ts';
import { newId, stableId } from '#kernel/id.ts';
import { enqueue } from '#kernel/outbox.ts';

import type { WebinarsDeps } from '../deps.ts';
import { occurrence } from '../schema.ts';
import { type ScheduleChange, scheduleChanges } from './changes.ts';
import { type Occurrence, occurrenceById, occurrencesOf } from './occurrence.ts';
import type { PlannedStart } from './planned.ts';
import { closesAtOf } from './status.ts';

/** An editor may take a webinar off line by mistake: nobody is told before this time has passed. */
const CANCEL_AFTER_MS = 10 * MINUTE_MS;

export const SCHEDULE_KIND = 'webinar-schedule';

/**
 * Copies the schedule of the CMS to the occurrences. Each webinar in one transaction with the order to plan its mails anew, which
 * names the schedule's number (`sequence`): an order that is overtaken does nothing. Returns how many occurrences changed.
 */
export function createSyncSchedule({ db, now, random }: Pick<WebinarsDeps, 'db' | 'now' | 'random'>) {
	const apply = async (tx: Handle, webinar: Webinar | null, change: ScheduleChange, at: Date): Promise<void> => {
		switch (change.change) {
			case 'add':
				if (!webinar) return;
				await tx
					.insert(occurrence)
					.values({
						id: await freeId(tx, `occurrence:${webinar.id}:${change.start.startsAt.toISOString()}`, at),
						webinarId: webinar.id,
						...wordsOf(webinar),
						...change.start,
						...{ wentLiveAt: null, finishedAt: null, closesAt: change.start.endsAt },
						...{ sequence: 0, cancelledAt: null, settledAt: null },
					})
					.onConflictDoNothing();
				return;
			case 'update':
				if (!webinar) return;
				await tx
					.update(occurrence)
					.set({
						...wordsOf(webinar),
						...{ capacity: change.start.capacity, place: change.start.place },
						closesAt: closesAtOf({ ...change.occurrence, mode: webinar.mode }),
					})
					.where(eq(occurrence.id, change.occurrence.id));
				// More seats: those who wait may get one.
				if (change.occurrence.capacity !== change.start.capacity)
					await order(tx, change.occurrence.id, change.occurrence.sequence, `seats-${change.start.capacity}-${at.getTime()}`, at, at);
				return;
			case 'move': {
				if (!webinar) return;
				const sequence = change.occurrence.sequence + 1;
				await tx
					.update(occurrence)
					.set({ ...wordsOf(webinar), ...change.start, closesAt: change.start.endsAt, sequence, cancelledAt: null })
					.where(eq(occurrence.id, change.occurrence.id));
				await order(tx, change.occurrence.id, sequence, isBackInTime(change.occurrence, change.start, at) ? 'restored' : 'moved', at, at);
				return;
			}
			case 'cancel': {
				const sequence = change.occurrence.sequence + 1;
				await tx.update(occurrence).set({ cancelledAt: at, sequence }).where(eq(occurrence.id, change.occurrence.id));
				await order(tx, change.occurrence.id, sequence, 'cancelled', at, new Date(at.getTime() + CANCEL_AFTER_MS));
				return;
			}
		}
	};

	/** The same for a start in every hub, unless the session that began then was moved away. */
	const freeId = async (tx: Handle, name: string, at: Date): Promise<string> =>
		(await occurrenceById(tx, stableId(name))) ? newId(at, random) : stableId(name);

	const order = (tx: Handle, occurrenceId: string, sequence: number, cause: string, at: Date, dueAt: Date): Promise<boolean> =>
		enqueue(
			tx,
			{ kind: SCHEDULE_KIND, key: `${SCHEDULE_KIND}:${occurrenceId}:${sequence}:${cause}`, payload: { occurrenceId, sequence, cause }, dueAt },
			at,
			random,
		);

	const syncWebinar = async (webinarId: string, webinar: Webinar | null): Promise<number> => {
		const at = now();
		if (scheduleChanges(webinar, await occurrencesOf(db.read, webinarId), at).length === 0) return 0;
		return db.write(
			async (tx) => {
				const changes = scheduleChanges(webinar, await occurrencesOf(tx, webinarId), at);
				for (const change of changes) await apply(tx, webinar, change, at);
				return changes.length;
			},
			{ locks: `webinar-schedule:${webinarId}` },
		);
	};

	return async (snapshot: Snapshot): Promise<number> => {
		// Before the CMS was read once, "nothing is published" is not known: it would call everything off.
		if (snapshot.revision === 0) return 0;
		const published = new Map(snapshot.webinars.map((webinar) => [webinar.id, webinar]));
		const known = await db.read.selectDistinct({ webinarId: occurrence.webinarId }).from(occurrence);
		let changed = 0;
		for (const id of new Set([...published.keys(), ...known.map(({ webinarId }) => webinarId)]))
			changed += await syncWebinar(id, published.get(id) ?? null);
		return changed;
	};
}

/** Nobody was told of the cancellation yet, and nothing else changed. */
function isBackInTime({ cancelledAt, startsAt }: Occurrence, start: PlannedStart, now: Date): boolean {
	return cancelledAt !== null && now.getTime() < cancelledAt.getTime() + CANCEL_AFTER_MS && startsAt.getTime() === start.startsAt.getTime();
}

function wordsOf({ slug, title, mode, needsApproval }: Webinar): Pick<Occurrence, 'slug' | 'title' | 'mode' | 'needsApproval'> {
	return { slug, title, mode, needsApproval };
}
