import { existsSync, mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';

import { afterEach, beforeEach, describe, expect, test } from 'vitest';

import { createOutbox } from '#kernel/outbox.ts';
import { aWebinar, createHall, type Hall } from '#tests/support/webinars.ts';

import { memoryRooms } from '../../webinar/room/memory.ts';

const LIVE = '2026-03-03T10:01:00Z';
let hall: Hall;

beforeEach(async () => {
	hall = await createHall([aWebinar({ mode: 'live' })]);
});
afterEach(() => hall.close());

const stage = () => hall.hall.stage;

describe('a recording', () => {
	const job = { id: '', state: 'complete' as const, file: '', sizeBytes: 0, durationSeconds: 61, error: '' };
	const recorded = async () => {
		const folder = mkdtempSync(join(tmpdir(), 'foyer-recorder-'));
		const file = join(folder, 'one.mp4');
		writeFileSync(file, 'a film');
		hall.at(LIVE);
		const host = await hall.host();
		const rooms = memoryRooms(() => hall.gate.clock.at, { records: true });
		const hub = hall.secondHub({ rooms });
		await hub.stage.goLive(host);
		const outbox = createOutbox({ ...hall.deps, handlers: hub.handlers });
		const run = async () => {
			while ((await outbox.runDue()) > 0);
		};
		await run();
		return { hub, host, rooms, file, run, jobId: `job-${host.occurrenceId}` };
	};
	const event = (over: object) => ({
		id: 'EV',
		type: 'egress_ended',
		room: '',
		identity: null,
		sessionId: null,
		joinedAt: null,
		at: new Date(LIVE),
		job: { ...job, ...over },
	});

	test('is ordered at the beginning, ended with the webinar, and fetched when the recorder is done', async () => {
		const { hub, host, rooms, file, run, jobId } = await recorded();
		expect(await hub.stage.recordings.list(host.occurrenceId)).toMatchObject([{ state: 'asked', source: 'egress' }]);
		await hub.stage.finish(host);
		await run();
		expect(rooms.done).toContain(`stop ${jobId}`);
		await hub.stage.heard(event({ id: jobId, file }));
		expect((await hub.stage.recordings.list(host.occurrenceId))[0]?.state).toBe('fetching');
		await run();
		const found = await hub.stage.recordings.of(host.occurrenceId);
		expect(found).toMatchObject({ mediaType: 'video/mp4', sizeBytes: 6, durationSeconds: 61 });
		expect(existsSync(file)).toBe(false);
		expect(found && (await text(hub.stage.recordings.read(found, { start: 2, end: 5 })))).toBe('film');
		await hub.stage.heard(event({ id: jobId, state: 'failed', error: 'late' }));
		expect((await hub.stage.recordings.of(host.occurrenceId))?.id).toBe(found?.id);
	});

	test.each([
		['the recorder failed', { state: 'failed' as const, error: 'no space' }, 'recorder'],
		['the recorder left no file', { state: 'complete' as const, file: '' }, 'no-file'],
	])('%s: the host is told', async (_why, over, problem) => {
		const { hub, host, jobId } = await recorded();
		await hub.stage.heard(event({ id: jobId, ...over }));
		expect((await hub.stage.view(host.occurrenceId))?.recordings).toMatchObject([{ state: 'failed', problem }]);
		expect(await hub.stage.recordings.of(host.occurrenceId)).toBeNull();
	});

	test('is uploaded by the host instead, as a film and nothing else, and removed with its file', async () => {
		const host = await hall.host();
		const { recordings } = stage();
		expect(await recordings.upload(host, { mediaType: 'text/html', content: Buffer.from('x') })).toEqual({ status: 'type' });
		expect(await recordings.upload(host, { mediaType: 'video/mp4', content: Buffer.alloc(0) })).toEqual({ status: 'empty' });
		expect(await recordings.upload(host, { mediaType: 'video/webm', content: Buffer.from('a film') })).toEqual({ status: 'ready' });
		const found = await recordings.of(host.occurrenceId);
		expect(found).toMatchObject({ mediaType: 'video/webm', sizeBytes: 6 });
		await recordings.remove(host, found?.id ?? '');
		expect(await recordings.of(host.occurrenceId)).toBeNull();
		expect(await hall.deps.recordings.list()).toEqual([]);
	});

	test('comes in parts: each once and in order, and only from who began', async () => {
		const host = await hall.host();
		const part = (at: number, words: string, over = {}) =>
			stage().upload(host, { upload: 'u-12345678', at, sizeBytes: 12, mediaType: 'video/mp4', bytes: Buffer.from(words), ...over });
		const [head, rest] = ['\0\0\0\u0010ftyp', 'isom'];
		expect(await part(0, head, { mediaType: 'text/html' })).toEqual({ status: 'type' });
		for (const [words, over] of [['<html><h'], ['ft'], [head, { mediaType: 'video/webm' }]] as const)
			expect(await part(0, words, over)).toEqual({ status: 'type' });
		expect(await part(0, head)).toEqual({ status: 'more', at: 8 });
		expect(await part(0, head)).toEqual({ status: 'more', at: 8 });
		expect(await part(8, `${rest}s`)).toEqual({ status: 'too-large' });
		expect(await part(11, 'm')).toEqual({ status: 'more', at: 8 });
		expect(await part(8, rest)).toEqual({ status: 'ready' });
		const found = await stage().recordings.of(host.occurrenceId);
		expect(found && (await text(stage().recordings.read(found)))).toBe(head + rest);
	});
});
