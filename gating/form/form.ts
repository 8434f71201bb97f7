import type { FieldRule, FormField, Locale } from '#cms/content.ts';
import { MINUTE_MS } from '#kernel/clock.ts';
import type { FieldError } from '#kernel/errors.ts';

import type { FormArrival } from '../channel/arrival.ts';
import type { Purpose } from '../consent/purpose.ts';
import type { SetCookie } from '../identity/cookies.ts';
import type { Visitor } from '../identity/visitor.ts';
import type { CountryOption } from './country.ts';

/** Requests for the same thing within this time count as one. */
export const SAME_REQUEST_MS = 10 * MINUTE_MS;

/** Answers as a form sends them: field name → text. `multi` fields join their values with `, `. */
export type Answers = Readonly<Record<string, string>>;

/** One field to show, in the reader's language. */
export interface FieldView {
	readonly name: string;
	readonly kind: FormField['kind'];
	readonly isRequired: boolean;
	readonly label: string;
	readonly help: string;
	readonly autocomplete: string;
	readonly maxLength: number;
	/** For `select` and `multi`; empty otherwise. */
	readonly options: readonly { readonly value: string; readonly label: string }[];
	/** Hangs on another field shown: the browser may hide or require it meanwhile, the hub decides. `isRequired`: whenever the other fits. */
	readonly when: (FieldRule & { readonly isRequired: boolean }) | null;
	/** For `phone`: whose numbers a number without `+` is read as, sent as the answer `name`. */
	readonly country: { readonly name: string; readonly preset: string; readonly options: readonly CountryOption[] } | null;
}

/** Name under which the country of a phone field is sent. */
export const countryName = (field: string): string => `${field}-country`;

/** A wording shown beside a choice. */
export interface ConsentView {
	readonly purpose: Purpose;
	readonly title: string;
	readonly text: string;
}

/** What to ask this visitor now. */
export interface FormView {
	readonly key: string;
	readonly title: string;
	readonly intro: string;
	readonly submit: string;
	/** Without what is known of a verified person. */
	readonly fields: readonly FieldView[];
	/** Separate choices, never ticked beforehand; without those already given. */
	readonly consents: readonly ConsentView[];
	/** What is kept anyway, and why; null when the form names no such text. */
	readonly notice: ConsentView | null;
	/** True when nothing must be typed: a button is enough. */
	readonly isOneClick: boolean;
	/** True when we take the visitor for somebody: "Not you?" goes with it. */
	readonly isRecognised: boolean;
	/** How to greet them; null for strangers and the nameless. */
	readonly givenName: string | null;
}

/** Name of the hidden answer that repeats a free-mail address after the form asked whether it is meant. */
export const FREE_MAIL_ANSWER = 'freeMail';

export interface SubmitInput {
	readonly formKey: string;
	/** `white_papers:<id>`, `quote`, `contact`: what the person asks for. */
	readonly subject: string;
	readonly answers: Answers;
	readonly consents: readonly string[];
	readonly locale: Locale;
	/** IANA zone of the browser; an unknown one becomes the company's. */
	readonly timeZone: string;
	readonly visitor: Visitor;
	/** Network prefix of the client address, for limits; null for a caller that has limits of its own. */
	readonly network: string | null;
	/** Channel code the visit came by, or `direct`. */
	readonly channel: string;
	/** The same with all that is known of it, which fields of the kind `channel` keep; left out where nobody can tell. */
	readonly arrival?: FormArrival | undefined;
	/** The same key answers the same and does nothing twice. */
	readonly idempotencyKey?: string | undefined;
	readonly trap: Trap;
}

/** What tells people from machines. */
export interface Trap {
	/** A field that people do not see. */
	readonly honeypot: string;
	/** From {@link issueChallenge}; null without script. */
	readonly challenge: string | null;
	/** A solved puzzle as JSON, where one was asked for. */
	readonly proof?: string | null;
	/** True when the sending page ran our script. */
	readonly isScripted?: boolean;
}

/** Come again later. `needsProof`: or at once, with a solved puzzle. */
export interface SlowDown {
	readonly status: 'slow-down';
	readonly retryAfterSeconds: number;
	readonly needsProof?: boolean;
}

export type SubmitOutcome =
	/** `setCookies`: by which the browser that asked is known, to type the mail's code or to use its link. */
	| { readonly status: 'confirmation-sent'; readonly personId: string; readonly setCookies: readonly SetCookie[] }
	/** A verified person: the content is open at once, no mail. */
	| { readonly status: 'granted'; readonly personId: string }
	| { readonly status: 'invalid'; readonly errors: readonly FieldError[] }
	| SlowDown;
