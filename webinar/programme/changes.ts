import type { LocalisedText, Webinar } from '#cms/content.ts';
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
	| { readonly change: 'update'; readonly occurrence: Occurrence; readonly start: PlannedStart }
	| { readonly change: 'cancel'; readonly occurrence: Occurrence };

/**
 * Compares the plan of `webinar` (null: no longer published) with its `stored` occurrences. Those that have ended are
 * history and stay, and one that its host has begun goes on as it is. A daily occurrence is matched by its local day; any other by its
 * start, and those that are left over on both sides in the order of time: a date that was changed is the same session at another time.
 */
export function scheduleChanges(webinar: Webinar | null, stored: readonly Occurrence[], now: Date): ScheduleChange[] {
	const open = stored.filter((occurrence) => closesAtOf(occurrence) > now);
	const past = new Set(stored.filter((occurrence) => closesAtOf(occurrence) <= now).map(({ startsAt }) => startsAt.getTime()));
	const planned = webinar ? plannedStarts(webinar, now).filter(({ startsAt }) => !past.has(startsAt.getTime())) : [];
	const matches = webinar ? matched(webinar, planned, open) : new Map<PlannedStart, Occurrence>();
	const kept = new Set([...matches.values()].map(({ id }) => id));
	const changes = planned.flatMap((start): ScheduleChange[] => {
		const match = matches.get(start);
		if (!webinar) return [];
		if (!match) return [{ change: 'add', start }];
		if (isMoved(webinar, match, start)) return [{ change: 'move', occurrence: match, start }];
		return isReworded(webinar, match, start) ? [{ change: 'update', occurrence: match, start }] : [];
	});
	const dropped = open.filter(({ id, cancelledAt, wentLiveAt }) => !kept.has(id) && !cancelledAt && !wentLiveAt);
	return [...changes, ...dropped.map((occurrence): ScheduleChange => ({ change: 'cancel', occurrence }))];
}

/** The stored occurrence of each planned start, as far as there is one. */
function matched(webinar: Webinar, planned: readonly PlannedStart[], open: readonly Occurrence[]): Map<PlannedStart, Occurrence> {
	const matches = new Map<PlannedStart, Occurrence>();
	const free = open.filter(({ mode }) => (mode === 'on-demand') === (webinar.mode === 'on-demand'));
	const take = (start: PlannedStart, occurrence: Occurrence | undefined): void => {
		if (!occurrence) return;
		matches.set(start, occurrence);
		free.splice(free.indexOf(occurrence), 1);
	};
	if (webinar.mode !== 'on-demand')
		for (const start of planned)
			take(
				start,
				free.find(({ startsAt }) => sameTime(startsAt, start.startsAt)),
			);
	for (const start of planned) if (!matches.has(start)) take(start, nearest(webinar, start, free));
	return matches;
}

function nearest(webinar: Webinar, start: PlannedStart, free: readonly Occurrence[]): Occurrence | undefined {
	if (webinar.repeats === 'daily') {
		const day = localDay(start.startsAt, webinar.timeZone);
		return free.find(({ startsAt }) => localDay(startsAt, webinar.timeZone) === day);
	}
	const held = free.find(({ cancelledAt }) => !cancelledAt);
	// Of several sessions, one that was called off stays so; the only one may come back at another time.
	return held ?? (webinar.sessions.length === 0 ? free[0] : undefined);
}

function isMoved(webinar: Webinar, occurrence: Occurrence, start: PlannedStart): boolean {
	const { startsAt, endsAt } = start;
	if (occurrence.cancelledAt) return true;
	if (webinar.mode === 'on-demand' || occurrence.wentLiveAt) return false;
	if (webinar.mode === 'on-site' && !sameWords(occurrence.place, start.place)) return true;
	return !sameTime(occurrence.startsAt, startsAt) || !sameTime(occurrence.endsAt, endsAt) || occurrence.timeZone !== start.timeZone;
}

function isReworded(webinar: Webinar, { slug, title, mode, capacity, needsApproval, place }: Occurrence, start: PlannedStart): boolean {
	return (
		slug !== webinar.slug ||
		mode !== webinar.mode ||
		capacity !== start.capacity ||
		needsApproval !== webinar.needsApproval ||
		!sameWords(place, start.place) ||
		!sameWords(title, webinar.title)
	);
}

const sameTime = (a: Date, b: Date): boolean => a.getTime() === b.getTime();
const sameWords = (a: LocalisedText, b: LocalisedText): boolean => a.en === b.en && a['zh-CN'] === b['zh-CN'];
