import { eq } from 'drizzle-orm';

import { inLocale, type Locale, type Snapshot } from '#cms/content.ts';
import type { Mail, Mailer } from '#kernel/mailer.ts';
import type { OutboxHandler } from '#kernel/outbox.ts';
import { addresses } from '#kernel/texts/addresses.ts';
import { fill, textsFor } from '#kernel/texts/index.ts';

import { contactOf, livingPerson } from '../identity/person.ts';
import { givenNameOf, type Profile } from '../identity/profile.ts';
import { grant } from '../schema.ts';
import { type ConfirmDeps, confirmationToken } from './confirm.ts';
import { GRANT_DAYS } from './grant.ts';
import { mailHtml, mailText, type MailContent } from './mail-layout.ts';

const ADDRESS_LIKE = /[:/@]|www\.|\.[a-z]{2}/i;

export interface MailDeps extends ConfirmDeps {
	readonly mailer: Mailer;
	readonly origin: string;
}

/** Mails a grant's link. Words and address are put together here, at delivery: the outbox holds ids only. */
export function confirmationMailHandler(deps: MailDeps): OutboxHandler {
	return async ({ id, payload }) => {
		const { db, now, keys, content, mailer, origin } = deps;
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
		await mailer.send(
			confirmationMail({ id, to: contact.email, contact, locale, brand, origin, link, paperTitle: paperTitle(content(), row.subject, locale) }),
			person.id,
		);
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
	/** Null for a request that opens no paper. */
	readonly paperTitle: string | null;
}

/** The mail in the reader's language. */
export function confirmationMail({ id, to, contact, locale, brand, origin, link, paperTitle }: ConfirmationParts): Mail {
	const words = textsFor(locale).mail;
	const { confirmation } = words;
	const title = paperTitle ?? '';
	// Anybody can type anything as a name; a mail of ours carries no address that a stranger chose.
	const typed = locale === 'en' ? (contact.name ?? null) : givenNameOf(contact);
	const name = typed !== null && ADDRESS_LIKE.test(typed) ? null : typed;
	const mail: MailContent = {
		locale,
		brand,
		hello: name ? fill(words.hello, { name }) : words.helloNobody,
		paragraphs: [paperTitle === null ? confirmation.requestLead : fill(confirmation.paperLead, { title })],
		button: { label: paperTitle === null ? confirmation.requestButton : confirmation.paperButton, url: link, hint: words.linkHint },
		notes: [fill(confirmation.validity, { days: GRANT_DAYS })],
		regards: words.regards,
		foot: [fill(words.reason, { site: new URL(origin).host })],
	};
	return {
		to,
		subject: paperTitle === null ? confirmation.requestSubject : fill(confirmation.paperSubject, { title }),
		text: mailText(mail),
		html: mailHtml(mail),
		messageId: `<${id}@${new URL(origin).hostname}>`,
		headers: { 'Auto-Submitted': 'auto-generated' },
	};
}

function paperTitle({ whitePapers }: Snapshot, subject: string, locale: Locale): string | null {
	const paper = whitePapers.find((candidate) => subject === `white_papers:${candidate.id}`);
	return paper ? inLocale(paper.title, locale) : null;
}
