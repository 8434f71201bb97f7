import type { ImportedSessions, ImportSession, Reader } from '#gating';
import { recordAudit } from '#kernel/audit.ts';
import { MINUTE_MS } from '#kernel/clock.ts';
import { DomainError } from '#kernel/errors.ts';
import { newId } from '#kernel/id.ts';

import { createSettlePerson } from '../attendance/settle-person.ts';
import { type WebinarsDeps, webinarById } from '../deps.ts';
import { occurrenceById, occurrencesOf } from '../programme/occurrence.ts';
import { occurrence } from '../schema.ts';
import { createImportedSessions } from './imported.ts';

/** A session that was held before this hub, or beside it. */
export interface PastSession {
	readonly webinarId: string;
	readonly startsAt: Date;
	readonly durationMinutes: number;
}

/** Sessions held on other platforms, and the lists of who was there. */
export interface History {
	/** Makes a session that is over. Returns its id; that of the one that began then if there is one. @throws DomainError invalid, not-found */
	addSession(session: PastSession, by: Pick<Reader, 'actor' | 'origin'>): Promise<string>;
	/** What a list needs to know of a session. @throws DomainError not-found, conflict (it is not over, or it has no time) */
	sessionOf(occurrenceId: string): Promise<ImportSession>;
	/** Where imports put what they read. */
	readonly imported: ImportedSessions;
}

const LONGEST_MINUTES = 1_440;

export function createHistory(deps: Pick<WebinarsDeps, 'db' | 'now' | 'random' | 'content' | 'gating'>): History {
	const { db, now, random, content } = deps;
	const wrong = (field: string, code: string) => new DomainError('invalid', 'The session cannot be made.', { fields: [{ field, code }] });
	return Object.freeze<History>({
		addSession: async ({ webinarId, startsAt, durationMinutes }, by) => {
			const webinar = webinarById(content(), webinarId);
			if (!webinar || webinar.mode === 'on-demand') throw wrong('webinar', 'choice');
			if (Number.isNaN(startsAt.getTime())) throw wrong('starts', 'required');
			if (!Number.isInteger(durationMinutes) || durationMinutes < 1 || durationMinutes > LONGEST_MINUTES) throw wrong('minutes', 'choice');
			const endsAt = new Date(startsAt.getTime() + durationMinutes * MINUTE_MS);
			if (endsAt > now()) throw wrong('starts', 'date-future');
			const { slug, title, mode, timeZone, place } = webinar;
			const at = now();
			return db.write(async (tx) => {
				const values = {
					...{ id: newId(at, random), webinarId, slug, title, mode, startsAt, endsAt, closesAt: endsAt, timeZone, place },
					...{ wentLiveAt: null, finishedAt: null, capacity: null, sequence: 0, cancelledAt: null, settledAt: at },
				};
				const [made] = await tx.insert(occurrence).values(values).onConflictDoNothing().returning({ id: occurrence.id });
				if (!made) return startOf(await occurrencesOf(tx, webinarId), startsAt);
				await recordAudit(tx, { ...by, action: 'webinar.past-session', subject: `occurrence:${made.id}`, detail: {} }, at, random);
				return made.id;
			});
		},
		sessionOf: async (occurrenceId) => {
			const one = await occurrenceById(db.read, occurrenceId);
			if (!one) throw new DomainError('not-found', 'There is no such session.');
			if (one.mode === 'on-demand' || one.closesAt > now())
				throw new DomainError('conflict', 'Only a session that is over has a list of who was there.');
			return { occurrenceId, startsAt: one.startsAt.getTime(), endsAt: one.closesAt.getTime(), timeZone: one.timeZone };
		},
		imported: createImportedSessions({ ...deps, settlePerson: createSettlePerson(deps) }),
	});
}

const startOf = (all: readonly { readonly id: string; readonly startsAt: Date }[], startsAt: Date): string =>
	all.find((one) => one.startsAt.getTime() === startsAt.getTime())?.id ?? '';
