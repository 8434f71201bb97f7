import { createReadStream } from 'node:fs';
import { rm } from 'node:fs/promises';

import { eq, inArray } from 'drizzle-orm';

import type { FileContent } from '#kernel/files.ts';
import type { Handle } from '#kernel/database.ts';
import { DomainError } from '#kernel/errors.ts';
import { newId } from '#kernel/id.ts';
import { enqueue, type OutboxHandler } from '#kernel/outbox.ts';

import type { WebinarsDeps } from '../deps.ts';
import type { RecorderJob } from '../room/rooms.ts';
import { recording } from '../schema.ts';
import { type Host, noteAct } from '../stage/host.ts';
import { type RecordedFile, recordingOf, recordingsOf, type RecordingView } from './view.ts';

/** What a host may upload: two hours of 1080p are about 4 GB. */
export const MOST_UPLOAD_BYTES = 4 * 1_024 ** 3;
export const UPLOAD_TYPES = ['video/mp4', 'video/webm'] as const;

const START_KIND = 'recording-start';
const STOP_KIND = 'recording-stop';
const FETCH_KIND = 'recording-fetch';

export interface UploadOutcome {
	readonly status: 'ready' | 'type' | 'empty' | 'too-large';
}

/** Recordings of live webinars: by the media server's recorder where there is one, else as files of the host's. */
export interface Recordings {
	/** The newest finished one; null when there is none. A file that an editor gave in the CMS comes before it. */
	of(occurrenceId: string): Promise<RecordedFile | null>;
	list(occurrenceId: string): Promise<readonly RecordingView[]>;
	/** Streams a file of the host's into the file store. */
	upload(host: Host, file: { readonly mediaType: string; readonly content: FileContent }): Promise<UploadOutcome>;
	remove(host: Host, id: string): Promise<void>;
	/** Bytes of a recording, `start` to `end`, both included, or all. */
	read(file: RecordedFile, range?: { readonly start: number; readonly end: number }): ReturnType<WebinarsDeps['recordings']['read']>;
}

type Deps = Pick<WebinarsDeps, 'db' | 'now' | 'random' | 'rooms' | 'log' | 'recordings'>;

/** Orders the recorder in the body in which a webinar begins. */
export function orderRecording(tx: Handle, occurrenceId: string, at: Date, { random }: Pick<Deps, 'random'>): Promise<boolean> {
	return enqueue(tx, { kind: START_KIND, key: `${START_KIND}:${occurrenceId}`, payload: { occurrenceId }, dueAt: at }, at, random);
}

/** Orders its end, in the body in which a webinar ends. */
export function orderRecordingEnd(tx: Handle, occurrenceId: string, at: Date, { random }: Pick<Deps, 'random'>): Promise<boolean> {
	return enqueue(tx, { kind: STOP_KIND, key: `${STOP_KIND}:${occurrenceId}`, payload: { occurrenceId }, dueAt: at }, at, random);
}

