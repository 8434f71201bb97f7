import type { Visitor } from '#gating';

import { admissionOf, type PlaceOf } from '../room/admission.ts';
import { follow, openMaterial } from './call.ts';
import { chat } from './chat.ts';
import { createLimits, type Here, hereOf, type LimitName, type Refusal, type RoomDeps } from './here.ts';
import { raiseHand } from './hand.ts';
import { createRate } from './rate.ts';
import { answer } from './poll/answer.ts';
import { ask, upvote } from './question/ask.ts';
import type { Reaction, Reactions } from './reaction.ts';

/** What somebody in the room can do. `clientId` is made by the browser: a repeated post is written once. */
export type RoomAct =
	| { readonly kind: 'chat'; readonly text: string; readonly clientId?: string | undefined }
	| { readonly kind: 'question'; readonly text: string; readonly isPrivate?: boolean | undefined; readonly clientId?: string | undefined }
	| { readonly kind: 'upvote'; readonly question: string }
	/** `option` and `options` from 0; `text` where the poll asks for own words. */
	| {
			readonly kind: 'vote';
			readonly poll: string;
			readonly option?: number | undefined;
			readonly options?: readonly number[] | undefined;
			readonly text?: string | undefined;
	  }
	| { readonly kind: 'reaction'; readonly reaction: Reaction }
	| { readonly kind: 'hand'; readonly isUp: boolean }
	| { readonly kind: 'call'; readonly call: string }
	| { readonly kind: 'resource'; readonly target: string };

export type InteractInput = { readonly slug: string; readonly visitor: Visitor } & RoomAct;

export type InteractOutcome =
	/**
	 * `seq`: where a line is in the log; null for what is told together with others within a second, and for what was there before.
	 * `isHeld`: it waits for a moderator.
	 */
	{ readonly status: 'accepted'; readonly seq: number | null; readonly isHeld?: boolean } | Refusal;

type InteractDeps = RoomDeps & { readonly placeOf: PlaceOf; readonly reactions: Reactions };

const LIMIT_OF = {
	chat: 'chat',
	question: 'question',
	upvote: 'vote',
	vote: 'vote',
	reaction: 'reaction',
	hand: 'hand',
	call: 'call',
	resource: 'call',
} as const satisfies Record<RoomAct['kind'], LimitName>;

/** A refusal of one kind for one person is logged so often at most. */
const NOTE_MS = 60_000;

/** Takes what people in the room do: one body writes the row of the log and the behaviour event, then the room hears of it. */
export function createInteract(deps: InteractDeps) {
	const { placeOf, reactions, fanOut, now, log } = deps;
	const limits = createLimits(now);
	const notes = createRate(now, 1, NOTE_MS);
	/** Puts on record what was not taken, without words; a flood of the same once in a while. */
	const note = ({ occurrenceId, registration }: Here, kind: RoomAct['kind'], refusal: Refusal): void => {
		if (notes.take(`${registration.id}:${kind}:${refusal.status}`) > 0) return;
		const code = refusal.status === 'invalid' ? refusal.code : undefined;
		log.warn({ occurrenceId, registrationId: registration.id, kind, status: refusal.status, code }, 'what somebody did in a room was not taken');
	};

	const act = async (here: Here, input: RoomAct): Promise<InteractOutcome> => {
		switch (input.kind) {
			case 'chat':
				return spoken(await chat(deps, here, input.text, input.clientId));
			case 'question':
				return spoken(await ask(deps, here, { text: input.text, isPrivate: input.isPrivate ?? false, clientId: input.clientId }));
			case 'upvote': {
				const outcome = await upvote(deps, here, input.question);
				return outcome.status === 'accepted' ? { ...outcome, seq: null } : outcome;
			}
			case 'vote': {
				const { option, options = [], text = '' } = input;
				return answer(deps, here, input.poll, { choices: option === undefined ? options : [option], text });
			}
			case 'reaction':
				reactions.add(here, input.reaction);
				return { status: 'accepted', seq: null };
			case 'hand':
				return raiseHand(deps, here, input.isUp);
			case 'call':
				return follow(deps, here, input.call);
			case 'resource':
				return openMaterial(deps, here, input.target);
		}
	};

	return async ({ slug, visitor, ...input }: InteractInput): Promise<InteractOutcome> => {
		const admission = admissionOf(await placeOf(slug, visitor));
		if (admission.status !== 'admitted') return { status: admission.status };
		const here = hereOf(admission, visitor);
		if (admission.phase === 'on-demand' && input.kind !== 'resource') return { status: 'closed' };
		const slow = limits.take(LIMIT_OF[input.kind], here);
		const outcome = slow ?? (await act(here, input));
		if (outcome.status !== 'accepted') note(here, input.kind, outcome);
		else if (outcome.seq !== null) await fanOut.pump(here.occurrenceId);
		return outcome;
	};
}

function spoken(outcome: Awaited<ReturnType<typeof chat>>): InteractOutcome {
	if (outcome.status !== 'accepted') return outcome;
	const { status, seq, showing } = outcome;
	return showing === 'held' ? { status, seq, isHeld: true } : { status, seq };
}
