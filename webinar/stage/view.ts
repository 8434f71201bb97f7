import type { Visitor } from '#gating';

import type { WebinarsDeps } from '../deps.ts';
import type { StageLayout } from '../interaction/kinds.ts';
import { occurrenceById } from '../programme/occurrence.ts';
import { type Status, statusAt } from '../programme/status.ts';
import type { PlaceOf } from '../room/admission.ts';
import { registrationById } from '../registration/registration.ts';
import { type RecordingView, recordingsOf } from '../recording/view.ts';
import type { OnStage } from './answer.ts';
import { layoutOf } from './layout.ts';
import { identityOf, isWelcome, type Seat, seatOf, seatsOf } from './seat.ts';
import { speakerOf } from './speaker.ts';

/** A row of the host's list. */
export interface StagePerson {
	readonly identity: string;
	readonly seatId: string;
	readonly kind: Seat['kind'];
	readonly name: string;
	readonly role: Seat['role'];
	readonly isCalled: boolean;
	readonly isConnected: boolean;
	readonly isBanned: boolean;
}

/** What the host sees of the stage. */
export interface StageView {
	readonly status: Status;
	readonly layout: StageLayout;
	readonly people: readonly StagePerson[];
	/** Connected now; null when the media server does not say. */
	readonly viewers: number | null;
	readonly media: { readonly state: 'ok' | 'down' | 'none'; readonly reason: string };
	readonly recordings: readonly RecordingView[];
}

type Deps = Pick<WebinarsDeps, 'db' | 'keys' | 'now' | 'gating' | 'rooms'> & { readonly placeOf: PlaceOf };

export function createViews({ db, keys, now, gating, rooms, placeOf }: Deps) {
	const nameOf = async (seat: Seat): Promise<string> => {
		if (seat.kind === 'link') return speakerOf(keys, seat).name;
		if (seat.kind === 'staff') return '';
		const row = await registrationById(db.read, seat.holderId);
		return (row && (await gating.people.contact(row.personId))?.name) ?? '';
	};
	const connected = async (occurrenceId: string) => {
		try {
			return await rooms.sessions(occurrenceId);
		} catch {
			return null; // `media` says so
		}
	};

	return Object.freeze({
		/** What the host sees of the stage; null when there is no such occurrence. */
		view: async (occurrenceId: string): Promise<StageView | null> => {
			const one = await occurrenceById(db.read, occurrenceId);
			if (!one) return null;
			const sessions = await connected(occurrenceId);
			const here = new Set(sessions?.map(({ identity }) => identity));
			const seats = (await seatsOf(db.read, occurrenceId)).filter(({ revokedAt }) => revokedAt === null);
			const onStage = new Set(seats.filter(({ role }) => role !== 'viewer').map(({ identity }) => identity));
			const people = await Promise.all(
				seats.map(async (seat): Promise<StagePerson> => {
					const { id: seatId, identity, kind, role, calledAt, bannedAt } = seat;
					const isHere = { isCalled: calledAt !== null, isConnected: here.has(identity), isBanned: bannedAt !== null };
					return { identity, seatId, kind, role, name: await nameOf(seat), ...isHere };
				}),
			);
			return {
				status: statusAt(one, now()),
				layout: await layoutOf(db.read, occurrenceId),
				people,
				viewers: sessions && sessions.filter(({ identity }) => !onStage.has(identity)).length,
				media: rooms.isAvailable ? rooms.status() : { state: 'none', reason: '' },
				recordings: await recordingsOf(db.read, occurrenceId),
			};
		},
		/** A registrant as the stage knows them; null for who may not be there. */
		me: async (slug: string, visitor: Visitor): Promise<(OnStage & { readonly role: Seat['role']; readonly isCalled: boolean }) | null> => {
			const place = await placeOf(slug, visitor);
			if (place.status !== 'registrant' || place.registration.state !== 'registered') return null;
			const identity = identityOf(keys, place.registration.id);
			const seat = await seatOf(db.read, place.occurrence.id, identity);
			if (seat && !isWelcome(seat)) return null;
			const contact = await gating.people.contact(place.personId);
			const called = { role: seat?.role ?? ('viewer' as const), isCalled: (seat?.calledAt ?? null) !== null };
			return { occurrenceId: place.occurrence.id, identity, name: contact?.name ?? '', ...called };
		},
	});
}
