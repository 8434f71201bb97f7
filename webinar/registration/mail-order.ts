import type { Handle } from '#kernel/database.ts';
import type { Random } from '#kernel/id.ts';
import { enqueue, withdraw } from '#kernel/outbox.ts';

import type { Occurrence } from '../programme/occurrence.ts';
import { type Mark, MARKS, planReminders } from '../reminder/plan.ts';
import type { Registration } from './registration.ts';

export const MAIL_KIND = 'webinar-mail';

/** `moved`, `called-off`: told by the organiser; `cancelled`: the registrant's own wish. */
export const TEMPLATES = ['confirmation', 'waiting', 'moved', 'called-off', 'cancelled', 'reminder-day', 'reminder-hours', 'reminder-start'] as const;
export type Template = (typeof TEMPLATES)[number];

/** What an outbox row of {@link MAIL_KIND} holds. `sequence`: the schedule it was planned for; another one makes reminders and news of it void. */
export interface MailOrder {
	readonly template: Template;
	readonly registrationId: string;
	readonly sequence: number;
	/** Whose code the mail shows; absent for none. */
	readonly grantId?: string;
}

/** Older ones than these are not looked for: they are void anyway, and dropped at delivery. */
const SCHEDULES_BACK = 20;

interface About {
	readonly registration: Pick<Registration, 'id' | 'registeredAt' | 'personId'>;
	readonly occurrence: Pick<Occurrence, 'sequence' | 'startsAt' | 'mode'>;
}

/** Sends a mail now. `once` sets repeats of one template apart: the same value sends nothing twice. */
export function orderMail(
	tx: Handle,
	template: Template,
	{ registration, occurrence }: About,
	once: string,
	now: Date,
	random: Random,
	grantId: string | null = null,
): Promise<boolean> {
	const payload: MailOrder = { template, registrationId: registration.id, sequence: occurrence.sequence, ...(grantId ? { grantId } : {}) };
	return enqueue(
		tx,
		{
			kind: MAIL_KIND,
			key: `${keyOf(template, registration, occurrence.sequence)}:${once}`,
			payload: { ...payload },
			personId: registration.personId,
			dueAt: now,
		},
		now,
		random,
	);
}

/** Plans the reminders that are still to come; planning twice plans once. */
export async function orderReminders(tx: Handle, { registration, occurrence }: About, now: Date, random: Random): Promise<void> {
	if (occurrence.mode === 'on-demand') return;
	for (const { mark, dueAt } of planReminders(occurrence.startsAt, now)) {
		const payload: MailOrder = { template: templateOf(mark), registrationId: registration.id, sequence: occurrence.sequence };
		await enqueue(
			tx,
			{
				kind: MAIL_KIND,
				key: keyOf(payload.template, registration, occurrence.sequence),
				payload: { ...payload },
				personId: registration.personId,
				dueAt,
			},
			now,
			random,
		);
	}
}

/** Takes back the reminders of the schedules before number `end`. */
export function withdrawReminders(tx: Handle, registration: About['registration'], end: number): Promise<number> {
	const sequences = Array.from({ length: end }, (_, sequence) => sequence).slice(-SCHEDULES_BACK);
	return withdraw(
		tx,
		sequences.flatMap((sequence) => MARKS.map((mark) => keyOf(templateOf(mark), registration, sequence))),
	);
}

export const templateOf = (mark: Mark): Template => `reminder-${mark}`;

/** Names the time of registering too: who cancels and comes back is told anew. */
const keyOf = (template: Template, { id, registeredAt }: About['registration'], sequence: number): string =>
	`${MAIL_KIND}:${template}:${id}:${registeredAt.getTime()}:${sequence}`;