export function createRecordings(deps: Deps) {
	const { db, now, random, rooms, log, recordings: store } = deps;
	const empty = { mediaType: 'video/mp4', sizeBytes: 0, durationSeconds: null, fileKey: '', problem: '', readyAt: null };

	const start: OutboxHandler = async ({ payload, attempts }) => {
		const occurrenceId = String(payload['occurrenceId']);
		try {
			const jobId = await rooms.startRecording(occurrenceId);
			if (jobId === null) return;
			await db.write(async (tx) => {
				const at = now();
				await tx.insert(recording).values({ id: newId(at, random), occurrenceId, source: 'egress', state: 'asked', jobId, ...empty, createdAt: at });
			});
		} catch (error) {
			if (attempts < START_ATTEMPTS) throw error;
			log.error({ err: error, occurrenceId }, 'the recorder did not begin');
			await db.write(async (tx) => {
				const at = now();
				const row = { id: newId(at, random), occurrenceId, source: 'egress' as const, jobId: '', ...empty, createdAt: at };
				await tx.insert(recording).values({ ...row, state: 'failed', problem: 'not-started' });
			});
		}
	};
	const stop: OutboxHandler = async ({ payload }) => {
		const jobs = await db.read
			.select()
			.from(recording)
			.where(eq(recording.occurrenceId, String(payload['occurrenceId'])));
		for (const { jobId, state } of jobs) if (jobId !== '' && (state === 'asked' || state === 'recording')) await rooms.stopRecording(jobId);
	};
	/** The recorder's file goes into the hub's store, then away from where it was made. */
	const fetchFile: OutboxHandler = async ({ payload }) => {
		const [id, path] = [String(payload['id']), String(payload['path'])];
		const [row] = await db.read.select().from(recording).where(eq(recording.id, id));
		if (row?.state !== 'fetching') return;
		let fileKey: string;
		try {
			fileKey = await store.put(createReadStream(path));
		} catch (error) {
			throw new DomainError('unavailable', 'the file of the recorder cannot be read: is its folder shared with the hub?', { cause: error });
		}
		const sizeBytes = (await store.size(fileKey)) ?? 0;
		await db.write(async (tx) => {
			await tx.update(recording).set({ state: 'ready', fileKey, sizeBytes, readyAt: now() }).where(eq(recording.id, id));
		});
		await rm(path, { force: true });
	};

	const heard = async (job: RecorderJob): Promise<void> => {
		if (job.error !== '') log.error({ jobId: job.id, reason: job.error }, 'the recorder reports a failure');
		await db.write(async (tx) => {
			const [row] = await tx.select().from(recording).where(eq(recording.jobId, job.id));
			// What ended stays as it ended, whatever comes late.
			if (!row || (row.state !== 'asked' && row.state !== 'recording')) return;
			const change = changeBy(job);
			await tx.update(recording).set(change).where(eq(recording.id, row.id));
			if (change.state !== 'fetching') return;
			await enqueue(tx, { kind: FETCH_KIND, key: `${FETCH_KIND}:${row.id}`, payload: { id: row.id, path: job.file }, dueAt: now() }, now(), random);
		});
	};

	const recordings: Recordings = Object.freeze<Recordings>({
		of: (occurrenceId) => recordingOf(db.read, occurrenceId),
		list: (occurrenceId) => recordingsOf(db.read, occurrenceId),
		upload: async (host, { mediaType, content }) => {
			if (!(UPLOAD_TYPES as readonly string[]).includes(mediaType)) return { status: 'type' };
			const counted = { bytes: 0 };
			let fileKey: string;
			try {
				fileKey = await store.put(atMost(content, MOST_UPLOAD_BYTES, counted));
			} catch (error) {
				if (counted.bytes === 0) return { status: 'empty' };
				if (counted.bytes > MOST_UPLOAD_BYTES) return { status: 'too-large' };
				throw error;
			}
			await db.write(async (tx) => {
				const at = now();
				const row = { id: newId(at, random), occurrenceId: host.occurrenceId, source: 'upload' as const, state: 'ready' as const, jobId: '' };
				await tx.insert(recording).values({ ...empty, ...row, fileKey, mediaType, sizeBytes: counted.bytes, createdAt: at, readyAt: at });
				await noteAct(tx, host, { action: 'recording.upload', detail: { of: row.id } }, deps);
			});
			return { status: 'ready' };
		},
		remove: async (host, id) => {
			const gone = await db.write(async (tx) => {
				const [row] = await tx.select().from(recording).where(eq(recording.id, id));
				if (row?.occurrenceId !== host.occurrenceId) return null;
				await tx.delete(recording).where(eq(recording.id, id));
				await noteAct(tx, host, { action: 'recording.remove', detail: { of: id } }, deps);
				const [other] = await tx
					.select({ id: recording.id })
					.from(recording)
					.where(inArray(recording.fileKey, [row.fileKey]));
				return other ? null : row.fileKey;
			});
			if (gone) await store.remove(gone);
		},
		read: ({ fileKey }, range) => store.read(fileKey, range),
	});

	return { public: recordings, heard, handlers: { [START_KIND]: start, [STOP_KIND]: stop, [FETCH_KIND]: fetchFile } };
}

/** A recorder that is busy or away is asked again for about three minutes. */
const START_ATTEMPTS = 3;

function changeBy({ state, file, durationSeconds }: RecorderJob) {
	if (state === 'recording') return { state: 'recording' as const };
	if (state === 'failed') return { state: 'failed' as const, problem: 'recorder' };
	return file === '' ? { state: 'failed' as const, problem: 'no-file' } : { state: 'fetching' as const, durationSeconds };
}

async function* atMost(content: FileContent, most: number, counted: { bytes: number }): AsyncGenerator<Uint8Array> {
	for await (const part of content instanceof Uint8Array ? [content] : content) {
		counted.bytes += part.length;
		if (counted.bytes > most) throw new DomainError('invalid', 'the file is too large');
		yield part;
	}
	if (counted.bytes === 0) throw new DomainError('invalid', 'the file is empty');
}
