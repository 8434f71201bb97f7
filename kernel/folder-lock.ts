import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

import BetterSqlite from 'better-sqlite3';

export type FolderLock =
	| { readonly status: 'held'; release(): void }
	/** `pid`: of the process that holds it; null when it did not say. */
	| { readonly status: 'taken'; readonly pid: number | null };

/** A connection that nobody can reach is closed when memory is tidied, and its lock with it. */
const held = new Set<BetterSqlite.Database>();

/**
 * Holds `folder` for this process. The lock is the operating system's, on `hub.lock`, so it is gone with the process however that
 * ends, and a process id that was given out again means nothing. `hub.pid` names the holder for people.
 *
 * @throws Error when the folder cannot be written.
 */
export function lockFolder(folder: string): FolderLock {
	const lock = new BetterSqlite(join(folder, 'hub.lock'), { timeout: 0 });
	const pidFile = join(folder, 'hub.pid');
	try {
		lock.exec('BEGIN EXCLUSIVE');
	} catch (error) {
		lock.close();
		if ((error as { readonly code?: string }).code !== 'SQLITE_BUSY') throw error;
		return { status: 'taken', pid: readPid(pidFile) };
	}
	writeFileSync(pidFile, String(process.pid));
	held.add(lock);
	return {
		status: 'held',
		release: () => {
			held.delete(lock);
			lock.close();
		},
	};
}

function readPid(file: string): number | null {
	try {
		return Number(readFileSync(file, 'utf8')) || null;
	} catch {
		return null;
	}
}
