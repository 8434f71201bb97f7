import type { Webinar } from '#cms/content.ts';
import { MINUTE_MS } from '#kernel/clock.ts';

import { type WebinarsDeps, webinarBySlug } from '../deps.ts';
import { lastEnded, type Occurrence, openOccurrences } from './occurrence.ts';
import { bestSeats, type Seats } from './seats.ts';
import { type OccurrenceView, occurrenceView, type SessionView, sessionViews } from './session.ts';
import { nextChange, type Status, statusAt } from './status.ts';

/** Seats are taken and hosts begin without a notice of the CMS: a cached page must not be older than this. */
const BY_HAND_AGE_MS = MINUTE_MS / 2;

/** A webinar as pages show it, the same for every visitor. */
export interface WebinarView {
	readonly webinar: Webinar;
	/** The one running or coming next, else the last that ended; null when there never was one. */
	readonly occurrence: OccurrenceView | null;
	/** The one above and those after it that can still be attended. */
	readonly upcoming: readonly SessionView[];
	readonly status: Status;
	/** The best that any of these has to give. */
	readonly seats: Seats;
	/** Until when this view holds, if the CMS changes nothing; null: for good. */
	readonly changesAt: Date | null;
}

export interface Programme {
	/** Null when no such webinar is published. */
	view(slug: string): Promise<WebinarView | null>;
	/** Every published webinar: running first, then by start, on-demand and ended ones last. */
	list(): Promise<readonly WebinarView[]>;
}

export function createProgramme({ db, now, content }: Pick<WebinarsDeps, 'db' | 'now' | 'content'>): Programme {
	const viewOf = async (webinar: Webinar, open: readonly Occurrence[]): Promise<WebinarView> => {
		const at = now();
		const current = open[0] ?? (await lastEnded(db.read, webinar.id, at));
		const status = current ? statusAt(current, at) : 'ended';
		const upcoming = await sessionViews({ db, now }, open);
		const changes = current ? nextChange(current, at) : null;
		const changesByHand = open.some(({ capacity }) => capacity !== null) || (current?.mode === 'live' && status !== 'scheduled');
		const limit = changesByHand && status !== 'ended' ? new Date(at.getTime() + BY_HAND_AGE_MS) : null;
		return {
			webinar,
			occurrence: current && occurrenceView(current, at),
			upcoming,
			status,
			seats: bestSeats(upcoming.map(({ seats }) => seats)),
			changesAt: earlier(changes, limit),
		};
	};

	return Object.freeze<Programme>({
		view: async (slug) => {
			const webinar = webinarBySlug(content(), slug);
			return webinar && viewOf(webinar, await openOccurrences(db.read, [webinar.id], now()));
		},
		list: async () => {
			const { webinars } = content();
			const open = await openOccurrences(
				db.read,
				webinars.map(({ id }) => id),
				now(),
			);
			const views = await Promise.all(
				webinars.map((webinar) =>
					viewOf(
						webinar,
						open.filter(({ webinarId }) => webinarId === webinar.id),
					),
				),
			);
			return views.sort((a, b) => rank(a) - rank(b) || (a.occurrence?.startsAt.getTime() ?? 0) - (b.occurrence?.startsAt.getTime() ?? 0));
		},
	});
}

const RANKS: Readonly<Record<Status, number>> = { live: 0, doors: 1, scheduled: 2, 'on-demand': 3, ended: 4 };
const rank = ({ status }: WebinarView): number => RANKS[status];

function earlier(a: Date | null, b: Date | null): Date | null {
	if (!a || !b) return a ?? b;
	return a < b ? a : b;
}
