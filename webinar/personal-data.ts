import { and, eq, gt, inArray } from 'drizzle-orm';

import type { PersonalDataSource } from '#gating';

import { createAftermathData } from './aftermath/personal-data.ts';
import type { WebinarsDeps } from './deps.ts';
import { eraseRoom, exportRoom } from './interaction/personal-data.ts';
import { fillSeats } from './registration/fill-seats.ts';
import { exportReplays } from './replay/personal-data.ts';
import { ACTIVE_STATES } from './registration/registration.ts';
import { eraseStages, stagesOf } from './stage/personal-data.ts';
import { attendance, checkIn, invitation, occurrence, registration, stay } from './schema.ts';

/** What this folder keeps of persons: registrations, presence, votes and words in rooms. */
export function createPersonalData({
	gating,
	now,
	random,
	forget,
}: Pick<WebinarsDeps, 'gating' | 'now' | 'random'> & { readonly forget: () => void }): PersonalDataSource {
	const after = createAftermathData({ gating });
	return Object.freeze<PersonalDataSource>({
		name: 'webinars',
		export: async (tx, personId) => {
			const registrations = await tx
				.select({
					title: occurrence.title,
					startsAt: occurrence.startsAt,
					state: registration.state,
					channel: registration.channel,
					registeredAt: registration.registeredAt,
					joinedAt: registration.joinedAt,
					attendedVia: registration.attendedVia,
					importId: registration.importId,
				})
				.from(registration)
				.innerJoin(occurrence, eq(occurrence.id, registration.occurrenceId))
				.where(eq(registration.personId, personId));
			const attended = await tx
				.select({ occurrenceId: attendance.occurrenceId, seconds: attendance.seconds })
				.from(attendance)
				.where(eq(attendance.personId, personId));
			const stays = await tx
				.select({ occurrenceId: stay.occurrenceId, source: stay.source, startedAt: stay.startedAt, lastSeenAt: stay.lastSeenAt })
				.from(stay)
				.where(eq(stay.personId, personId));
			const checkIns = await tx
				.select({ occurrenceId: checkIn.occurrenceId, at: checkIn.at, how: checkIn.how })
				.from(checkIn)
				.where(eq(checkIn.personId, personId));
			const invitations = await tx
				.select({ occurrenceId: invitation.occurrenceId, orderedAt: invitation.orderedAt, sentAt: invitation.sentAt })
				.from(invitation)
				.where(eq(invitation.personId, personId));
			const room = { ...(await exportReplays(tx, personId)), ...(await exportRoom({ gating }, tx, personId)) };
			const stages = await stagesOf(tx, personId);
			return { registrations, invitations, checkIns, attended, stays, stages, afterwards: await after.export(tx, personId), ...room };
		},
		isNeeded: async (read, personId) => {
			const [ahead] = await read
				.select({ id: registration.id })
				.from(registration)
				.innerJoin(occurrence, eq(occurrence.id, registration.occurrenceId))
				.where(and(eq(registration.personId, personId), inArray(registration.state, [...ACTIVE_STATES]), gt(occurrence.closesAt, now())))
				.limit(1);
			return ahead !== undefined;
		},
		erase: async (tx, personId) => {
			await after.erase(tx, personId);
			forget();
			await eraseRoom(tx, personId);
			await eraseStages(tx, personId);
			// A seat that nobody can be told about goes back, to whoever waits longest.
			const ahead = tx.select({ id: occurrence.id }).from(occurrence).where(gt(occurrence.closesAt, now()));
			const freed = await tx
				.update(registration)
				.set({ state: 'cancelled', offeredUntil: null })
				.where(and(eq(registration.personId, personId), inArray(registration.state, [...ACTIVE_STATES]), inArray(registration.occurrenceId, ahead)))
				.returning({ occurrenceId: registration.occurrenceId });
			for (const { occurrenceId } of freed) await fillSeats(tx, occurrenceId, now(), random);
		},
	});
}
