import { eq } from 'drizzle-orm';

import type { Locale } from '#cms/content.ts';
import type { Now } from '#kernel/clock.ts';
import type { Database, Handle } from '#kernel/database.ts';
import { isDomainError } from '#kernel/errors.ts';
import type { Random } from '#kernel/id.ts';
import type { Keys } from '#kernel/keys.ts';
import type { Mail, Mailer } from '#kernel/mailer.ts';
import type { Deferred, Dropped } from '#kernel/outbox.ts';
import { outbox } from '#kernel/schema.ts';
import { textsFor } from '#kernel/texts/index.ts';

import type { MailLink } from '../access/mail-layout.ts';
import { vacate } from '../account/post.ts';
import { consentsOf, hasObjected } from '../consent/ledger.ts';
import { preferencesLink, stopLink } from '../consent/link.ts';
import { livingPerson } from '../identity/person.ts';
import { message } from '../schema.ts';
import { mayGo } from './may-go.ts';
import type { MailPurpose, MessageClass } from './message.ts';
import { CLAIM_MS, decide } from './settle.ts';
import { liveSettings } from './settings.ts';
import { suppressPerson } from './suppress.ts';

/** What mail servers answer of a mailbox that is not there, as the mailer's refusal quotes it. Source: https://www.rfc-editor.org/rfc/rfc5321#section-4.2.3 */
const UNKNOWN_MAILBOX = /\(55[013]\)/;

export interface DeliverDeps {
	readonly db: Database;
	readonly keys: Keys;
	readonly now: Now;
	readonly random: Random;
	readonly mailer: Mailer;
	readonly origin: string;
	/** The company's IANA zone. */
	readonly timeZone: () => string;
}

export interface PersonalMail {
	readonly personId: string;
	readonly purpose: MailPurpose;
	readonly locale: Locale;
	/** Puts the mail together; `preferences` belongs into its foot. */
	compose(preferences: MailLink): Mail;
}

/** Nothing when it went; else why it may not go, or until when it waits. */
export type Delivered = void | Dropped | Deferred;

/** How urgent a mail is that another part sends by itself. */
const CLASS_OF: Readonly<Record<MailPurpose, MessageClass>> = {
	necessary: 'transactional',
	reminders: 'reminder',
	following: 'nurture',
	'marketing.email': 'mailing',
};

/**
 * Hands a mail of the outbox to the person it is for, if at this very moment they are known, its purpose holds, and the caps have room for
 * it: whatever was agreed to when it was queued. Otherwise returns why not, or when it is to be asked again. Each is kept among the
 * messages, so that it counts and can be explained.
 */
export async function deliverMail(deps: DeliverDeps, mail: PersonalMail): Promise<Delivered> {
	const { db, now } = deps;
	if (!(await livingPerson(db.read, mail.personId))) return { dropped: 'erased' };
	const composed = composeFor(deps, mail);
	const id = composed.messageId.slice(1, composed.messageId.indexOf('@'));
	const kind = CLASS_OF[mail.purpose];
	const row = await record(deps, id, mail.personId, kind);
	if (row.state === 'sent') return undefined;
	if (kind !== 'transactional') {
		const held = await take(deps, id, mail.purpose);
		if (held) return held;
	}
	const state = kind === 'transactional' ? row.state : 'sending';
	try {
		await hand(deps, mail, composed);
	} catch (error) {
		const isOver = isDomainError(error) && error.code === 'invalid';
		await db.write((tx) =>
			decide(tx, deps, { id, state }, isOver ? { state: 'failed', reason: 'refused' } : { state: 'deferred', reason: 'server-busy', until: now() }),
		);
		throw error;
	}
	await db.write((tx) => decide(tx, deps, { id, state }, { state: 'sent', reason: 'sent' }));
	return undefined;
}

/** The mail's row among the messages, made at its first try. */
function record({ db, now }: DeliverDeps, id: string, personId: string, kind: MessageClass): Promise<typeof message.$inferSelect> {
	return db.write(async (tx) => {
		const at = now();
		const [sender] = await tx.select({ kind: outbox.kind }).from(outbox).where(eq(outbox.id, id));
		await tx
			.insert(message)
			.values({
				...{ id, key: `outbox:${id}`, personId, class: kind, channel: 'mail', origin: sender?.kind ?? 'outbox', composer: '', params: {} },
				...{ dueAt: at, plannedAt: at, latestAt: null, priority: 0, state: 'waiting', reason: '', attempts: 0, answer: '', createdAt: at },
			})
			.onConflictDoNothing();
		const [row] = await tx.select().from(message).where(eq(message.id, id));
		return row as typeof message.$inferSelect;
	});
}

/** Takes its place under the caps; or says why there is none. */
function take(deps: DeliverDeps, id: string, purpose: MailPurpose): Promise<Dropped | Deferred | undefined> {
	const { db, now, timeZone } = deps;
	return db.write(
		async (tx) => {
			const [row] = await tx.select().from(message).where(eq(message.id, id));
			if (!row) return { dropped: 'erased' };
			const { body: settings } = await liveSettings(tx);
			const permission = await mayGo(tx, row, { settings, now: now(), zone: timeZone(), purpose });
			switch (permission.verdict) {
				case 'drop':
					await decide(tx, deps, row, { state: 'dropped', reason: permission.reason });
					return { dropped: permission.reason };
				case 'defer':
					await decide(tx, deps, row, { state: 'deferred', reason: permission.reason, until: permission.until });
					return { deferredUntil: permission.until };
				case 'send':
					await decide(tx, deps, row, { state: 'sending', reason: 'allowed', claimedUntil: new Date(now().getTime() + CLAIM_MS) });
					return undefined;
			}
		},
		{ locks: 'messages' },
	);
}

/** The same for a mail of the queue, which keeps its row itself. */
export async function sendMail(deps: DeliverDeps, mail: PersonalMail): Promise<void | Dropped> {
	const reason = await refusal(deps.db.read, mail.personId, mail.purpose);
	if (reason !== null) return { dropped: reason };
	return hand(deps, mail, composeFor(deps, mail));
}

const composeFor = (deps: DeliverDeps, { personId, locale, compose }: PersonalMail): Mail =>
	compose({ label: textsFor(locale).privacy.mailFoot, url: preferencesLink(deps, personId, locale) });

/**
 * What is not strictly an answer carries a link that stops it with one click.
 *
 * Source: https://www.rfc-editor.org/rfc/rfc8058
 */
async function hand(deps: DeliverDeps, { personId, purpose, locale }: PersonalMail, mail: Mail): Promise<void> {
	const headers = purpose === 'necessary' ? {} : oneClickHeaders(stopLink(deps, { personId, purpose }, locale));
	try {
		await deps.mailer.send({ ...mail, headers: { ...mail.headers, ...headers } }, personId);
	} catch (error) {
		if (isDomainError(error) && UNKNOWN_MAILBOX.test(error.message)) await deps.db.write((tx) => closeMailbox(tx, deps, personId));
		throw error;
	}
}

/** Nobody reads mail there any more: who had the address has left, and nothing but answers goes there. */
export async function closeMailbox(tx: Handle, deps: Pick<DeliverDeps, 'keys' | 'now' | 'random'>, personId: string): Promise<void> {
	await vacate(tx, personId, 'bounce', deps.now());
	await suppressPerson(tx, deps, { personId, channel: 'mail', reason: 'hard-bounce', actor: 'system' });
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
