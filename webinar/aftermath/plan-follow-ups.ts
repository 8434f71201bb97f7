import { and, asc, eq, gt, isNotNull, isNull, lt, ne, or } from 'drizzle-orm';

import { DAY_MS } from '#kernel/clock.ts';
import type { Handle } from '#kernel/database.ts';
import { enqueue } from '#kernel/outbox.ts';

import { turnoutOf } from '../attendance/turnout.ts';
import { subjectOf, type WebinarsDeps } from '../deps.ts';
import type { Occurrence } from '../programme/occurrence.ts';
import { runOf } from '../programme/status.ts';
import { attendance, followUp, occurrence, registration } from '../schema.ts';
import { AFTER_MAIL, type AfterOrder } from './after-mail.ts';
import { decide, followUpAt } from './follow-up.ts';

/** Nobody is told of a session that ended longer ago, such as after a hub was down for long. */
const STILL_NEWS_MS = 3 * DAY_MS;
/** Registrants of one transaction. */
const PAGE = 50;

/**
 * Plans the mail after a session for everybody who had a seat, once it is settled, and decides anew when it was settled again. Called every minute. Returns how many plans were made or changed.
 */
export function createPlanFollowUps({ db, now, random, gating }: Pick<WebinarsDeps, 'db' | 'now' | 'random' | 'gating'>) {
	const planOne = async (tx: Handle, one: Occurrence, row: Row, timeZone: string): Promise<boolean> => {
		const at = now();
		const { registrationId, personId, planned } = row;
		const run = runOf(one);
		// Nobody missed or saw a live one that never began.
		if (!run) return false;
		const next = turnoutOf(row.present, run);
		const key = and(eq(followUp.occurrenceId, one.id), eq(followUp.personId, personId));
		const told = { personId, occurrenceId: one.id, subject: subjectOf(one.webinarId), outcome: next };
		switch (decide(planned, next)) {
			case 'keep':
				await tx.update(followUp).set({ decidedAt: at }).where(key);
				return false;
			case 'change':
				await tx.update(followUp).set({ class: next, decidedAt: at }).where(key);
				await gating.journeys.tellOutcome(tx, told);
				return true;
			case 'plan': {
				const dueAt = followUpAt(one.closesAt, timeZone);
				const made = await tx
					.insert(followUp)
					.values({ occurrenceId: one.id, personId, registrationId, class: next, dueAt, decidedAt: at, sentAt: null })
					.onConflictDoNothing()
					.returning({ personId: followUp.personId });
				if (made.length === 0) return false;
				const payload: AfterOrder = { template: 'follow-up', occurrenceId: one.id, registrationId };
				const order = { kind: AFTER_MAIL, key: `follow-up:${one.id}:${personId}`, payload: { ...payload }, personId, dueAt };
				await enqueue(tx, order, at, random);
				await gating.journeys.tellOutcome(tx, told);
				return true;
			}
		}
	};

	const rowsOf = (one: Occurrence, after: string) =>
		db.read
			.select({ registrationId: registration.id, personId: registration.personId, present: attendance, planned: followUp })
			.from(registration)
			.leftJoin(attendance, and(eq(attendance.occurrenceId, registration.occurrenceId), eq(attendance.personId, registration.personId)))
			.leftJoin(followUp, and(eq(followUp.occurrenceId, registration.occurrenceId), eq(followUp.personId, registration.personId)))
			.where(
				and(
					eq(registration.occurrenceId, one.id),
					eq(registration.state, 'registered'),
					isNull(registration.importId),
					gt(registration.id, after),
					or(isNull(followUp.decidedAt), and(isNull(followUp.sentAt), lt(followUp.decidedAt, one.settledAt ?? now()))),
				),
			)
			.orderBy(asc(registration.id))
			.limit(PAGE);
	type Row = Awaited<ReturnType<typeof rowsOf>>[number];

	const planOccurrence = async (one: Occurrence): Promise<number> => {
		let count = 0;
		for (let after = '', rows: Row[] = []; ; after = rows.at(-1)?.registrationId ?? '') {
			rows = await rowsOf(one, after);
			const zones = new Map<string, string>();
			for (const { personId } of rows) zones.set(personId, (await gating.people.contact(personId))?.timeZone ?? one.timeZone);
			if (rows.length > 0) {
				count += await db.write(async (tx) => {
					let made = 0;
					for (const row of rows) if (await planOne(tx, one, row, zones.get(row.personId) ?? one.timeZone)) made++;
					return made;
				});
			}
			if (rows.length < PAGE) return count;
		}
	};

	return async (): Promise<number> => {
		const since = new Date(now().getTime() - STILL_NEWS_MS);
		const settled = await db.read
			.select()
			.from(occurrence)
			.where(and(ne(occurrence.mode, 'on-demand'), isNotNull(occurrence.settledAt), isNull(occurrence.cancelledAt), gt(occurrence.closesAt, since)));
		let count = 0;
		for (const one of settled) if (runOf(one)) count += await planOccurrence(one);
		return count;
	};
}
