import { HOUR_MS } from '#kernel/clock.ts';

import type { WebinarsDeps } from '../deps.ts';
import type { PlaceOf } from '../room/admission.ts';
import type { Host } from '../stage/host.ts';
import { createRoomLog, type RoomLog } from './create-log.ts';
import { createDraws, type Draws } from './draw/create-draws.ts';
import { handOpener } from './hand.ts';
import { createInteract, type InteractInput, type InteractOutcome } from './interact.ts';
import { moderationOpener } from './moderation.ts';
import { createTick } from './moments.ts';
import { rankingOpener, resultsOpener } from './poll/results.ts';
import { questionOpener } from './question/opener.ts';
import { createReactions } from './reaction.ts';
import { createStudioAct } from './studio/act.ts';
import type { ActOutcome, StudioAct } from './studio/acts.ts';
import { type Board, createBoard } from './studio/board.ts';
import { createAnswers, type Answers } from './answers.ts';

/** What hosts do and see while a session runs. */
export interface Studio {
	/** Null when there is no such occurrence. */
	board(occurrenceId: string): Promise<Board | null>;
	/** Persons in the room at this moment. */
	present(occurrenceId: string): Promise<readonly string[]>;
	act(host: Host, act: StudioAct): Promise<ActOutcome>;
	/** Everything in the log, for the host's side. */
	readonly stream: RoomLog['staffStream'];
}

/** Everything that happens in rooms but picture and sound. */
export interface Interactions extends Answers {
	interact(input: InteractInput): Promise<InteractOutcome>;
	/** What everybody in a room sees. */
	readonly stream: RoomLog['stream'];
	readonly studio: Studio;
	readonly draws: Draws;
	/** Called every second in every process. */
	tick(): Promise<void>;
}

export function createRoomOf(deps: WebinarsDeps): RoomLog & { readonly forget: () => void } {
	const results = resultsOpener(deps);
	const log = createRoomLog(deps, (messages) => ({
		moderation: moderationOpener(deps.db.read, messages),
		question: questionOpener(messages),
		'poll-results': results.open,
		ranking: rankingOpener(deps),
		hand: handOpener(deps),
	}));
	const forget = (): void => {
		results.forget();
		log.messages.forget();
	};
	return Object.freeze({ ...log, forget });
}

export function createInteractions(deps: WebinarsDeps & RoomLog & { readonly placeOf: PlaceOf }): Interactions {
	const reactions = createReactions(deps);
	const inRoom = { ...deps, reactions };
	const tick = createTick(inRoom);
	const draws = createDraws(deps);
	let forgotAt = -Infinity;

	return Object.freeze<Interactions>({
		interact: createInteract(inRoom),
		stream: deps.stream,
		studio: Object.freeze<Studio>({ ...createBoard(deps), act: createStudioAct(deps), stream: deps.staffStream }),
		draws,
		tick: async () => {
			await tick();
			if (deps.now().getTime() - forgotAt < HOUR_MS) return;
			forgotAt = deps.now().getTime();
			await draws.forget();
		},
		...createAnswers(deps),
	});
}
