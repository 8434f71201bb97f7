import { eq } from 'drizzle-orm';

import { inLocale, type Locale, type Snapshot } from '#cms/content.ts';
import type { Mail, Mailer } from '#kernel/mailer.ts';
import type { OutboxHandler } from '#kernel/outbox.ts';
import { addresses } from '#kernel/texts/addresses.ts';
import { fill, textsFor } from '#kernel/texts/index.ts';

import { contactOf, livingPerson } from '../identity/person.ts';
import { givenNameOf, type Profile } from '../identity/profile.ts';
import { deliverMail } from '../message/deliver.ts';
import { offerOf } from '../offer/offer.ts';
import { waitingLines } from '../quote/lines.ts';
import { grant } from '../schema.ts';
import { type ConfirmDeps, confirmationToken } from './confirm.ts';
import { GRANT_DAYS, type GrantRow } from './grant.ts';
import { mailHtml, mailText, type MailContent, type MailLink } from './mail-layout.ts';

const ADDRESS_LIKE = /[:/@]|www\.|\.[a-z]{2}/i;

export interface MailDeps extends ConfirmDeps {
	readonly mailer: Mailer;
	readonly origin: string;
}

/** Mails a grant's link. Words and address are put together here, at delivery: the outbox holds ids only. */
export function confirmationMailHandler(deps: MailDeps): OutboxHandler {
	return async ({ id, payload }) => {
		const { db, now, keys, content, origin } = deps;
		const [row] = await db.read
			.select()
			.from(grant)
			.where(eq(grant.id, String(payload['grantId'])));
		const person = row ? await livingPerson(db.read, row.personId) : null;
		if (!row || !person || row.revokedAt || row.expiresAt <= now()) return;
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
					preferences,
					paperTitle: paperTitle(content(), row.subject, locale),
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
	/** Null for a request that opens no paper. */
	readonly paperTitle: string | null;
	/** The offer whose code the link gives, or null. */
	readonly offerTitle?: string | null;
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
	paperTitle,
	offerTitle = null,
	lines = [],
}: ConfirmationParts): Mail {
	const { mail: words, offer, quote } = textsFor(locale);
	const { confirmation } = words;
	const title = paperTitle ?? offerTitle ?? '';
	const [subject, lead, label] =
		paperTitle !== null
			? [confirmation.paperSubject, confirmation.paperLead, confirmation.paperButton]
			: offerTitle !== null
				? [offer.confirmation.subject, offer.confirmation.lead, offer.confirmation.button]
				: [confirmation.requestSubject, confirmation.requestLead, confirmation.requestButton];
	// Anybody can type anything as a name; a mail of ours carries no address that a stranger chose.
	const typed = locale === 'en' ? (contact.name ?? null) : givenNameOf(contact);
	const name = typed !== null && ADDRESS_LIKE.test(typed) ? null : typed;
	const mail: MailContent = {
		locale,
		brand,
		hello: name ? fill(words.hello, { name }) : words.helloNobody,
		paragraphs: [fill(lead, { title })],
		...(lines.length > 0
			? { facts: [{ title: quote.summary.asked, rows: lines.map((line, at) => [fill(quote.summary.position, { number: at + 1 }), line]) }] }
			: {}),
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

/** What a request that opens no paper is about: an offer, or products to quote. */
async function aboutRequest(
	{ db, content }: MailDeps,
	{ subject, personId }: GrantRow,
	locale: Locale,
): Promise<Pick<ConfirmationParts, 'offerTitle' | 'lines'>> {
	if (subject === 'quote') return { lines: await waitingLines(db.read, personId, locale) };
	const offer = offerOf(content(), subject);
	return { offerTitle: offer ? inLocale(offer.title, locale) : null };
}

function paperTitle({ whitePapers }: Snapshot, subject: string, locale: Locale): string | null {
	const paper = whitePapers.find((candidate) => subject === `white_papers:${candidate.id}`);
	return paper ? inLocale(paper.title, locale) : null;
}
