import type { Webinar } from '#cms/content.ts';

import { plannedStarts } from './planned.ts';
import { occurrenceView } from './session.ts';
import type { WebinarView } from './view.ts';

/** A webinar that is not published, as its page will show it: with the dates it would have, and every seat free. */
export function draftView(webinar: Webinar, now: Date): WebinarView {
	const { id, mode } = webinar;
	const upcoming = plannedStarts(webinar, now).map(({ startsAt, endsAt, capacity, place, timeZone }) => ({
		...occurrenceView({ id, mode, startsAt, endsAt, timeZone, wentLiveAt: null, finishedAt: null }, now),
		...{ seats: 'open' as const, capacity, place },
	}));
	const [next = null] = upcoming;
	return {
		webinar,
		occurrence: next,
		upcoming,
		status: next?.status ?? 'ended',
		seats: next ? 'open' : 'closed',
		changesAt: null,
	};
}
