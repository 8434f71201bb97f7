import type { Log } from '#kernel/log.ts';

import type { Templates } from '../mailing/templates.ts';
import type { Messages } from '../message/create-messages.ts';
import type { TagsDeps } from '../tag/context.ts';
import type { Outcome } from './definition.ts';

/** How somebody turned out at a session as far as is known now; null when they have no seat, or it is not over. */
export type OutcomeNow = (occurrenceId: string, personId: string) => Promise<Outcome | null>;

export interface JourneyDeps extends TagsDeps {
	readonly log: Log;
	readonly origin: string;
	readonly timeZone: () => string;
	readonly messages: () => Pick<Messages, 'postMany' | 'withdraw'>;
	readonly templates: Pick<Templates, 'compose'>;
	/** Webinars tell it: asked again when a mail goes. */
	readonly outcomeNow: () => OutcomeNow;
}

/** Bodies that move people wait for each other: what one did, the next finds done. */
export const JOURNEY_LOCK = 'journey';
/** Who writes the words of messages of journeys. */
export const COMPOSER = 'journey';
export const originOf = (journeyId: string): string => `journey:${journeyId}`;
/** One message for each step of each enrolment, whatever crashes. */
export const messageKey = (enrolmentId: string, stepId: string): string => `journey:${enrolmentId}:${stepId}`;
