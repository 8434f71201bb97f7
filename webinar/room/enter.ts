import type { Webinar } from '#cms/content.ts';
import type { Visitor } from '#gating';

import type { WebinarsDeps } from '../deps.ts';
import { rowsSince } from '../interaction/log.ts';
import { bodyOf } from '../interaction/moments.ts';
import type { MessageBody, RoomMessage } from '../interaction/kinds.ts';
import type { Messages } from '../interaction/message.ts';
import { type Own, ownIn } from '../interaction/own.ts';
import { type OccurrenceView, occurrenceView } from '../programme/session.ts';
import type { PlaceOf } from './admission.ts';

/** What fills the picture. */
export type Picture =
	/** A recording, at {@link RoomView.path} of the media edge. In a simulive it runs on the hub's clock. */
	| { readonly kind: 'video'; readonly path: string; readonly mediaType: string }
	/** A stage of the media server. */
	| { readonly kind: 'stage' }
	| { readonly kind: 'none'; readonly reason: 'no-video' | 'no-media-server' };

export interface RoomView {
	readonly webinar: Webinar;
	readonly occurrence: OccurrenceView;
	readonly phase: 'doors' | 'live' | 'on-demand';
	readonly serverTime: Date;
	readonly picture: Picture;
	/** The log so far, or for a recording its planned moments. */
	readonly messages: readonly RoomMessage[];
	/** Number of the newest message: the stream goes on after it. */
	readonly lastSeq: number;
	/** Seconds into the recording of each message, beside {@link RoomView.messages}; only on demand. */
	readonly atSeconds: readonly number[];
	readonly me: Own & { readonly name: string };
}

export type RoomOutcome =
	| { readonly status: 'open'; readonly room: RoomView }
	/** Doors are closed yet. */
	| { readonly status: 'not-open' | 'ended'; readonly webinar: Webinar; readonly occurrence: OccurrenceView; readonly serverTime: Date }
	| { readonly status: 'registration-required' | 'waiting' | 'offered' | 'pending' | 'on-site'; readonly webinar: Webinar }
	| { readonly status: 'unknown' };

type EnterDeps = Pick<WebinarsDeps, 'db' | 'now' | 'content' | 'gating' | 'rooms'> & {
	readonly placeOf: PlaceOf;
	readonly messages: Messages;
};

export function createEnter({ db, now, content, gating, rooms, placeOf, messages }: EnterDeps) {
	const pictureOf = ({ mode, slug, video }: Webinar): Picture => {
		if (mode === 'live') return rooms.isAvailable ? { kind: 'stage' } : { kind: 'none', reason: 'no-media-server' };
		return video ? { kind: 'video', path: `/media/room/${slug}`, mediaType: video.mediaType } : { kind: 'none', reason: 'no-video' };
	};

	/** A recording has no audience of its own: its planned moments appear at their second of the film. */
	const planned = (webinar: Webinar, at: Date): { readonly messages: readonly RoomMessage[]; readonly atSeconds: readonly number[] } => {
		const bodies = webinar.moments.flatMap((moment): { body: MessageBody; atSeconds: number }[] => {
			const body = moment.kind === 'poll' ? null : bodyOf(moment, content().speakers);
			return body ? [{ body, atSeconds: moment.atSeconds }] : [];
		});
		bodies.sort((a, b) => a.atSeconds - b.atSeconds);
		return {
			messages: bodies.map(({ body }, index) => ({ seq: index + 1, at: at.toISOString(), ...body })),
			atSeconds: bodies.map(({ atSeconds }) => atSeconds),
		};
	};

	return Object.freeze({
		/** The room for this visitor, with everything said so far. */
		room: async (slug: string, visitor: Visitor): Promise<RoomOutcome> => {
			const place = await placeOf(slug, visitor);
			if (place.status === 'unknown') return { status: 'unknown' };
			if (place.status === 'stranger') return { status: 'registration-required', webinar: place.webinar };
			const { webinar, phase, personId } = place;
			const { state } = place.registration;
			if (state === 'waiting' || state === 'offered' || state === 'pending') return { status: state, webinar };
			if (place.occurrence.mode === 'on-site') return { status: 'on-site', webinar };
			const serverTime = now();
			const occurrence = occurrenceView(place.occurrence, serverTime);
			if (phase === 'scheduled') return { status: 'not-open', webinar, occurrence, serverTime };
			if (phase === 'ended') return { status: 'ended', webinar, occurrence, serverTime };
			const contact = await gating.people.contact(personId);
			const log =
				phase === 'on-demand'
					? planned(webinar, serverTime)
					: { messages: await Promise.all((await rowsSince(db.read, occurrence.id, 0)).map(messages.of)), atSeconds: [] };
			const me = { name: contact?.name ?? '', ...(await ownIn(db.read, messages, occurrence.id, personId, place.registration.id)) };
			return {
				status: 'open',
				room: { webinar, occurrence, phase, serverTime, picture: pictureOf(webinar), ...log, lastSeq: log.messages.at(-1)?.seq ?? 0, me },
			};
		},
	});
}
