import { and, desc, eq } from 'drizzle-orm';

import type { Handle } from '#kernel/database.ts';

import { recording } from '../schema.ts';
import type { RecordingState } from './recording.ts';

/** What there is of an occurrence to watch afterwards. */
export interface RecordingView {
	readonly id: string;
	readonly source: 'egress' | 'upload';
	readonly state: RecordingState;
	readonly mediaType: string;
	readonly sizeBytes: number;
	readonly durationSeconds: number | null;
	/** A code of why there is none; '' otherwise. */
	readonly problem: string;
	readonly createdAt: Date;
}

/** A recording that can be watched: {@link RecordedFile.fileKey} names it in the file store. */
export interface RecordedFile {
	readonly id: string;
	readonly fileKey: string;
	readonly mediaType: string;
	readonly sizeBytes: number;
	readonly durationSeconds: number | null;
}

/** Every recording of an occurrence, the newest first. */
export async function recordingsOf(handle: Handle, occurrenceId: string): Promise<readonly RecordingView[]> {
	const rows = await handle.select().from(recording).where(eq(recording.occurrenceId, occurrenceId)).orderBy(desc(recording.createdAt));
	return rows.map(({ id, source, state, mediaType, sizeBytes, durationSeconds, problem, createdAt }) => ({
		...{ id, source, state, mediaType, sizeBytes, durationSeconds, problem, createdAt },
	}));
}

/** The newest finished recording; null when there is none. A file of the CMS comes before it. */
export async function recordingOf(handle: Handle, occurrenceId: string): Promise<RecordedFile | null> {
	const [row] = await handle
		.select()
		.from(recording)
		.where(and(eq(recording.occurrenceId, occurrenceId), eq(recording.state, 'ready')))
		.orderBy(desc(recording.readyAt))
		.limit(1);
	if (!row) return null;
	const { id, fileKey, mediaType, sizeBytes, durationSeconds } = row;
	return { id, fileKey, mediaType, sizeBytes, durationSeconds };
}
