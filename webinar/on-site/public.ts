import type { Locale, LocalisedText } from '#cms/content.ts';
import type { FormView, Reader } from '#gating';
import type { FieldError } from '#kernel/errors.ts';

import type { RegistrationState } from '../schema.ts';
import type { CheckInHow } from './schema.ts';

export type { CheckInHow };

/** One person on the list at the door. */
export interface Expected {
	readonly registrationId: string;
	readonly personId: string;
	/** Ten letters, as a scanner reads them. */
	readonly ticket: string;
	readonly name: string;
	readonly company: string;
	readonly state: RegistrationState;
	readonly checkedInAt: Date | null;
}

/** Somebody with a ticket, or found on the list. */
export interface CheckInEntry {
	/** Of the phone's own making: the same entry sent again is the same check-in. Null where it is sent once. */
	readonly id: string | null;
	/** What was scanned or typed, or the id of a registration that was chosen from the list. */
	readonly ticket: string | null;
	readonly registrationId: string | null;
	/** By the phone's clock. */
	readonly at: Date;
	readonly how: Exclude<CheckInHow, 'walk-in'>;
}

export type CheckInOutcome =
	| { readonly status: 'checked-in' | 'already'; readonly registrationId: string; readonly name: string; readonly company: string; readonly at: Date }
	/** Not a ticket of this hub, or nobody on the list. */
	| { readonly status: 'unknown' }
	/** A ticket, but of something else. */
	| { readonly status: 'other-event'; readonly title: LocalisedText; readonly startsAt: Date }
	/** They registered, but have no seat. */
	| { readonly status: 'no-seat'; readonly name: string; readonly state: RegistrationState };

/** Somebody who did not register before. */
export interface WalkIn {
	/** As of {@link CheckInEntry}. */
	readonly id: string | null;
	readonly answers: Readonly<Record<string, string>>;
	/** Purposes they agreed to, asked in the form's own words. */
	readonly consents: readonly string[];
	readonly locale: Locale;
	readonly at: Date;
}

export type WalkInOutcome =
	| Extract<CheckInOutcome, { readonly status: 'checked-in' | 'already' | 'no-seat' }>
	| { readonly status: 'full' | 'closed' }
	| { readonly status: 'invalid'; readonly errors: readonly FieldError[] }
	| { readonly status: 'slow-down'; readonly retryAfterSeconds: number };

type By = Pick<Reader, 'actor' | 'origin'>;

/** The door of a fair, summit or workshop. Callers have asked for the right to host. */
export interface OnSite {
	/** Everybody who registered, by name. @throws DomainError not-found when there is no such event on site */
	expected(occurrenceId: string): Promise<readonly Expected[]>;
	/** The form of the event as nobody known would get it; null when the event is no longer published. */
	form(occurrenceId: string, locale: Locale): Promise<FormView | null>;
	checkIn(occurrenceId: string, entry: CheckInEntry, by: By): Promise<CheckInOutcome>;
	walkIn(occurrenceId: string, walkIn: WalkIn, by: By): Promise<WalkInOutcome>;
}
