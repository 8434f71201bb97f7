import { and, eq } from 'drizzle-orm';

import { inLocale } from '#cms/content.ts';
import { type Contact, type Delivered, helloOf, mailHtml, type MailLink, mailText } from '#gating';
import type { Mail } from '#kernel/mailer.ts';
import type { OutboxHandler } from '#kernel/outbox.ts';
import { addresses } from '#kernel/texts/addresses.ts';
import { fill, textsFor } from '#kernel/texts/index.ts';

import { turnoutOf } from '../attendance/turnout.ts';
import { type WebinarsDeps, webinarById } from '../deps.ts';
import { nextFor } from '../library/next.ts';
import { type Occurrence, occurrenceById } from '../programme/occurrence.ts';
import { runOf } from '../programme/status.ts';
import { momentOf } from '../registration/mail-content.ts';
import { joinToken, registrationById, registrationOf } from '../registration/registration.ts';
import { attendance, draw, drawEntry, followUp, lateQuestion } from '../schema.ts';
import type { AfterOrder } from './after-mail.ts';
import { ANSWER_SEALED, QUESTION_SEALED } from './question.ts';

type Deps = Pick<WebinarsDeps, 'db' | 'keys' | 'now' | 'content' | 'gating' | 'origin'>;

/** What stands between hello and regards. */
interface Words {
	readonly subject: string;
	readonly paragraphs: readonly string[];
	readonly button: { readonly label: string; readonly url: string };
	readonly notes: readonly string[];
	readonly reason: string;
}

/**
 * Delivers the mails after a session: the one for whoever came, left early or did not come; an answer to a question; the news of the
 * next of what somebody follows. What is no longer true when it goes is dropped.
 */
export function createAfterMail(deps: Deps): OutboxHandler {
	return async ({ id, payload }) => {
		const order = payload as unknown as AfterOrder;
		switch (order.template) {
			case 'follow-up':
				return sendFollowUp(deps, id, order);
			case 'prize':
				return sendPrize(deps, id, order);
			case 'answer':
				return sendAnswer(deps, id, order.questionId);
			case 'next':
				return sendNext(deps, id, order);
		}
	};
}

async function sendFollowUp(deps: Deps, id: string, order: Extract<AfterOrder, { template: 'follow-up' }>): Promise<Delivered> {
	const { db, gating, keys, now } = deps;
	const row = await registrationById(db.read, order.registrationId);
	const occurrence = await occurrenceById(db.read, order.occurrenceId);
	if (!row || !occurrence || row.state !== 'registered' || occurrence.cancelledAt) return;
	const contact = await gating.people.contact(row.personId);
	if (!contact) return;
	const [present] = await db.read
		.select()
		.from(attendance)
		.where(and(eq(attendance.occurrenceId, occurrence.id), eq(attendance.personId, row.personId)));
	// What they did decides at this moment: a signal may have come in since it was planned.
	const run = runOf(occurrence);
	if (!run) return;
	const audience = turnoutOf(present ?? null, run);
	if (await gating.journeys.takesOver(row.personId, occurrence.id)) return { dropped: 'journey' };
	const words = textsFor(contact.locale).aftermath.mail[audience];
	const webinar = webinarById(deps.content(), occurrence.webinarId);
	const values = valuesOf(occurrence, contact);
	const dropped = await send(deps, id, contact, 'reminders', {
		subject: fill(words.subject, values),
		paragraphs: [...words.paragraphs, ...(webinar?.survey ? [textsFor(contact.locale).aftermath.mail.survey] : [])].map((text) => fill(text, values)),
		button: { label: words.button, url: `${deps.origin}${addresses(contact.locale).join(joinToken(keys, row.id))}` },
		notes: [textsFor(contact.locale).webinar.mail.personal],
		reason: textsFor(contact.locale).aftermath.mail.reason,
	});
	if (dropped) return dropped;
	const key = and(eq(followUp.occurrenceId, occurrence.id), eq(followUp.personId, row.personId));
	await db.write(async (tx) => void (await tx.update(followUp).set({ class: audience, sentAt: now() }).where(key)));
}

