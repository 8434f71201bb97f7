import type { Visitor } from '#gating';
import { SECOND_MS } from '#kernel/clock.ts';
import { newId, stableId } from '#kernel/id.ts';

import { subjectOf, type WebinarsDeps } from '../deps.ts';
import { admissionOf, type PlaceOf } from '../room/admission.ts';
import { pollVote } from '../schema.ts';
import type { FanOut } from './fan-out.ts';
import { append, roomLock, rowsAbout } from './log.ts';
import type { BodyOf } from './kinds.ts';
import { CHAT_CONTEXT, type Said } from './message.ts';
import { createRate } from './rate.ts';

export const CHAT_LENGTH = 500;
const CHAT_BURST = 5;
const CHAT_WINDOW_MS = 10 * SECOND_MS;

export type InteractInput = {
	readonly slug: string;
	readonly visitor: Visitor;
} & (
	| {
			readonly kind: 'chat';
			readonly text: string;
			/** Made by the browser: a repeated post is written once. */
			readonly clientId?: string | undefined;
	  }
	| { readonly kind: 'vote'; readonly poll: string; /** From 0. */ readonly option: number }
);

export type InteractOutcome =
	/** `seq`: where a chat line is in the log; null for a vote, whose results follow within a second. */
	| { readonly status: 'accepted'; readonly seq: number | null }
	| { readonly status: 'invalid'; readonly code: 'empty' | 'too-long' | 'characters' | 'option' }
	| { readonly status: 'already-voted' }
	/** No such poll, or over. */
	| { readonly status: 'closed' }
	| { readonly status: 'slow-down'; readonly retryAfterSeconds: number }
	/** Not in the room, or not now. */
	| { readonly status: 'refused' | 'unknown' };

type InteractDeps = Pick<WebinarsDeps, 'db' | 'now' | 'random' | 'gating'> & { readonly placeOf: PlaceOf; readonly fanOut: FanOut };
type Admitted = Extract<ReturnType<typeof admissionOf>, { status: 'admitted' }>;

/** Takes what people in the room do: one body writes the row of the log and the behaviour event, then the room hears of it. */
export function createInteract({ db, now, random, gating, placeOf, fanOut }: InteractDeps) {
	const chatRate = createRate(now, CHAT_BURST, CHAT_WINDOW_MS);

	const chat = async (
		{ occurrence, registration, webinar }: Admitted,
		visitor: Visitor,
		said: string,
		clientId: string | undefined,
	): Promise<InteractOutcome> => {
		const text = said.trim();
		const code = wrongWith(text);
		if (code) return { status: 'invalid', code };
		const { personId } = registration;
		const id = clientId === undefined ? newId(now(), random) : stableId(`chat:${occurrence.id}:${personId}:${clientId}`);
		const retryAfterSeconds = chatRate.take(`${occurrence.id}:${personId}`);
		if (retryAfterSeconds > 0) return { status: 'slow-down', retryAfterSeconds };
		const contact = await gating.people.contact(personId);
		if (!contact) return { status: 'refused' };

		const seq = await db.write(
			async (tx) => {
				const at = now();
				const words: Said = { name: contact.name ?? '', text };
				const sealed = await gating.people.seal(personId, CHAT_CONTEXT, JSON.stringify(words), tx);
				const number = await append(tx, { id, occurrenceId: occurrence.id, kind: 'chat', personId, sealed, at });
				if (number === null) return null;
				await gating.events.record(tx, {
					id,
					type: 'webinar.chat',
					at,
					personId,
					visitorId: visitor.visitorId,
					subject: subjectOf(webinar.id),
					props: { occurrenceId: occurrence.id },
				});
				return number;
			},
			{ locks: roomLock(occurrence.id) },
		);
		await fanOut.pump(occurrence.id);
		return { status: 'accepted', seq };
	};

	const vote = async ({ occurrence, registration, webinar }: Admitted, visitor: Visitor, poll: string, option: number): Promise<InteractOutcome> =>
		db.write(
			async (tx): Promise<InteractOutcome> => {
				const [opened] = await rowsAbout(tx, occurrence.id, 'poll', poll);
				if (!opened) return { status: 'closed' };
				const body = opened.data as unknown as BodyOf<'poll'>;
				if (!Number.isInteger(option) || option < 0 || option >= body.options.length) return { status: 'invalid', code: 'option' };
				const { personId } = registration;
				const at = now();
				const voted = await tx
					.insert(pollVote)
					.values({ occurrenceId: occurrence.id, poll, personId, choices: [option], sealed: null, points: 0, tookMs: 0, at })
					.onConflictDoNothing()
					.returning({ poll: pollVote.poll });
				if (voted.length === 0) return { status: 'already-voted' };
				const id = stableId(`vote:${occurrence.id}:${poll}:${personId}`);
				await gating.events.record(tx, {
					id,
					type: 'webinar.poll',
					at,
					personId,
					visitorId: visitor.visitorId,
					subject: subjectOf(webinar.id),
					props: { occurrenceId: occurrence.id, poll },
				});
				return { status: 'accepted', seq: null };
			},
			{ locks: roomLock(occurrence.id) },
		);

	return async (input: InteractInput): Promise<InteractOutcome> => {
		const admission = admissionOf(await placeOf(input.slug, input.visitor));
		if (admission.status !== 'admitted') return { status: admission.status };
		if (admission.phase === 'on-demand') return { status: 'closed' };
		switch (input.kind) {
			case 'chat':
				return chat(admission, input.visitor, input.text, input.clientId);
			case 'vote':
				return vote(admission, input.visitor, input.poll, input.option);
		}
	};
}

function wrongWith(text: string): 'empty' | 'too-long' | 'characters' | null {
	if (text === '') return 'empty';
	if (text.length > CHAT_LENGTH) return 'too-long';
	// Stored alike by both databases, and no control characters that would confuse a reader.
	return text.isWellFormed() && !/[\0-\x08\x0b\x0c\x0e-\x1f\x7f]/.test(text) ? null : 'characters';
}
