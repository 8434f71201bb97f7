import type { Log } from '#kernel/log.ts';

import type { Line } from './message.ts';

export type Listener = (line: Line) => void;

/** Read again at first: what another process committed while a subscriber began. Subscribers skip numbers they have. */
const OVERLAP = 20;

export interface Source {
	lastSeq(occurrenceId: string): Promise<number>;
	since(occurrenceId: string, seq: number): Promise<readonly Line[]>;
}

export interface FanOut {
	/** Calls `listener` with each line after its commit, in order, those for the host's side too; at first also with some that are known. Returns the function that ends it. */
	subscribe(occurrenceId: string, listener: Listener): () => void;
	/** Hands out what the log has more than the listeners: after a commit here, and every second for commits of other processes. */
	pump(occurrenceId: string): Promise<void>;
	/** Occurrences that somebody listens to. */
	open(): readonly string[];
}

interface Channel {
	readonly listeners: Set<Listener>;
	seq: Promise<number>;
}

/** Hands messages of the log to this process's listeners. The log is the only source, so order and completeness are its own. */
export function createFanOut(source: Source, log: Log): FanOut {
	const channels = new Map<string, Channel>();

	const advance = async (occurrenceId: string, channel: Channel, from: number): Promise<number> => {
		let seq = from;
		for (const line of await source.since(occurrenceId, from)) {
			seq = line.message.seq;
			for (const listener of channel.listeners) listener(line);
		}
		return seq;
	};

	return Object.freeze<FanOut>({
		subscribe: (occurrenceId, listener) => {
			const channel = channels.get(occurrenceId) ?? {
				listeners: new Set<Listener>(),
				seq: source.lastSeq(occurrenceId).then((seq) => Math.max(0, seq - OVERLAP)),
			};
			channel.seq.catch(() => undefined); // told by the pump that follows
			channels.set(occurrenceId, channel);
			channel.listeners.add(listener);
			return () => {
				channel.listeners.delete(listener);
				if (channel.listeners.size === 0 && channels.get(occurrenceId) === channel) channels.delete(occurrenceId);
			};
		},
		pump: async (occurrenceId) => {
			const channel = channels.get(occurrenceId);
			if (!channel) return;
			const before = channel.seq.catch(() => source.lastSeq(occurrenceId));
			channel.seq = before.then((from) =>
				advance(occurrenceId, channel, from).catch((error: unknown) => {
					log.error({ err: error, occurrenceId }, 'a room could not be read');
					return from;
				}),
			);
			await channel.seq;
		},
		open: () => [...channels.keys()],
	});
}
