import type { Webinar } from '#cms/content.ts';
import type { Visitor } from '#gating';

import { subjectOf, type WebinarsDeps, webinarBySlug } from '../deps.ts';
import { lastEnded, type Occurrence, openOccurrences } from '../programme/occurrence.ts';
import { type Status, statusAt } from '../programme/status.ts';
import { isActive, type Registration, registrationsOf } from '../registration/registration.ts';

/** A visitor's place at a webinar. */
export type Place =
	| { readonly status: 'unknown' }
	/** Nobody we know, or nobody who registered. */
	| { readonly status: 'stranger'; readonly webinar: Webinar }
	| {
			readonly status: 'registrant';
			readonly webinar: Webinar;
			readonly occurrence: Occurrence;
			readonly phase: Status;
			readonly registration: Registration;
			readonly personId: string;
	  };

/** Finds the occurrence that concerns the visitor: the earliest they registered for that is not over, else the last one. */
export function createPlaceOf({ db, now, content, gating }: Pick<WebinarsDeps, 'db' | 'now' | 'content' | 'gating'>) {
	return async (slug: string, visitor: Visitor): Promise<Place> => {
		const webinar = webinarBySlug(content(), slug);
		if (!webinar) return { status: 'unknown' };
		const { personId } = visitor;
		if (!visitor.isVerified || personId === null) return { status: 'stranger', webinar };
		const at = now();
		const [open, ended] = await Promise.all([openOccurrences(db.read, [webinar.id], at), lastEnded(db.read, webinar.id, at)]);
		const candidates = ended ? [...open, ended] : open;
		const mine = (
			await registrationsOf(
				db.read,
				candidates.map(({ id }) => id),
				personId,
			)
		).filter(({ state }) => isActive(state));
		for (const occurrence of candidates) {
			const registration = mine.find(({ occurrenceId }) => occurrenceId === occurrence.id);
			if (!registration) continue;
			const access = await gating.access.of('registration', visitor, subjectOf(webinar.id), true);
			if (access.decision !== 'granted') return { status: 'stranger', webinar };
			return { status: 'registrant', webinar, occurrence, phase: statusAt(occurrence, at), registration, personId };
		}
		return { status: 'stranger', webinar };
	};
}

export type PlaceOf = ReturnType<typeof createPlaceOf>;

export type Admission =
	| {
			readonly status: 'admitted';
			readonly occurrenceId: string;
			readonly occurrence: Occurrence;
			readonly webinar: Webinar;
			readonly registration: Registration;
			readonly phase: 'doors' | 'live' | 'on-demand';
			/** File id of the recording, while it may be watched. */
			readonly videoId: string | null;
	  }
	/** There is such a room, but not for this visitor or not now. */
	| { readonly status: 'refused' }
	| { readonly status: 'unknown' };

/** Whether somebody may be in the room now: a registrant with a seat, from the doors to the end. */
export function admissionOf(place: Place): Admission {
	if (place.status === 'unknown') return { status: 'unknown' };
	if (place.status === 'stranger' || place.registration.state !== 'registered') return { status: 'refused' };
	const { webinar, occurrence, registration, phase } = place;
	if (phase === 'scheduled' || phase === 'ended' || occurrence.mode === 'on-site') return { status: 'refused' };
	const mayWatch = phase === 'on-demand' || (phase === 'live' && webinar.mode === 'simulive');
	return {
		status: 'admitted',
		occurrenceId: occurrence.id,
		occurrence,
		webinar,
		registration,
		phase,
		videoId: mayWatch ? (webinar.video?.id ?? null) : null,
	};
}
