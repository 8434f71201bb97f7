import { inLocale, type Locale, type Snapshot } from '#cms/content.ts';
import type { Mail, Mailer } from '#kernel/mailer.ts';
import type { OutboxHandler } from '#kernel/outbox.ts';
import { addresses } from '#kernel/texts/addresses.ts';
import { fill, textsFor } from '#kernel/texts/index.ts';

import { followedName } from '../form/follow.ts';
import { contactOf, livingPerson } from '../identity/person.ts';
import type { Profile } from '../identity/profile.ts';
import { deliverMail } from '../message/deliver.ts';
import { offerOf } from '../offer/offer.ts';
import { waitingLines } from '../quote/lines.ts';
import { asksOf } from './ask.ts';
import { type ConfirmDeps, confirmationToken } from './confirm.ts';
import { GRANT_DAYS, grantById, type GrantRow, linkUntil, liveCode } from './grant.ts';
import { codePart, helloOf, mailHtml, mailText, type MailContent, type MailLink } from './mail-layout.ts';

export interface MailDeps extends Pick<ConfirmDeps, 'db' | 'keys' | 'now' | 'random' | 'content' | 'timeZone'> {
	readonly mailer: Mailer;
	readonly origin: string;
}

/** Mails a grant's link. Words and address are put together here, at delivery: the outbox holds ids only. */
export function confirmationMailHandler(deps: MailDeps): OutboxHandler {
	return async ({ id, payload }) => {
		const { db, now, keys, content, origin } = deps;
		const row = await grantById(db.read, String(payload['grantId']));
		const person = row ? await livingPerson(db.read, row.personId) : null;
		if (!row || !person || row.revokedAt || linkUntil(row.createdAt) <= now()) return;
		const contact = contactOf(keys, person);
		const locale: Locale = payload['locale'] === 'zh-CN' ? 'zh-CN' : 'en';
		const link = `${origin}${addresses(locale).confirm(confirmationToken(deps, row))}`;
		const { brand } = content().site;
		const about = await aboutRequest(deps, row, locale);
		return deliverMail(deps, {
			personId: person.id,
			purpose: 'necessary',
			locale,
			compose: (preferences) =>
				confirmationMail({
					id,
					to: contact.email,
					contact,
					locale,
					brand,
					origin,
					link,
					code: liveCode(keys, row, now()),
					preferences,
					paperTitle: titleOf(content().whitePapers, row.subject, locale),
					productTitle: titleOf(content().products, row.subject, locale),
					...about,
				}),
		});
	};
}

interface ConfirmationParts {
	/** Of the outbox row: the same on every try. */
	readonly id: string;
	readonly to: string;
	readonly contact: Profile;
	readonly locale: Locale;
	readonly brand: string;
	readonly origin: string;
	readonly link: string;
	readonly preferences: MailLink;
	/** Six digits to type instead; null when there are none. */
	readonly code: string | null;
	/** Nothing was typed but the address. */
	readonly isSignIn: boolean;
	/** Null for a request that opens no paper. */
	readonly paperTitle: string | null;
	/** The product whose documents the link opens, or null. */
	readonly productTitle: string | null;
	/** The offer whose code the link gives, or null. */
	readonly offerTitle?: string | null;
	/** The series or speaker that is to be followed, or null. */
	readonly followed?: string | null;
	/** What was asked for, in words of the catalogue. */
	readonly lines?: readonly string[];
}

/** The mail in the reader's language. */
export function confirmationMail({
	id,
	to,
	contact,
	locale,
	brand,
	origin,
	link,
	preferences,
	code,
	isSignIn,
	paperTitle,
	productTitle,
	offerTitle = null,
	followed = null,
	lines = [],
}: ConfirmationParts): Mail {
	const { access, aftermath, mail: words, offer, quote } = textsFor(locale);
	const { confirmation } = words;
	const title = paperTitle ?? offerTitle ?? productTitle ?? followed ?? '';
	const [subject, lead, label] =
		paperTitle !== null
			? [confirmation.paperSubject, confirmation.paperLead, confirmation.paperButton]
			: offerTitle !== null
				? [offer.confirmation.subject, offer.confirmation.lead, offer.confirmation.button]
				: followed !== null
					? [aftermath.follow.confirm.subject, aftermath.follow.confirm.lead, aftermath.follow.confirm.button]
					: productTitle !== null
						? [access.mail.productSubject, access.mail.productLead, access.mail.productButton]
						: isSignIn
							? [access.mail.subject, access.mail.lead, access.mail.button]
							: [confirmation.requestSubject, confirmation.requestLead, confirmation.requestButton];
	const mail: MailContent = {
		locale,
		brand,
		hello: helloOf(contact, locale),
		paragraphs: [fill(lead, { title })],
		...(lines.length > 0
			? { facts: [{ title: quote.summary.asked, rows: lines.map((line, at) => [fill(quote.summary.position, { number: at + 1 }), line]) }] }
			: {}),
		...codePart(locale, code),
		button: { label, url: link, hint: words.linkHint },
		notes: [fill(confirmation.validity, { days: GRANT_DAYS })],
		regards: words.regards,
		foot: [fill(words.reason, { site: new URL(origin).host })],
		preferences,
	};
	return {
		to,
		subject: fill(subject, { title }),
		text: mailText(mail),
		html: mailHtml(mail),
		messageId: `<${id}@${new URL(origin).hostname}>`,
		headers: { 'Auto-Submitted': 'auto-generated' },
	};
}

/** What a request that opens no paper is about: an offer, products to quote, or nothing but the pass. */
async function aboutRequest(
	{ db, content }: MailDeps,
	{ id, subject }: GrantRow,
	locale: Locale,
): Promise<Pick<ConfirmationParts, 'isSignIn' | 'offerTitle' | 'followed' | 'lines'>> {
	const typed = (await asksOf(db.read, [id])).flatMap((ask) => ask.id ?? []);
	const isSignIn = typed.length === 0;
	if (subject === 'quote') return { isSignIn, lines: await waitingLines(db.read, typed, locale) };
	const offer = offerOf(content(), subject);
	return { isSignIn, offerTitle: offer ? inLocale(offer.title, locale) : null, followed: followedName(content(), subject, locale) };
}

function titleOf(items: readonly (Snapshot['whitePapers'][number] | Snapshot['products'][number])[], subject: string, locale: Locale): string | null {
	const item = items.find(({ type, id }) => subject === `${type}:${id}`);
	return item ? inLocale(item.title, locale) : null;
}
