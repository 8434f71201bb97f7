import type { Locale } from '#cms/content.ts';
import type { Now } from '#kernel/clock.ts';
import type { Database, Handle } from '#kernel/database.ts';
import { isDomainError } from '#kernel/errors.ts';
import type { Keys } from '#kernel/keys.ts';
import type { Mail, Mailer } from '#kernel/mailer.ts';
import type { Dropped } from '#kernel/outbox.ts';
import { textsFor } from '#kernel/texts/index.ts';

import type { MailLink } from '../access/mail-layout.ts';
import { vacate } from '../account/post.ts';
import { consentsOf, hasObjected } from '../consent/ledger.ts';
import { preferencesLink, stopLink } from '../consent/link.ts';
import { livingPerson } from '../identity/person.ts';
import type { MailPurpose } from './message.ts';

/** What mail servers answer of a mailbox that is not there, as the mailer's refusal quotes it. Source: https://www.rfc-editor.org/rfc/rfc5321#section-4.2.3 */
const UNKNOWN_MAILBOX = /\(55[013]\)/;

export interface DeliverDeps {
	readonly db: Database;
	readonly keys: Keys;
	readonly now: Now;
	readonly mailer: Mailer;
	readonly origin: string;
}

export interface PersonalMail {
	readonly personId: string;
	readonly purpose: MailPurpose;
	readonly locale: Locale;
	/** Puts the mail together; `preferences` belongs into its foot. */
	compose(preferences: MailLink): Mail;
}

/**
 * Hands a mail to the person it is for, if at this very moment they are known and its purpose holds: whatever was agreed to when
 * it was queued. Otherwise returns why not. What is not strictly an answer carries a link that stops it with one click.
 *
 * Source: https://www.rfc-editor.org/rfc/rfc8058
 */
export async function deliverMail(deps: DeliverDeps, { personId, purpose, locale, compose }: PersonalMail): Promise<void | Dropped> {
	const { db, mailer } = deps;
	if (!(await livingPerson(db.read, personId))) return { dropped: 'erased' };
	const reason = await refusal(db.read, personId, purpose);
	if (reason !== null) return { dropped: reason };
	const mail = compose({ label: textsFor(locale).privacy.mailFoot, url: preferencesLink(deps, personId, locale) });
	const headers = purpose === 'necessary' ? {} : oneClickHeaders(stopLink(deps, { personId, purpose }, locale));
	try {
		await mailer.send({ ...mail, headers: { ...mail.headers, ...headers } }, personId);
	} catch (error) {
		// Nobody reads mail there any more: who had the address has left.
		if (isDomainError(error) && UNKNOWN_MAILBOX.test(error.message)) await db.write((tx) => vacate(tx, personId, 'bounce', deps.now()));
		throw error;
	}
}

/** Why a mail of this purpose may not go to the person now; null when it may. */
async function refusal(handle: Handle, personId: string, purpose: MailPurpose): Promise<'objected' | 'no-consent' | null> {
	switch (purpose) {
		case 'necessary':
			return null;
		case 'reminders':
			return (await hasObjected(handle, personId, purpose)) ? 'objected' : null;
		case 'following':
		case 'marketing.email':
			return (await consentsOf(handle, { visitorId: null, personId })).has(purpose) ? null : 'no-consent';
	}
}

function oneClickHeaders(url: string): Readonly<Record<string, string>> {
	return { 'List-Unsubscribe': `<${url}>`, 'List-Unsubscribe-Post': 'List-Unsubscribe=One-Click' };
}
