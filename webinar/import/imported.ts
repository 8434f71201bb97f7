import { and, eq, isNotNull, isNull } from 'drizzle-orm';

import type { ImportedSessions, SessionRow } from '#gating';
import type { Handle } from '#kernel/database.ts';
import { newId, stableId } from '#kernel/id.ts';

import type { createSettlePerson } from '../attendance/settle-person.ts';
import { subjectOf, type WebinarsDeps } from '../deps.ts';
import { type Occurrence, occurrenceById } from '../programme/occurrence.ts';
import { runOf } from '../programme/status.ts';
import { occurrence, registration, stay } from '../schema.ts';

type Deps = Pick<WebinarsDeps, 'now' | 'random'> & {
	readonly gating: Pick<WebinarsDeps['gating'], 'events'>;
	readonly settlePerson: ReturnType<typeof createSettlePerson>;
};

/**
 * Puts what another platform's list says of a session beside what this hub knows: registrations and stays that name their list. Nobody is written
 * to. Who registered here keeps that registration; several stretches of one person are united when they are settled.
 */
export function createImportedSessions({ now, random, gating, settlePerson }: Deps): ImportedSessions {
	const insertRegistration = async (tx: Handle, one: Occurrence, importId: string, channel: string, rows: readonly SessionRow[]): Promise<void> => {
		const personId = rows[0]?.personId ?? '';
		const said = rows.flatMap(({ presence }) => presence.registeredAt ?? []);
		const joined = rows.flatMap(({ presence }) => (presence.kind === 'present' && presence.stretch ? presence.stretch.from : []));
		const registeredAt = new Date(said.length > 0 ? Math.min(...said) : one.startsAt.getTime());
		const joinedAt = joined.length > 0 ? new Date(Math.min(...joined)) : null;
		const made = await tx
			.insert(registration)
			.values({
				...{ id: newId(now(), random), occurrenceId: one.id, personId, state: 'registered', channel, registeredAt, importId },
				...{ joinedAt, attendedVia: joinedAt ? channel : '' },
			})
			.onConflictDoNothing()
			.returning({ id: registration.id });
		const own = and(eq(registration.occurrenceId, one.id), eq(registration.personId, personId));
		if (made.length === 0) {
			if (joinedAt)
				await tx
					.update(registration)
					.set({ joinedAt })
					.where(and(own, isNull(registration.joinedAt), isNotNull(registration.importId)));
			return;
		}
		await gating.events.past(tx, {
			id: registeredId(one.id, personId),
			type: 'webinar.registered',
			...{ at: registeredAt, personId, visitorId: null, subject: subjectOf(one.webinarId) },
			props: { occurrenceId: one.id, source: 'import' },
		});
	};

	const remove = async (tx: Handle, one: Occurrence, importId: string, personId: string): Promise<void> => {
		const whose = and(eq(stay.occurrenceId, one.id), eq(stay.personId, personId));
		await tx.delete(stay).where(and(whose, eq(stay.importId, importId)));
		const [other] = await tx
			.select({ importId: stay.importId })
			.from(stay)
			.where(and(whose, isNotNull(stay.importId)))
			.limit(1);
		const made = and(eq(registration.occurrenceId, one.id), eq(registration.personId, personId), eq(registration.importId, importId));
		if (other) await tx.update(registration).set({ importId: other.importId }).where(made);
		else if ((await tx.delete(registration).where(made).returning({ id: registration.id })).length > 0)
			await gating.events.retract(tx, personId, [registeredId(one.id, personId)]);
		await settlePerson(tx, one, personId);
	};

	return Object.freeze<ImportedSessions>({
		store: async (tx, { importId, session, channel, rows }) => {
			const found = await occurrenceById(tx, session.occurrenceId);
			if (!found) return;
			const one = await heldElsewhere(tx, found, now());
			for (const [personId, own] of Map.groupBy(rows, (row) => row.personId)) {
				await insertRegistration(tx, one, importId, channel, own);
				const stays = own.flatMap(({ presence: { kind, stretch } }) => (kind === 'present' && stretch ? [stretch] : []));
				for (const { from, to } of stays) {
					const id = stableId(`imported:${importId}:${one.id}:${personId}:${from}:${to}`);
					const ends = { startedAt: new Date(from), lastSeenAt: new Date(to), endedAt: new Date(to) };
					await tx
						.insert(stay)
						.values({ id, occurrenceId: one.id, personId, source: 'import', importId, ...ends })
						.onConflictDoNothing();
				}
				if (stays.length > 0) await settlePerson(tx, one, personId);
			}
		},
		undo: async (tx, { importId, session, personIds }) => {
			const one = await occurrenceById(tx, session.occurrenceId);
			if (!one) return;
			for (const personId of personIds) await remove(tx, one, importId, personId);
			if (!one.isElsewhere) return;
			const [left] = await tx
				.select({ id: registration.id })
				.from(registration)
				.where(and(eq(registration.occurrenceId, one.id), isNotNull(registration.importId)))
				.limit(1);
			if (left) return;
			await tx
				.update(occurrence)
				.set({ isElsewhere: false, ...(one.mode === 'live' ? { wentLiveAt: null, finishedAt: null } : {}) })
				.where(eq(occurrence.id, one.id));
		},
	});
}

const registeredId = (occurrenceId: string, personId: string): string => stableId(`imported-registration:${occurrenceId}:${personId}`);

/** A live session that nobody began here ran as planned on the other platform. */
async function heldElsewhere(tx: Handle, one: Occurrence, at: Date): Promise<Occurrence> {
	if (runOf(one)) return one;
	const ran = { wentLiveAt: one.startsAt, finishedAt: one.endsAt, isElsewhere: true, settledAt: one.settledAt ?? at };
	await tx.update(occurrence).set(ran).where(eq(occurrence.id, one.id));
	return { ...one, ...ran };
}
