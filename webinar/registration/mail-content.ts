import { inLocale, type Locale } from '#cms/content.ts';
import { codePart, type Contact, helloOf, mailHtml, type MailLink, mailText } from '#gating';
import type { Mail } from '#kernel/mailer.ts';
import { qrPng } from '#kernel/qr.ts';
import { fill, textsFor } from '#kernel/texts/index.ts';

import { scannedTicket, spokenTicket } from '../on-site/ticket.ts';
import type { Occurrence } from '../programme/occurrence.ts';
import { addToLinks, calendarFile } from './calendar.ts';
import { entryOf } from './calendar-entry.ts';
import type { Template } from './mail-order.ts';
import type { Registration } from './registration.ts';

const TICKET_ID = 'ticket';
const INTL: Readonly<Record<Locale, string>> = { en: 'en-GB', 'zh-CN': 'zh-CN' };

export interface MailParts {
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
	/** Of an on-site event: the code that is read at the door; null for none. */
	readonly ticket: string | null;
	readonly origin: string;
	readonly preferences: MailLink;
	/** The company, with the address it is reached at. */
	readonly organiser: { readonly name: string; readonly email: string };
	readonly madeAt: Date;
}

/** Mails whose link leads to something to do. */
const OPENS: ReadonlySet<Template> = new Set(['confirmation', 'offer', 'moved', 'changed', 'reminder-day', 'reminder-hours', 'reminder-start']);

/** The mail in the registrant's language and zone. */
export function mailOf(parts: MailParts): Mail {
	const { id, template, row, occurrence, contact, link, code, origin, organiser, preferences, ticket } = parts;
	const { locale } = contact;
	const {
		webinar: { mail: words },
		onSite,
		mail: common,
	} = textsFor(locale);
	const isOnDemand = occurrence.mode === 'on-demand';
	const isOnSite = occurrence.mode === 'on-site';
	const own = wordsOf(template, occurrence, locale);
	const values = {
		title: inLocale(occurrence.title, locale),
		when: isOnDemand ? '' : momentOf(occurrence.startsAt, locale, contact.timeZone),
		until: row.offeredUntil ? momentOf(row.offeredUntil, locale, contact.timeZone) : '',
		brand: organiser.name,
	};
	const label = template === 'offer' ? words.offerButton : isOnDemand ? words.watchButton : isOnSite ? onSite.mail.button : words.joinButton;
	const entry = calendarEntry(parts);
	const links = entry && !entry.isCancelled ? addToLinks(entry).map(({ name, url }) => ({ label: words.addTo[name], url })) : [];
	const place = isOnSite ? inLocale(occurrence.place, locale) : '';
	const rows: (readonly [string, string])[] = [
		...(place ? [[onSite.place, place] as const] : []),
		...(ticket ? [[onSite.ticketCode, spokenTicket(ticket)] as const] : []),
	];
	const content = {
		locale,
		brand: organiser.name,
		hello: helloOf(contact, locale),
		paragraphs: own.paragraphs.map((text) => fill(text, values)),
		facts: rows.length > 0 ? [{ title: '', rows }] : [],
		...(ticket ? { picture: { cid: TICKET_ID, alt: onSite.mail.picture, sizePx: 220 } } : {}),
		...codePart(locale, code),
		button: OPENS.has(template) ? { label, url: link, hint: common.linkHint } : null,
		links: links.length > 0 ? [{ label: words.addToCalendar, links }] : [],
		notes: OPENS.has(template) ? [isOnDemand ? words.personal : words.personalAndCancel] : [],
		regards: common.regards,
		foot: [fill(words.reason, { site: new URL(origin).host })],
		preferences,
	};
	return {
		to: contact.email,
		subject: fill(own.subject, values),
		text: mailText(content),
		html: mailHtml(content),
		messageId: `<${id}@${new URL(origin).hostname}>`,
		headers: { 'Auto-Submitted': 'auto-generated' },
		...(entry ? { calendar: calendarFile(entry) } : {}),
		...(ticket ? { attachments: [ticketPicture(ticket)] } : {}),
	};
}

/** The code to scan, as a picture that mail programs show without asking anybody. */
function ticketPicture(code: string): NonNullable<Mail['attachments']>[number] {
	const content = qrPng(scannedTicket(code)).toString('base64');
	return { filename: `ticket-${code}.png`, mediaType: 'image/png', content, cid: TICKET_ID };
}

function wordsOf(template: Template, { mode }: Pick<Occurrence, 'mode'>, locale: Locale) {
	const { webinar, onSite } = textsFor(locale);
	if (template === 'confirmation' && mode === 'on-demand') return webinar.mail.watch;
	if (mode === 'on-site' && isOnSiteTemplate(template)) return onSite.mail[template];
	return webinar.mail[template];
}

/** Those that speak of a room, and of a place instead where there is one. */
type OnSiteTemplate = 'confirmation' | 'moved' | 'changed' | 'reminder-day' | 'reminder-hours' | 'reminder-start';
const isOnSiteTemplate = (template: Template): template is OnSiteTemplate =>
	['confirmation', 'moved', 'changed', 'reminder-day', 'reminder-hours', 'reminder-start'].includes(template);

/** Mails that tell of a change of the entry. */
const TELLS_CALENDAR: ReadonlySet<Template> = new Set(['confirmation', 'changed', 'moved', 'cancelled', 'called-off', 'declined']);

/** The entry that goes with a mail; null where nothing in a calendar changes. */
function calendarEntry(parts: MailParts) {
	const { template, row, occurrence } = parts;
	// Whoever never had a seat has no entry to change.
	const hadSeat = row.state === 'registered' || row.revision > 0;
	return occurrence.mode !== 'on-demand' && TELLS_CALENDAR.has(template) && hadSeat ? entryOf(parts) : null;
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
