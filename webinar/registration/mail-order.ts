import type { Handle } from '#kernel/database.ts';
import type { Random } from '#kernel/id.ts';
import { enqueue, withdraw } from '#kernel/outbox.ts';

import type { Occurrence } from '../programme/occurrence.ts';
import { type Mark, MARKS, planReminders } from '../reminder/plan.ts';
import type { Registration } from './registration.ts';

export const MAIL_KIND = 'webinar-mail';

/** `moved`, `called-off`, `declined`: told by the organiser; `cancelled`, `changed` (another session): the registrant's own wish. */
export const TEMPLATES = [
	'confirmation',
	'waiting',
	'offer',
	'pending',
	'declined',
	'moved',
	'called-off',
	'cancelled',
	'changed',
	'reminder-day',
	'reminder-hours',
	'reminder-start',
] as const;
export type Template = (typeof TEMPLATES)[number];

/** What kind of message it is, for limits on how much somebody is sent: answers to own acts and news of them always go out. */
export type MessageClass = 'answer' | 'reminder';
export const classOf = (template: Template): MessageClass => (template.startsWith('reminder-') ? 'reminder' : 'answer');

/**
 * What an outbox row of {@link MAIL_KIND} holds. `sequence` and `revision`: the schedule and the registrant's own change it was
 * planned for; others make reminders and news of them void.
 */
export interface MailOrder {
	readonly template: Template;
	readonly class: MessageClass;
	readonly registrationId: string;
	readonly sequence: number;
	readonly revision: number;
	/** Whose code the mail shows; absent for none. */
	readonly grantId?: string;
}

/** Older ones than these are not looked for: they are void anyway, and dropped at delivery. */
const SCHEDULES_BACK = 20;

interface About {
	readonly registration: Pick<Registration, 'id' | 'registeredAt' | 'personId' | 'revision'>;
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
	const payload: MailOrder = { ...orderOf(template, registration, occurrence.sequence), ...(grantId ? { grantId } : {}) };
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
		const payload = orderOf(templateOf(mark), registration, occurrence.sequence);
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

const orderOf = (template: Template, { id, revision }: About['registration'], sequence: number): MailOrder => ({
	template,
	class: classOf(template),
	registrationId: id,
	sequence,
	revision,
});

/** Names the time of registering and the own changes too: who cancels and comes back, or goes to another session, is told anew. */
const keyOf = (template: Template, { id, registeredAt, revision }: About['registration'], sequence: number): string =>
	`${MAIL_KIND}:${template}:${id}:${registeredAt.getTime()}:${revision}:${sequence}`;
