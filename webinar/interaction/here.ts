import type { Visitor } from '#gating';
import { type Now, SECOND_MS } from '#kernel/clock.ts';
import type { Handle } from '#kernel/database.ts';

import { subjectOf, type WebinarsDeps } from '../deps.ts';
import type { Admission } from '../room/admission.ts';
import type { FanOut } from './fan-out.ts';
import type { Messages } from './message.ts';
import { createRate } from './rate.ts';

/** What the parts of a room need. */
export type RoomDeps = Pick<WebinarsDeps, 'db' | 'keys' | 'now' | 'random' | 'content' | 'gating' | 'log'> & {
	readonly messages: Messages;
	readonly fanOut: FanOut;
};

/** Somebody who is in the room, and acts. */
export type Here = Extract<Admission, { readonly status: 'admitted' }> & { readonly visitorId: string | null };

export const hereOf = (admission: Extract<Admission, { readonly status: 'admitted' }>, visitor: Visitor): Here => ({
	...admission,
	visitorId: visitor.visitorId,
});

/** Why something that was sent is not taken. */
export type Refusal =
	| { readonly status: 'invalid'; readonly code: 'empty' | 'too-long' | 'characters' | 'option' }
	/** No such thing, or over. */
	| { readonly status: 'closed' }
	| { readonly status: 'already-voted' }
	/** May read, and not talk. */
	| { readonly status: 'banned' }
	| { readonly status: 'slow-down'; readonly retryAfterSeconds: number }
	/** Not in the room, or not now. */
	| { readonly status: 'refused' | 'unknown' };

/** The person acting, as their behaviour is recorded. */
export const eventOf = ({ occurrence, registration, webinar, visitorId }: Here, at: Date) => ({
	at,
	personId: registration.personId,
	visitorId,
	subject: subjectOf(webinar.id),
	props: { occurrenceId: occurrence.id },
});

/** How often one person may do what, so many times in so many seconds. */
const LIMITS = { chat: [5, 10], question: [3, 60], vote: [20, 10], reaction: [10, 5], hand: [4, 20], call: [10, 60] } as const;
export type LimitName = keyof typeof LIMITS;

export interface Limits {
	/** Null: it may, and is counted. */
	take(name: LimitName, here: Here): Extract<Refusal, { readonly status: 'slow-down' }> | null;
}

export function createLimits(now: Now): Limits {
	const rates = Object.fromEntries(
		(Object.keys(LIMITS) as LimitName[]).map((name) => [name, createRate(now, LIMITS[name][0], LIMITS[name][1] * SECOND_MS)]),
	) as Record<LimitName, ReturnType<typeof createRate>>;
	return Object.freeze<Limits>({
		take: (name, { occurrence, registration }) => {
			const retryAfterSeconds = rates[name].take(`${occurrence.id}:${registration.personId}`);
			return retryAfterSeconds > 0 ? { status: 'slow-down', retryAfterSeconds } : null;
		},
	});
}

/** What is wrong with words that somebody wrote, or null. */
export function wrongWith(text: string, longest: number): 'empty' | 'too-long' | 'characters' | null {
	if (text === '') return 'empty';
	if (text.length > longest) return 'too-long';
	// Stored alike by both databases, and no control characters that would confuse a reader.
	return text.isWellFormed() && !/[\0-\x08\x0b\x0c\x0e-\x1f\x7f]/.test(text) ? null : 'characters';
}

/** Name and words sealed with the person's key; null when the person was erased. */
export async function sealSaid(
	{ gating }: Pick<RoomDeps, 'gating'>,
	tx: Handle,
	context: string,
	personId: string,
	said: object,
): Promise<Buffer | null> {
	return gating.people.seal(personId, context, JSON.stringify(said), tx);
}
