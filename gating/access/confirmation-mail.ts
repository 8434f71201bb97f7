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
import { asksOf } from './ask.ts';
import { CODE_MINUTES, codeOf } from './code.ts';
import { type ConfirmDeps, confirmationToken } from './confirm.ts';
import { GRANT_DAYS, grantById, type GrantRow, linkUntil } from './grant.ts';
import { mailHtml, mailText, type MailContent, type MailLink } from './mail-layout.ts';

const ADDRESS_LIKE = /[:/@]|www\.|\.[a-z]{2}/i;

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
		const isAlone = await isSignIn(deps, row);
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
					code: row.codeUntil && row.codeUntil > now() ? codeOf(keys, row.id) : null,
					isSignIn: isAlone,
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
	/** Somebody asked for a pass and nothing else. */
	readonly isSignIn: boolean;
	/** Null for a request that opens no paper. */
	readonly paperTitle: string | null;
	/** The product whose documents the link opens, or null. */
	readonly productTitle: string | null;
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
	code,
	isSignIn,
	paperTitle,
	productTitle,
	offerTitle = null,
	lines = [],
}: ConfirmationParts): Mail {
	const { access, mail: words, offer, quote } = textsFor(locale);
	const { confirmation } = words;
	const title = paperTitle ?? offerTitle ?? productTitle ?? '';
	const [subject, lead, label] =
		paperTitle !== null
			? [confirmation.paperSubject, confirmation.paperLead, confirmation.paperButton]
			: offerTitle !== null
				? [offer.confirmation.subject, offer.confirmation.lead, offer.confirmation.button]
				: productTitle !== null
					? [access.mail.productSubject, access.mail.productLead, access.mail.productButton]
					: isSignIn
						? [access.mail.subject, access.mail.lead, access.mail.button]
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
		...(code === null ? {} : { code: { label: access.mail.code, digits: code, hint: fill(access.mail.codeHint, { minutes: CODE_MINUTES }) } }),
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
	{ id, subject }: GrantRow,
	locale: Locale,
): Promise<Pick<ConfirmationParts, 'offerTitle' | 'lines'>> {
	if (subject === 'quote') {
		const asked = await asksOf(db.read, [id]);
		return {
			lines: await waitingLines(
				db.read,
				asked.flatMap((ask) => ask.id ?? []),
				locale,
			),
		};
	}
	const offer = offerOf(content(), subject);
	return { offerTitle: offer ? inLocale(offer.title, locale) : null };
}

/** Nothing was typed but the address. */
async function isSignIn({ db }: MailDeps, { id }: GrantRow): Promise<boolean> {
	const asked = await asksOf(db.read, [id]);
	return asked.every((ask) => ask.id === null);
}

function titleOf(items: readonly (Snapshot['whitePapers'][number] | Snapshot['products'][number])[], subject: string, locale: Locale): string | null {
	const item = items.find(({ type, id }) => subject === `${type}:${id}`);
	return item ? inLocale(item.title, locale) : null;
}
