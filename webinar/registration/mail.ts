import type { OutboxHandler } from '#kernel/outbox.ts';
import { addresses } from '#kernel/texts/addresses.ts';

import type { WebinarsDeps } from '../deps.ts';
import { ticketCode } from '../on-site/ticket.ts';
import { type Occurrence, occurrenceById } from '../programme/occurrence.ts';
import { isStale, MARKS } from '../reminder/plan.ts';
import { mailOf } from './mail-content.ts';
import { type MailOrder, type Template, templateOf } from './mail-order.ts';
import { isActive, joinToken, type Registration, registrationById } from './registration.ts';

type MailDeps = Pick<WebinarsDeps, 'db' | 'keys' | 'now' | 'content' | 'gating' | 'origin'>;

/**
 * Delivers the mails of webinars. Words, address and link are put together here: the outbox holds ids only. What the order no
 * longer fits is dropped: another schedule, a cancelled registration, a reminder that is too late, an erased person.
 */
export function createMailHandler(deps: MailDeps): OutboxHandler {
	return async ({ id, payload }) => {
		const order = payload as unknown as MailOrder;
		const { db, content, gating, keys, origin } = deps;
		const row = await registrationById(db.read, order.registrationId);
		const occurrence = row && (await occurrenceById(db.read, row.occurrenceId));
		if (!row || !occurrence || !isDue(order, row, occurrence, deps.now())) return;
		const contact = await gating.people.contact(row.personId);
		if (!contact) return;
		const link = `${origin}${addresses(contact.locale).join(joinToken(keys, row.id))}`;
		const { brand, contactEmail } = content().site;
		const organiser = { name: brand, email: contactEmail };
		const code = order.grantId === undefined ? null : await gating.access.codeFor(order.grantId);
		const ticket = occurrence.mode === 'on-site' && row.state === 'registered' ? ticketCode(keys, row.id) : null;
		return gating.messages.deliver({
			personId: row.personId,
			purpose: order.class === 'reminder' ? 'reminders' : 'necessary',
			locale: contact.locale,
			compose: (preferences) =>
				mailOf({ id, template: order.template, row, occurrence, contact, link, code, ticket, organiser, origin, preferences, madeAt: deps.now() }),
		});
	};
}

/** What tells of the registration itself is true under any schedule, and says the one that holds; the rest belongs to its own. */
const OF_PERSON: ReadonlySet<Template> = new Set(['confirmation', 'waiting', 'cancelled', 'offer', 'pending', 'declined']);

/** Whether what was ordered is still true. */
export function isDue(
	{ template, sequence, revision }: Pick<MailOrder, 'template' | 'sequence' | 'revision'>,
	registration: Registration,
	occurrence: Occurrence,
	now: Date,
): boolean {
	const { state } = registration;
	if (!OF_PERSON.has(template) && (sequence !== occurrence.sequence || revision !== registration.revision)) return false;
	if (template === 'cancelled') return state === 'cancelled';
	if (template === 'declined') return state === 'declined';
	if (template === 'called-off') return occurrence.cancelledAt !== null && isActive(state);
	if (occurrence.cancelledAt !== null) return false;
	switch (template) {
		case 'waiting':
			return state === 'waiting';
		case 'pending':
			return state === 'pending';
		case 'offer':
			return state === 'offered' && registration.offeredUntil !== null && registration.offeredUntil > now;
		case 'confirmation':
		case 'changed':
			return state === 'registered';
		case 'moved':
			return isActive(state);
		case 'reminder-day':
		case 'reminder-hours':
		case 'reminder-start': {
			const mark = MARKS.find((one) => templateOf(one) === template) ?? 'start';
			return state === 'registered' && !isStale(mark, occurrence.startsAt, occurrence.endsAt, now);
		}
	}
}
