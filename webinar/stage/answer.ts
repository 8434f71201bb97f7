import { newId } from '#kernel/id.ts';

import type { WebinarsDeps } from '../deps.ts';
import type { FanOut } from '../interaction/fan-out.ts';
import { append, roomLock } from '../interaction/log.ts';
import type { AnswerOutcome } from './call.ts';
import { changeSeat, isWelcome, MOST_ON_STAGE, seatOf, takenOf } from './seat.ts';

/** Whose page answers, as found from its cookies. */
export interface OnStage {
	readonly occurrenceId: string;
	readonly identity: string;
	/** Shown to everybody once they are on the stage. */
	readonly name: string;
}

type Deps = Pick<WebinarsDeps, 'db' | 'now' | 'random' | 'rooms'> & { readonly fanOut: FanOut };

/** A registrant whom the host called comes to the stage, declines, or steps down. @throws DomainError unavailable */
export function createAnswer({ db, now, random, rooms, fanOut }: Deps) {
	return async ({ occurrenceId, identity, name }: OnStage, answer: 'accept' | 'decline' | 'leave'): Promise<AnswerOutcome> => {
		const outcome = await db.write(
			async (tx): Promise<AnswerOutcome> => {
				const seat = await seatOf(tx, occurrenceId, identity);
				if (!seat || !isWelcome(seat) || seat.kind !== 'registrant') return { status: 'not-called' };
				if (answer === 'accept') {
					if (seat.role === 'speaker') return { status: 'on-stage' };
					if (seat.calledAt === null) return { status: 'not-called' };
					if ((await takenOf(tx, occurrenceId)) >= MOST_ON_STAGE) return { status: 'stage-full' };
					await changeSeat(tx, seat.id, { role: 'speaker', calledAt: null });
					return { status: 'on-stage' };
				}
				await changeSeat(tx, seat.id, { role: 'viewer', calledAt: null });
				if (seat.role === 'speaker')
					await append(tx, { id: newId(now(), random), occurrenceId, kind: 'stage-call', data: { identity, call: 'back' }, at: now() });
				return { status: 'declined' };
			},
			{ locks: roomLock(occurrenceId) },
		);
		await fanOut.pump(occurrenceId);
		if (outcome.status === 'on-stage') await rooms.setRole(occurrenceId, identity, 'speaker', name);
		if (outcome.status === 'declined') await rooms.setRole(occurrenceId, identity, 'viewer', '').catch(() => undefined);
		return outcome;
	};
}
