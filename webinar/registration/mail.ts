import { inLocale, type Locale } from '#cms/content.ts';
import { codePart, type Contact, helloOf, mailHtml, type MailLink, mailText } from '#gating';
import type { Mail } from '#kernel/mailer.ts';
import type { OutboxHandler } from '#kernel/outbox.ts';
import { addresses } from '#kernel/texts/addresses.ts';
import { fill, textsFor } from '#kernel/texts/index.ts';

import type { WebinarsDeps } from '../deps.ts';
import { type Occurrence, occurrenceById } from '../programme/occurrence.ts';
import { isStale, MARKS } from '../reminder/plan.ts';
import { calendarFile } from './calendar.ts';
import { type MailOrder, type Template, templateOf } from './mail-order.ts';
import { joinToken, type Registration, registrationById } from './registration.ts';

const INTL: Readonly<Record<Locale, string>> = { en: 'en-GB', 'zh-CN': 'zh-CN' };

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
		return gating.messages.deliver({
			personId: row.personId,
			purpose: order.template.startsWith('reminder-') ? 'reminders' : 'necessary',
			locale: contact.locale,
			compose: (preferences) =>
				mailOf({ id, template: order.template, row, occurrence, contact, link, code, organiser, origin, preferences, madeAt: deps.now() }),
		});
	};
}

/** Whether what was ordered is still true. */
export function isDue({ template, sequence }: MailOrder, { state }: Registration, occurrence: Occurrence, now: Date): boolean {
	// What tells of the registration itself is true under any schedule, and says the one that holds; the rest belongs to its own.
	const isOfPerson = template === 'confirmation' || template === 'waiting' || template === 'cancelled';
	if (!isOfPerson && sequence !== occurrence.sequence) return false;
	switch (template) {
		case 'cancelled':
			return state === 'cancelled';
		case 'called-off':
			return occurrence.cancelledAt !== null && state !== 'cancelled';
		case 'waiting':
			return state === 'waiting' && occurrence.cancelledAt === null;
		case 'confirmation':
			return state === 'registered' && occurrence.cancelledAt === null;
		case 'moved':
			return state !== 'cancelled' && occurrence.cancelledAt === null;
		case 'reminder-day':
		case 'reminder-hours':
		case 'reminder-start': {
			const mark = MARKS.find((one) => templateOf(one) === template) ?? 'start';
			return state === 'registered' && occurrence.cancelledAt === null && !isStale(mark, occurrence.startsAt, occurrence.endsAt, now);
		}
	}
}

interface MailParts {
	/** Of the outbox row: the same on every try. */
	readonly id: string;
	readonly template: Template;
	readonly row: Registration;
	readonly occurrence: Occurrence;
	readonly contact: Contact;
	/** Personal join link. */
	readonly link: string;
	/** Six digits to type where they registered; null for none. */
	readonly code: string | null;
	readonly origin: string;
	readonly preferences: MailLink;
	/** The company, with the address it is reached at. */
	readonly organiser: { readonly name: string; readonly email: string };
	readonly madeAt: Date;
}

/** The mail in the registrant's language and zone. */
export function mailOf({ id, template, row, occurrence, contact, link, code, origin, organiser, preferences, madeAt }: MailParts): Mail {
	const { locale } = contact;
	const brand = organiser.name;
	const {
		webinar: { mail: words },
		mail: common,
	} = textsFor(locale);
	const isOnDemand = occurrence.mode === 'on-demand';
	const title = inLocale(occurrence.title, locale);
	const when = isOnDemand ? '' : momentOf(occurrence.startsAt, locale, contact.timeZone);
	const own = template === 'confirmation' && isOnDemand ? words.watch : words[template];
	const opens = template !== 'cancelled' && template !== 'called-off' && template !== 'waiting';
	const values = { title, when, brand };
	const content = {
		locale,
		brand,
		hello: helloOf(contact, locale),
		paragraphs: own.paragraphs.map((text) => fill(text, values)),
		...codePart(locale, code),
		button: opens ? { label: isOnDemand ? words.watchButton : words.joinButton, url: link, hint: common.linkHint } : null,
		notes: opens ? [isOnDemand ? words.personal : words.personalAndCancel] : [],
		regards: common.regards,
		foot: [fill(words.reason, { site: new URL(origin).host })],
		preferences,
	};
	const hasCalendar =
		!isOnDemand &&
		(template === 'confirmation' || template === 'moved' || template === 'cancelled' || template === 'called-off') &&
		row.state !== 'waiting';
	return {
		to: contact.email,
		subject: fill(own.subject, values),
		text: mailText(content),
		html: mailHtml(content),
		messageId: `<${id}@${new URL(origin).hostname}>`,
		headers: { 'Auto-Submitted': 'auto-generated' },
		...(hasCalendar
			? {
					calendar: calendarFile(
						entryOf({ row, occurrence, contact, link, origin, organiser, madeAt, title, description: fill(words.calendar, { ...values, link }) }),
					),
				}
			: {}),
	};
}

function entryOf({
	row,
	occurrence,
	contact,
	link,
	...rest
}: Pick<MailParts, 'row' | 'occurrence' | 'contact' | 'link' | 'origin' | 'organiser' | 'madeAt'> & {
	readonly title: string;
	readonly description: string;
}) {
	const { startsAt, endsAt, cancelledAt } = occurrence;
	const isCancelled = cancelledAt !== null || row.state === 'cancelled';
	// A registrant's own cancellation does not change the schedule, but their calendar needs a later version of the entry.
	const sequence = occurrence.sequence * 2 + (row.state === 'cancelled' ? 1 : 0);
	return {
		uid: `${row.id}.${row.registeredAt.getTime().toString(36)}`,
		sequence,
		isCancelled,
		startsAt,
		endsAt,
		url: link,
		attendee: { name: contact.name ?? '', email: contact.email },
		...rest,
	};
}

/** `Tuesday 24 November 2026, 15:00 CET`, in the reader's zone. */
export function momentOf(instant: Date, locale: Locale, timeZone: string): string {
	const options = {
		weekday: 'long',
		day: 'numeric',
		month: 'long',
		year: 'numeric',
		hour: '2-digit',
		minute: '2-digit',
		timeZone,
		timeZoneName: 'short',
	} as const;
	return new Intl.DateTimeFormat(INTL[locale], options).format(instant);
}
