import { MINUTE_MS } from '#kernel/clock.ts';
import { lastNumber, nextNumber } from '#kernel/counter.ts';
import type { Database } from '#kernel/database.ts';
import { DomainError } from '#kernel/errors.ts';
import type { Log } from '#kernel/log.ts';

import type { Part } from './rows.ts';
import type { SnapshotStore } from './snapshot.ts';

/** Raised with each notice, so that the other processes of the hub look too. */
const NOTICE_COUNTER = 'content-notice';
const NOTICE_DEBOUNCE_MS = 100;
/** How soon Directus is tried again after it did not answer. */
const RETRY_MS = 2_000;
const OTHER_PROCESS_MS = 2_000;

export interface Contact {
	/** Reads Directus in the background, compares each minute, and tries again soon while it is away. */
	start(): void;
	/** @throws DomainError unavailable. */
	refresh(): Promise<void>;
	/** Reads the parts soon; notices that come close together are one read. */
	notice(parts: ReadonlySet<Part>): Promise<void>;
	/** Why the last read failed, or null. */
	failure(): string | null;
	stop(): void;
}

/** Keeps the store in touch with Directus. */
export function createContact({ store, log, db }: { readonly store: SnapshotStore; readonly log: Log; readonly db: Database }): Contact {
	const noticed = new Set<Part>();
	let failure: string | null = 'Directus was not read yet';
	let hasRead = false;
	let isStopped = false;
	let seenNotice = 0;
	let debounce: NodeJS.Timeout | undefined;
	let next: NodeJS.Timeout | undefined;
	let others: NodeJS.Timeout | undefined;

	const attempt = async (read: () => Promise<void>): Promise<void> => {
		clearTimeout(next);
		try {
			await read();
			if (failure !== null) log.info({}, hasRead ? 'Directus answers again' : 'content was read from Directus');
			hasRead = true;
			failure = null;
		} catch (error) {
			const isAway = error instanceof DomainError;
			if (!isAway) log.error({ err: error }, 'content could not be read');
			else if (hasRead && failure === null) log.warn({ reason: error.message }, 'Directus cannot be read; the site serves what it has');
			failure = isAway ? error.message : 'content could not be read; the log says why';
			throw error;
		} finally {
			if (!isStopped) next = setTimeout(poll, failure === null ? MINUTE_MS : RETRY_MS).unref();
		}
	};
	const quietly = (read: () => Promise<void>): void => void attempt(read).catch(() => undefined);
	const poll = (): void => quietly(hasRead && failure === null ? () => store.reconcile() : () => store.refresh());
	const lookAtOthers = async (): Promise<void> => {
		const newest = await lastNumber(db.read, NOTICE_COUNTER);
		if (newest > seenNotice && hasRead) poll();
		seenNotice = newest;
	};

	return Object.freeze<Contact>({
		start: () => {
			poll();
			if (db.dialect !== 'postgres') return;
			const look = (): void =>
				void lookAtOthers().catch((error: unknown) => log.warn({ err: error }, 'looking for notices of other processes failed'));
			others = setInterval(look, OTHER_PROCESS_MS).unref();
		},
		refresh: () => attempt(() => store.refresh()),
		notice: async (parts) => {
			for (const part of parts) noticed.add(part);
			clearTimeout(debounce);
			debounce = setTimeout(() => {
				const due = new Set(noticed);
				noticed.clear();
				quietly(() => (hasRead && failure === null ? store.refresh(due) : store.refresh()));
			}, NOTICE_DEBOUNCE_MS);
			seenNotice = await db.write((tx) => nextNumber(tx, NOTICE_COUNTER), { locks: NOTICE_COUNTER });
		},
		failure: () => failure,
		stop: () => {
			isStopped = true;
			clearTimeout(debounce);
			clearTimeout(next);
			clearInterval(others);
		},
	});
}