async function sendPrize(deps: Deps, id: string, { drawId, entry }: Extract<AfterOrder, { template: 'prize' }>): Promise<Delivered> {
	const { db, gating, origin } = deps;
	const [won] = await db.read
		.select({ draw, entry: drawEntry })
		.from(drawEntry)
		.innerJoin(draw, eq(draw.id, drawEntry.drawId))
		.where(and(eq(drawEntry.drawId, drawId), eq(drawEntry.entry, entry)));
	const occurrence = won && (await occurrenceById(db.read, won.draw.occurrenceId));
	const prize = won?.entry.prize === null ? undefined : won?.draw.prizes[won.entry.prize];
	if (!won || !occurrence || !prize || won.entry.claimedAt !== null) return;
	const contact = await gating.people.contact(won.entry.personId);
	if (!contact) return { dropped: 'erased' };
	const words = textsFor(contact.locale).aftermath.mail.prize;
	const values = { ...valuesOf(occurrence, contact), prize: inLocale(prize.name, contact.locale) };
	return send(deps, id, contact, 'necessary', {
		subject: fill(words.subject, values),
		paragraphs: words.paragraphs.map((text) => fill(text, values)),
		button: { label: words.button, url: `${origin}${addresses(contact.locale).webinar(occurrence.slug)}/draws/${drawId}/claim` },
		notes: [words.note],
		reason: textsFor(contact.locale).aftermath.mail.reason,
	});
}

async function sendAnswer(deps: Deps, id: string, questionId: string): Promise<Delivered> {
	const { db, gating, keys, origin } = deps;
	const [row] = await db.read.select().from(lateQuestion).where(eq(lateQuestion.id, questionId));
	const occurrence = row && (await occurrenceById(db.read, row.occurrenceId));
	if (!row?.sealed || !row.sealedAnswer || !occurrence) return;
	const contact = await gating.people.contact(row.personId);
	const question = await gating.people.unseal(row.personId, QUESTION_SEALED, row.sealed);
	const answer = await gating.people.unseal(row.personId, ANSWER_SEALED, row.sealedAnswer);
	const registration = await registrationOf(db.read, occurrence.id, row.personId);
	if (!contact || question === null || answer === null || !registration) return;
	const { aftermath, webinar } = textsFor(contact.locale);
	const words = aftermath.mail.answer;
	const values = valuesOf(occurrence, contact);
	return send(deps, id, contact, 'necessary', {
		subject: fill(words.subject, values),
		paragraphs: [fill(words.asked, values), question, words.answered, ...answer.split(/\n{2,}/)],
		button: { label: words.button, url: `${origin}${addresses(contact.locale).join(joinToken(keys, registration.id))}` },
		notes: [webinar.mail.personal],
		reason: words.reason,
	});
}

async function sendNext(deps: Deps, id: string, { occurrenceId, personId }: Extract<AfterOrder, { template: 'next' }>): Promise<Delivered> {
	const { db, content, gating, origin, now } = deps;
	const occurrence = await occurrenceById(db.read, occurrenceId);
	const webinar = occurrence && webinarById(content(), occurrence.webinarId);
	if (!occurrence || !webinar || occurrence.cancelledAt || (occurrence.mode !== 'on-demand' && occurrence.startsAt <= now())) return;
	const contact = await gating.people.contact(personId);
	const followed = contact && (await nextFor(db.read, content(), webinar, contact));
	if (!contact || !followed || !webinar.languages.includes(contact.locale)) return;
	const words = textsFor(contact.locale).aftermath.mail.next;
	const values = { ...valuesOf(occurrence, contact), followed };
	const own = occurrence.mode === 'on-demand' ? words.onDemand : words.paragraphs;
	return send(deps, id, contact, 'following', {
		subject: fill(words.subject, values),
		paragraphs: [...own.map((text) => fill(text, values)), inLocale(webinar.summary, contact.locale)],
		button: { label: words.button, url: `${origin}${addresses(contact.locale).webinar(webinar.slug)}` },
		notes: [],
		reason: words.reason,
	});
}

function valuesOf(occurrence: Occurrence, { locale, timeZone }: Contact) {
	return { title: inLocale(occurrence.title, locale), when: momentOf(occurrence.startsAt, locale, timeZone) };
}

function send(
	{ gating, content, origin }: Deps,
	id: string,
	contact: Contact,
	purpose: 'necessary' | 'reminders' | 'following',
	{ subject, paragraphs, button, notes, reason }: Words,
): Promise<Delivered> {
	const { locale, personId } = contact;
	const { brand } = content().site;
	const { mail: common } = textsFor(locale);
	const compose = (preferences: MailLink): Mail => {
		const parts = {
			...{ locale, brand, paragraphs, notes, preferences },
			hello: helloOf(contact, locale),
			button: { ...button, hint: common.linkHint },
			regards: common.regards,
			foot: [fill(reason, { site: new URL(origin).host })],
		};
		return {
			...{ to: contact.email, subject, text: mailText(parts), html: mailHtml(parts) },
			messageId: `<${id}@${new URL(origin).hostname}>`,
			headers: { 'Auto-Submitted': 'auto-generated' },
		};
	};
	return gating.messages.deliver({ personId, purpose, locale, compose });
}
