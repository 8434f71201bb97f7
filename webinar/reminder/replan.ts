import { and, asc, eq, gt, inArray } from 'drizzle-orm';

import type { Handle } from '#kernel/database.ts';
import { DomainError } from '#kernel/errors.ts';
import type { OutboxHandler } from '#kernel/outbox.ts';

import type { WebinarsDeps } from '../deps.ts';
import { type Occurrence, occurrenceById } from '../programme/occurrence.ts';
import { orderMail, orderReminders, withdrawReminders } from '../registration/mail-order.ts';
import { fillAll } from '../registration/fill-seats.ts';
import { ACTIVE_STATES, type Registration } from '../registration/registration.ts';
import { registration } from '../schema.ts';

/** Rows of one transaction: each registration writes up to five. */
const PAGE = 40;

/** What an order to plan anew says; see `programme/sync.ts`. */
interface ScheduleOrder {
	readonly occurrenceId: string;
	readonly sequence: number;
	readonly cause: string;
}

/**
 * Follows a change of the schedule for everybody registered: tells them, takes old reminders back and plans new ones. Goes through
 * them in pages; broken off, it starts again, and what was ordered is not ordered twice.
 */
export function createReplan({ db, now, random }: Pick<WebinarsDeps, 'db' | 'now' | 'random'>): OutboxHandler {
	const follow = async (tx: Handle, row: Registration, occurrence: Occurrence, cause: string): Promise<void> => {
		const about = { registration: row, occurrence };
		await withdrawReminders(tx, row, occurrence.sequence);
		if (occurrence.cancelledAt) {
			await orderMail(tx, 'called-off', about, 'all', now(), random);
			return;
		}
		if (cause === 'moved') await orderMail(tx, 'moved', about, 'all', now(), random);
		if (row.state === 'registered') await orderReminders(tx, about, now(), random);
	};

	return async ({ payload }) => {
		const { occurrenceId, sequence, cause } = payload as unknown as ScheduleOrder;
		const occurrence = await occurrenceById(db.read, occurrenceId);
		if (!occurrence) throw new DomainError('invalid', 'there is no such occurrence');
		if (occurrence.sequence !== sequence) return;

		for (let after = '', rows: Registration[] = []; ; after = rows.at(-1)?.id ?? '') {
			rows = await db.write(async (tx) => {
				const page = await tx
					.select()
					.from(registration)
					.where(and(eq(registration.occurrenceId, occurrenceId), inArray(registration.state, [...ACTIVE_STATES]), gt(registration.id, after)))
					.orderBy(asc(registration.id))
					.limit(PAGE);
				for (const row of page) await follow(tx, row, occurrence, cause);
				return page;
			});
			if (rows.length < PAGE) break;
		}
		await fillAll({ db, now, random }, occurrenceId);
	};
}
