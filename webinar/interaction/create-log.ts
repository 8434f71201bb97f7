import type { WebinarsDeps } from '../deps.ts';
import { createFanOut, type FanOut } from './fan-out.ts';
import type { RoomMessage } from './kinds.ts';
import { lastSeq, rowsSince } from './log.ts';
import { createMessages, isPublic, type Line, type Messages, type Openers } from './message.ts';

/** Lines of a room after some number, then as they come. */
interface Stream<T> {
	/** Those after `seq`, in order. */
	since(occurrenceId: string, seq: number): Promise<readonly T[]>;
	/** Calls `listener` for each after its commit, in order; at first also with some that are known. Returns the function that ends it. */
	subscribe(occurrenceId: string, listener: (one: T) => void): () => void;
}

/** The ordered log of rooms: what every part of a room adds to and reads. */
export interface RoomLog {
	readonly messages: Messages;
	readonly fanOut: FanOut;
	/** What everybody sees. */
	readonly stream: Stream<RoomMessage>;
	/** Everything, for the host's side. */
	readonly staffStream: Stream<Line>;
}

export function createRoomLog(deps: Pick<WebinarsDeps, 'db' | 'gating' | 'log'>, openers?: (messages: Messages) => Openers): RoomLog {
	const { db, log } = deps;
	const messages = createMessages(deps, openers);
	const lines = async (occurrenceId: string, seq: number): Promise<readonly Line[]> =>
		Promise.all((await rowsSince(db.read, occurrenceId, seq, 'staff')).map(messages.lineOf));
	const fanOut = createFanOut({ lastSeq: (occurrenceId) => lastSeq(db.read, occurrenceId), since: lines }, log);
	return Object.freeze<RoomLog>({
		messages,
		fanOut,
		stream: Object.freeze({
			since: async (occurrenceId: string, seq: number) => Promise.all((await rowsSince(db.read, occurrenceId, seq)).map(messages.of)),
			subscribe: (occurrenceId: string, listener: (message: RoomMessage) => void) =>
				fanOut.subscribe(occurrenceId, (line) => {
					if (isPublic(line)) listener(line.message);
				}),
		}),
		staffStream: Object.freeze({ since: lines, subscribe: fanOut.subscribe }),
	});
}
