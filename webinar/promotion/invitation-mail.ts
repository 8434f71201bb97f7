import { and, eq } from 'drizzle-orm';

import { inLocale, type Locale, type Webinar } from '#cms/content.ts';
import { type Contact, helloOf, mailHtml, type MailLink, mailText } from '#gating';
import type { Mail } from '#kernel/mailer.ts';
import type { OutboxHandler } from '#kernel/outbox.ts';
import { addresses } from '#kernel/texts/addresses.ts';
import { fill, textsFor } from '#kernel/texts/index.ts';

import { type WebinarsDeps, webinarById } from '../deps.ts';
import { type Occurrence, occurrenceById } from '../programme/occurrence.ts';
import { statusAt } from '../programme/status.ts';
import { momentOf } from '../registration/mail-content.ts';
import { isActive, registrationOf } from '../registration/registration.ts';
import { invitation } from '../schema.ts';

/** Outbox kind of an invitation; of the class `campaign` where limits on how much somebody is sent are kept. */
export const INVITATION_KIND = 'webinar-invitation';
/** The entrance of whoever registers by one. */
export const INVITATION_CHANNEL = 'mail';

type Deps = Pick<WebinarsDeps, 'db' | 'now' | 'content' | 'gating' | 'origin'>;

/** Sends an invitation, if its reader agreed to mail, has not registered meanwhile, and the webinar is still to come; keeps what became of it. */
export function createInvitationHandler(deps: Deps): OutboxHandler {
	const { db, now, content, gating, origin } = deps;
	return async ({ id, payload }) => {
		const [occurrenceId, personId] = [String(payload['occurrenceId']), String(payload['personId'])];
		const settle = (values: { readonly sentAt?: Date; readonly dropped?: string }) =>
			db.write(async (tx) => {
				await tx
					.update(invitation)
					.set(values)
					.where(and(eq(invitation.occurrenceId, occurrenceId), eq(invitation.personId, personId)));
			});
		const drop = async (dropped: string) => {
			await settle({ dropped });
			return { dropped };
		};
		const occurrence = await occurrenceById(db.read, occurrenceId);
		const webinar = occurrence && webinarById(content(), occurrence.webinarId);
		if (!occurrence || !webinar || occurrence.cancelledAt !== null || statusAt(occurrence, now()) === 'ended') return drop('over');
		const known = await registrationOf(db.read, occurrenceId, personId);
		if (known && isActive(known.state)) return drop('registered');
		const contact = await gating.people.contact(personId);
		if (!contact) return drop('erased');
		const outcome = await gating.messages.deliver({
			personId,
			purpose: 'marketing.email',
			locale: contact.locale,
			compose: (preferences) => compose({ id, contact, webinar, occurrence, brand: content().site.brand, origin, preferences }),
		});
		if (outcome && 'deferredUntil' in outcome) return outcome;
		if (outcome) return drop(outcome.dropped);
		await settle({ sentAt: now() });
		return undefined;
	};
}

interface Parts {
	readonly id: string;
	readonly contact: Contact;
	readonly webinar: Webinar;
	readonly occurrence: Occurrence;
	readonly brand: string;
	readonly origin: string;
	readonly preferences: MailLink;
}

function compose({ id, contact, webinar, occurrence, brand, origin, preferences }: Parts): Mail {
	const { locale } = contact;
	const texts = textsFor(locale);
	const words = texts.promotion.mail;
	const place = inLocale(occurrence.place, locale);
	const values = {
		title: inLocale(webinar.title, locale),
		when: occurrence.mode === 'on-demand' ? '' : momentOf(occurrence.startsAt, locale, contact.timeZone),
		brand,
	};
	const text = {
		locale,
		brand,
		hello: helloOf(contact, locale),
		paragraphs: [fill(occurrence.mode === 'on-demand' ? words.recording : words.invites, values), inLocale(webinar.summary, locale)].filter(Boolean),
		facts: place ? [{ title: '', rows: [[texts.onSite.place, place] as const] }] : [],
		button: { label: words.button, url: invitationLink(origin, locale, webinar.slug), hint: texts.mail.linkHint },
		notes: [],
		regards: texts.mail.regards,
		foot: [fill(words.reason, { site: new URL(origin).host })],
		preferences,
	};
	return {
		to: contact.email,
		subject: fill(words.subject, values),
		text: mailText(text),
		html: mailHtml(text),
		messageId: `<${id}@${new URL(origin).hostname}>`,
	};
}

/** Tagged, so that who comes by it is counted as such. */
export function invitationLink(origin: string, locale: Locale, slug: string): string {
	const tags = new URLSearchParams({ utm_source: 'foyer', utm_medium: 'email', utm_campaign: slug });
	return `${origin}${addresses(locale).webinar(slug)}?${tags}`;
}
