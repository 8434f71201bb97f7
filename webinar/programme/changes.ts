import type { Webinar } from '#cms/content.ts';
import { localDay } from '#kernel/clock.ts';

import type { Occurrence } from './occurrence.ts';
import { type PlannedStart, plannedStarts } from './planned.ts';
import { closesAtOf } from './status.ts';

/** What to do to the stored occurrences so that they follow the CMS. */
export type ScheduleChange =
	| { readonly change: 'add'; readonly start: PlannedStart }
	/** Times moved, or a cancelled one is back: everybody's calendar changes. */
	| { readonly change: 'move'; readonly occurrence: Occurrence; readonly start: PlannedStart }
	/** Words or seats changed; calendars stay. */
	| { readonly change: 'update'; readonly occurrence: Occurrence }
	| { readonly change: 'cancel'; readonly occurrence: Occurrence };

/**
 * Compares the plan of `webinar` (null: no longer published) with its `stored` occurrences. Those that have ended are
 * history and stay, and one that its host has begun goes on as it is. A daily occurrence is matched by its local day, a single one by being the one to come.
 */
export function scheduleChanges(webinar: Webinar | null, stored: readonly Occurrence[], now: Date): ScheduleChange[] {
	const open = stored.filter((occurrence) => closesAtOf(occurrence) > now);
	const planned = webinar ? plannedStarts(webinar, now) : [];
	const changes: ScheduleChange[] = [];
	const kept = new Set<string>();

	for (const start of planned) {
		const match = webinar ? matching(webinar, start, open, kept) : undefined;
		if (!webinar || (!match && stored.some((occurrence) => sameTime(occurrence.startsAt, start.startsAt)))) continue;
		if (!match) {
			changes.push({ change: 'add', start });
			continue;
		}
		kept.add(match.id);
		if (isMoved(webinar, match, start)) changes.push({ change: 'move', occurrence: match, start });
		else if (isReworded(webinar, match)) changes.push({ change: 'update', occurrence: match });
	}
	for (const occurrence of open) {
		if (!kept.has(occurrence.id) && !occurrence.cancelledAt && !occurrence.wentLiveAt) changes.push({ change: 'cancel', occurrence });
	}
	return changes;
}

function matching(webinar: Webinar, start: PlannedStart, open: readonly Occurrence[], kept: ReadonlySet<string>): Occurrence | undefined {
	const free = open.filter(({ id, mode }) => !kept.has(id) && (mode === 'on-demand') === (webinar.mode === 'on-demand'));
	const exact = free.find(({ startsAt }) => sameTime(startsAt, start.startsAt));
	if (exact || webinar.mode === 'on-demand') return exact ?? free[0];
	if (webinar.repeats === 'none') return free.find(({ cancelledAt }) => !cancelledAt) ?? free[0];
	const day = localDay(start.startsAt, webinar.timeZone);
	return free.find(({ startsAt }) => localDay(startsAt, webinar.timeZone) === day);
}

function isMoved(webinar: Webinar, occurrence: Occurrence, { startsAt, endsAt }: PlannedStart): boolean {
	if (occurrence.cancelledAt) return true;
	if (webinar.mode === 'on-demand' || occurrence.wentLiveAt) return false;
	return !sameTime(occurrence.startsAt, startsAt) || !sameTime(occurrence.endsAt, endsAt) || occurrence.timeZone !== webinar.timeZone;
}

function isReworded(webinar: Webinar, { slug, title, mode, capacity }: Occurrence): boolean {
	return (
		slug !== webinar.slug ||
		mode !== webinar.mode ||
		capacity !== webinar.capacity ||
		title.en !== webinar.title.en ||
		title['zh-CN'] !== webinar.title['zh-CN']
	);
}

const sameTime = (a: Date, b: Date): boolean => a.getTime() === b.getTime();
