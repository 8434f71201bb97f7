import { readFileSync } from 'node:fs';

import { createTransport } from 'nodemailer';

import type { Now } from './clock.ts';
import type { Database } from './database.ts';
import { DomainError } from './errors.ts';
import { newId, type Random } from './id.ts';
import { mailbox } from './schema.ts';

const PERMANENT_FAILURE = /^5(?!21)\d\d$/;

export interface Mail {
	readonly to: string;
	readonly subject: string;
	readonly text: string;
	readonly html: string;
	/** The same id on every try, so that a receiver can drop a repeat. */
	readonly messageId: string;
	readonly headers?: Readonly<Record<string, string>>;
	/** Files that go with it; `content` is base64. One with a `cid` is shown where the text names it. */
	readonly attachments?: readonly { readonly filename: string; readonly mediaType: string; readonly content: string; readonly cid?: string }[];
	readonly calendar?: { readonly method: 'REQUEST' | 'CANCEL' | 'PUBLISH'; readonly content: string; readonly filename: string };
}

/** Hands mail over to whoever delivers it. */
export interface Mailer {
	/**
	 * `personId` is whose mail it is, by whose key it is sealed where it is kept; null for one that is about nobody.
	 *
	 * @throws DomainError invalid when the receiver is refused for good; any other error when it is worth another try.
	 */
	send(mail: Mail, personId: string | null): Promise<void>;
	check(): Promise<'ok' | 'down'>;
	close(): Promise<void>;
}

/** How mails leave. `url` is `smtp://user:password@host:port`. */
export interface SmtpSettings {
	readonly url: string;
	readonly from: string;
	/** Mails that the server takes side by side. */
	readonly connections?: number;
	/** Where reports of failed mails go: `bounces@example.com` gets those of a mail at `bounces+<id>@example.com`. */
	readonly bounces?: string | null;
	/** The key is PEM, of the record `<selector>._domainkey.<domain>`. Source: https://www.rfc-editor.org/rfc/rfc6376 */
	readonly dkim?: { readonly domain: string; readonly selector: string; readonly keyFile: string } | null;
}

/** Sends through an SMTP server with a small pool. @throws Error when the key cannot be read */
export function smtpMailer({ url, from, connections = 3, bounces = null, dkim = null }: SmtpSettings): Mailer {
	const transport = createTransport({
		url,
		pool: true,
		maxConnections: connections,
		...(dkim ? { dkim: { domainName: dkim.domain, keySelector: dkim.selector, privateKey: readFileSync(dkim.keyFile, 'utf8') } } : {}),
		connectionTimeout: 10_000,
		greetingTimeout: 10_000,
		socketTimeout: 30_000,
	} as never);
	return Object.freeze<Mailer>({
		send: async (mail) => {
			try {
				await transport.sendMail({
					from,
					to: mail.to,
					...(bounces ? { envelope: { from: returnPath(bounces, mail.messageId), to: mail.to } } : {}),
					subject: mail.subject,
					text: mail.text,
					html: mail.html,
					messageId: mail.messageId,
					headers: { ...mail.headers },
					...(mail.attachments
						? {
								attachments: mail.attachments.map(({ mediaType: contentType, ...file }) => ({ ...file, contentType, encoding: 'base64' })),
							}
						: {}),
					...(mail.calendar ? { icalEvent: { method: mail.calendar.method, content: mail.calendar.content, filename: mail.calendar.filename } } : {}),
				});
			} catch (error) {
				const code = error instanceof Error && 'responseCode' in error ? String(error.responseCode) : '';
				if (PERMANENT_FAILURE.test(code)) throw new DomainError('invalid', `the mail server refused the mail (${code})`, { cause: error });
				throw error;
			}
		},
		check: async () => {
			try {
				await transport.verify();
				return 'ok';
			} catch {
				return 'down';
			}
		},
		close: async () => transport.close(),
	});
}

/** `bounces+<id>@example.com`: who reports a failure says so of which mail, even where the report quotes nothing of it. */
function returnPath(bounces: string, messageId: string): string {
	const at = bounces.lastIndexOf('@');
	return `${bounces.slice(0, at)}+${messageId.slice(1).split('@')[0] ?? ''}${bounces.slice(at)}`;
}

/** Keeps mail in the hub, to be read at `/console/mailbox`, encrypted with the receiver's key. The embedded default. */
export function mailboxMailer({
	db,
	now,
	random,
	seal,
}: {
	readonly db: Database;
	readonly now: Now;
	readonly random: Random;
	/** Encrypts with the person's key; null when the person was erased. */
	readonly seal: (personId: string | null, text: string) => Promise<Buffer | null>;
}): Mailer {
	return Object.freeze<Mailer>({
		send: async (mail, personId) => {
			const sealed = await seal(personId, JSON.stringify(mail));
			if (!sealed) throw new DomainError('invalid', 'the receiver was erased');
			await db.write(async (tx) => {
				await tx.insert(mailbox).values({ id: newId(now(), random), personId, sealed, createdAt: now() });
			});
		},
		check: async () => 'ok',
		close: async () => undefined,
	});
}
