import type { Locale } from '#cms/content.ts';
import type { Mail } from '#kernel/mailer.ts';
import type { Dropped } from '#kernel/outbox.ts';

import type { MailLink } from '../access/mail-layout.ts';

/**
 * How urgent a message is to whom it goes. `transactional` answers what they just asked and is never held up; `reminder` belongs to what they
 * registered for; `nurture` is a step of a journey; `mailing` goes to many at once.
 */
export const MESSAGE_CLASSES = ['transactional', 'reminder', 'nurture', 'mailing'] as const;
export type MessageClass = (typeof MESSAGE_CLASSES)[number];

export const MESSAGE_CHANNELS = ['mail', 'sms'] as const;
export type MessageChannel = (typeof MESSAGE_CHANNELS)[number];

/**
 * Where a message stands. `waiting` for its time, `deferred` to another one, `sending` handed to the other side without an answer yet; the
 * rest are ends: each message comes to exactly one of them, with a reason.
 */
export const MESSAGE_STATES = ['waiting', 'deferred', 'sending', 'sent', 'dropped', 'withdrawn', 'failed'] as const;
export type MessageState = (typeof MESSAGE_STATES)[number];

/** States of what can still be taken back. */
export const QUEUED_STATES = ['waiting', 'deferred'] as const satisfies readonly MessageState[];

/** Something to be sent to one person. Holds ids and codes; the words are made when it goes. */
export interface NewMessage {
	/** The same key is taken once. */
	readonly key: string;
	readonly personId: string;
	readonly class: MessageClass;
	readonly channel: MessageChannel;
	/** Who wrote it: `mailing:<id>`, `journey:<id>`. */
	readonly origin: string;
	/** Which registered composer makes its words. */
	readonly composer: string;
	/** Ids and codes, never personal data. */
	readonly params: Readonly<Record<string, string>>;
	readonly dueAt: Date;
	/** After it, it is dropped as `too-late`; null: it is never too late. */
	readonly latestAt: Date | null;
	/** The higher goes first where not all may go. */
	readonly priority: number;
}

/** A message that goes now. */
export interface OutgoingMessage extends NewMessage {
	/** Also its Message-ID, before the at. */
	readonly id: string;
}

/** What a mail is for: an answer to what the person asked (`necessary`), or something they may stop. */
export type MailPurpose = 'necessary' | 'reminders' | 'following' | 'marketing.email';

/** The words of a mail without receiver and id, which the queue adds. */
export type ComposedMail = Omit<Mail, 'to' | 'messageId'>;

/** The words of a message, by its channel. */
export type ComposedMessage =
	| {
			readonly channel: 'mail';
			readonly locale: Locale;
			/** Left out: by the class, `marketing.email` for nurture and mailings. */
			readonly purpose?: MailPurpose;
			/** `preferences` belongs into the foot. */
			compose(preferences: MailLink): ComposedMail;
	  }
	| {
			readonly channel: 'sms';
			readonly locale: Locale;
			/** Plain words: all of it. */
			readonly text: string;
			/** Where it leads; null for nowhere. */
			readonly url: string | null;
	  };

/** At delivery: the words, or why there is nothing to send any more (they left the segment, the journey was stopped). */
export type Composer = (message: OutgoingMessage) => Promise<ComposedMessage | Dropped>;
/** Composers by the name that messages are posted with. */
export type Composers = Readonly<Record<string, Composer>>;

/** What is taken back: everything of an origin, of a person, or single messages. */
export type Withdrawal = { readonly origin: string } | { readonly personId: string } | { readonly keys: readonly string[] };
