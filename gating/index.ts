/**
 * Gating decides who a visitor is, what they may see, what they agreed to, how warm they are and who works them. It leaves
 * words and pictures to the CMS, webinars to their own folder, and requests, cookies and HTML to the site.
 * This is the only file that others import.
 */
import type { Locale, Snapshot } from '#cms/content.ts';
import type { Now } from '#kernel/clock.ts';
import type { Database, Handle } from '#kernel/database.ts';
import type { Random } from '#kernel/id.ts';
import type { Keys } from '#kernel/keys.ts';
import type { Log } from '#kernel/log.ts';
import type { Mailer } from '#kernel/mailer.ts';
import type { OutboxHandler } from '#kernel/outbox.ts';

import type { Access, GatePolicy } from './access/decide.ts';
import type { ConfirmOutcome, DownloadRequest, OpenedDownload, PeekedConfirmation } from './access/grant.ts';
import type { AnswerInput, WithdrawInput } from './consent/answer.ts';
import type { Purpose } from './consent/purpose.ts';
import type { ConsentState } from './consent/ledger.ts';
import type { FormView, SubmitInput, SubmitOutcome } from './form/form.ts';
import type { SetCookie } from './identity/cookies.ts';
import type { Contact } from './identity/profile.ts';
import type { ResolveInput, ResolveOutcome } from './identity/resolve.ts';
import type { VerifiedActInput, VerifiedAct } from './identity/verify.ts';
import type { Visitor, VisitorCookies } from './identity/visitor.ts';
import type { PersonalDataSource } from './privacy/source.ts';

export interface GatingDeps {
	readonly db: Database;
	readonly keys: Keys;
	readonly now: Now;
	readonly random: Random;
	readonly log: Log;
	/** Origin of links in mails, without a trailing slash. */
	readonly origin: string;
	/** The company's IANA zone. */
	readonly timeZone: () => string;
	/** Published content in memory. */
	readonly content: () => Snapshot;
	readonly mailer: Mailer;
	/** Read at each call: sources that are made after gating may be pushed in. */
	readonly personalData: readonly PersonalDataSource[];
}

export interface Gating {
	readonly visitors: {
		/** Never writes: unknown, expired and forged cookies make a stranger. */
		identify(cookies: VisitorCookies): Promise<Visitor>;
		/** "Not you?": ends the pass and cuts this browser loose from the person. */
		signOut(cookies: VisitorCookies): Promise<{ readonly setCookies: readonly SetCookie[] }>;
	};
	readonly consents: {
		/** The visitor's answer to the notice. A browser gets an identity only if a purpose needs one. */
		answer(input: AnswerInput): Promise<{ readonly setCookies: readonly SetCookie[] }>;
		/** Everything a person was asked, newest answer per purpose. */
		of(personId: string): Promise<readonly ConsentState[]>;
		/** Withdrawal or objection; acts at once. */
		withdraw(input: WithdrawInput): Promise<void>;
	};
	readonly forms: {
		/** What to ask this visitor now. @throws DomainError not-found */
		describe(key: string, visitor: Visitor, locale: Locale): Promise<FormView>;
		/** A token fetched at first focus; proves some seconds between reading and sending. */
		issueChallenge(): string;
		/** @throws DomainError not-found (form, subject), conflict (another body under the same key) */
		submit(input: SubmitInput): Promise<SubmitOutcome>;
	};
	readonly people: {
		/** Inside a body of the caller: the person of these answers, made if new. Answers of strangers wait for a verified act. */
		resolve(tx: Handle, input: ResolveInput): Promise<ResolveOutcome>;
		/** Inside a body of the caller: a link from the person's own mail was used in this browser. */
		verifiedAct(tx: Handle, input: VerifiedActInput): Promise<VerifiedAct>;
		/** Null when unknown or erased. */
		contact(personId: string): Promise<Contact | null>;
		/** Encrypts with the person's key; null when erased. Pass `tx` inside a body. */
		seal(personId: string, context: string, text: string, tx?: Handle): Promise<Buffer | null>;
		/** Opens what `seal` made; null when erased. */
		unseal(personId: string, context: string, sealed: Buffer, tx?: Handle): Promise<string | null>;
	};
	readonly access: {
		decide(policy: GatePolicy, visitor: Visitor): Access;
		/** What a confirmation link is for. Changes nothing. */
		peekConfirmation(token: string): Promise<PeekedConfirmation>;
		confirm(token: string, visitor: Visitor, cookies: VisitorCookies): Promise<ConfirmOutcome>;
		requestDownload(visitor: Visitor, paperId: string, locale: Locale): Promise<DownloadRequest>;
		openDownload(token: string): Promise<OpenedDownload>;
	};
	readonly privacy: {
		/** Everything kept of a person. @throws DomainError not-found */
		export(personId: string, actor: string): Promise<Readonly<Record<string, unknown>>>;
		/** Destroys the key and the look-ups; what remains names nobody. @throws DomainError not-found */
		erase(personId: string, actor: string): Promise<void>;
	};
	/** Deliveries of this folder, by outbox kind. */
	readonly handlers: Readonly<Record<string, OutboxHandler>>;
}

export type { Access, AnswerInput, ConfirmOutcome, ConsentState, Contact, DownloadRequest, FormView, OpenedDownload, PeekedConfirmation };
export type { PersonalDataSource, Purpose, ResolveInput, ResolveOutcome, SetCookie, SubmitInput, SubmitOutcome, VerifiedAct, VerifiedActInput };
export type { Visitor, VisitorCookies, WithdrawInput };
export { STRANGER } from './identity/visitor.ts';
