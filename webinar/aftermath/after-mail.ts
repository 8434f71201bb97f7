/** Kind of the outbox rows of mails that come after a session, or tell of the next. */
export const AFTER_MAIL = 'webinar-after-mail';

/** What such a row holds: ids only. */
export type AfterOrder =
	| { readonly template: 'follow-up'; readonly occurrenceId: string; readonly registrationId: string }
	| { readonly template: 'prize'; readonly drawId: string; readonly entry: string }
	| { readonly template: 'answer'; readonly questionId: string }
	| { readonly template: 'next'; readonly occurrenceId: string; readonly personId: string };
