import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { cpus, loadavg, tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';

import type * as LiveKitClient from 'livekit-client';
import type { Page } from 'playwright-core';

import { systemClock } from '#kernel/clock.ts';
import { silentLog } from '#kernel/log.ts';
import { FAKE_MEDIA, openBrowser } from '#tests/support/browser.ts';
import { find } from '#tests/support/needs.ts';

import { startLiveKit } from '../../webinar/room/livekit-child.ts';
import { livekitRooms } from '../../webinar/room/livekit.ts';

/*
 * `node tests/bench/stage.ts [steps]`: one host with camera and microphone and ever more hidden subscribers on a real livekit-server,
 * all on this machine. Subscribers are connections of headless Chromium pages that take the whole simulcast stream and decode it, so that
 * the browsers give out long before the server does. Tells what each step carries; prints one JSON line at the end.
 */
const ROOT = resolve(import.meta.dirname, '../..');
const steps = (process.argv[2] ?? '10,20,40,80').split(',').map(Number);
const SETTLE_MS = 6_000;
const MEASURE_MS = 10_000;
/** Connections of one page: a browser process each. */
const EACH = 20;
/** Who decodes fewer frames than this a second sees no moving picture. */
const MOVING = 8;

interface Sample {
	readonly frames: number;
	readonly bytes: number;
}

const program = find('livekit');
if (program === null) throw new Error('livekit-server is neither on the PATH nor at LIVEKIT_SERVER_BIN');
const version = spawnSync(program, ['--version'], { encoding: 'utf8' }).stdout.trim();
const dataFolder = mkdtempSync(join(tmpdir(), 'foyer-stage-'));
const site = createServer((req, res) => {
	const isScript = req.url === '/livekit-client.js';
	res.setHeader('content-type', isScript ? 'text/javascript' : 'text/html');
	res.end(isScript ? readFileSync(join(ROOT, 'node_modules/livekit-client/dist/livekit-client.esm.mjs')) : '<!doctype html><title>bench</title>');
});
await new Promise<void>((done) => site.listen(0, '127.0.0.1', done));
const address = `http://127.0.0.1:${(site.address() as AddressInfo).port}/`;
const server = await startLiveKit({ program, port: 7_980, dataFolder, hookUrl: `${address}hook`, log: silentLog });
const rooms = livekitRooms(server.rooms);
const browser = await openBrowser(FAKE_MEDIA);
const results: object[] = [];
try {
	await rooms.ensureRoom('bench');
	const host = await openPage();
	await connect(host, [await tokenOf('host', 'host')], true);
	const pages: Page[] = [];
	let count = 0;
	for (const step of steps) {
		while (count < step) {
			const page = await openPage();
			const tokens = await Promise.all(Array.from({ length: Math.min(EACH, step - count) }, (_, at) => tokenOf(`viewer-${count + at}`, 'viewer')));
			await connect(page, tokens, false);
			pages.push(page);
			count += tokens.length;
		}
		await pause(SETTLE_MS);
		const before = { samples: await sampleAll(pages), cpu: cpuSeconds(), at: performance.now() };
		await pause(MEASURE_MS);
		const after = { samples: await sampleAll(pages), cpu: cpuSeconds(), at: performance.now() };
		const seconds = (after.at - before.at) / 1_000;
		const rates = after.samples.map((one, at) => (one.frames - (before.samples[at]?.frames ?? 0)) / seconds);
		const bits = after.samples.reduce((sum, one, at) => sum + one.bytes - (before.samples[at]?.bytes ?? 0), 0) * 8;
		const result = {
			viewers: count,
			moving: rates.filter((rate) => rate >= MOVING).length,
			megabitsPerSecond: round(bits / seconds / 1e6),
			serverCores: round((after.cpu - before.cpu) / seconds),
			load: round(loadavg()[0] ?? 0),
		};
		results.push(result);
		console.log(result);
	}
	console.log(JSON.stringify({ version, date: new Date().toISOString().slice(0, 10), cores: cpus().length, results }));
} finally {
	await browser.close();
	await server.stop();
	site.close();
	rmSync(dataFolder, { recursive: true, force: true });
}

async function openPage(): Promise<Page> {
	const page = await (await browser.newContext()).newPage();
	await page.goto(address);
	return page;
}

async function tokenOf(identity: string, role: 'host' | 'viewer'): Promise<string> {
	return (await rooms.mintToken('bench', { identity, name: identity, role }, systemClock())).token;
}

/** Connects with each token; a host publishes camera and microphone, others take everything there is. */
function connect(page: Page, tokens: readonly string[], publishes: boolean): Promise<void> {
	return page.evaluate(
		async ({ url, tokens: given, publishes: isHost }) => {
			const { Room, VideoPresets } = (await import(/* @vite-ignore */ `${location.origin}/livekit-client.js`)) as typeof LiveKitClient;
			const open: unknown[] = [];
			const connections: RTCPeerConnection[] = [];
			globalThis.RTCPeerConnection = new Proxy(RTCPeerConnection, {
				construct: (made, input: ConstructorParameters<typeof RTCPeerConnection>) => {
					const connection = new made(...input);
					connections.push(connection);
					return connection;
				},
			});
			Object.assign(globalThis, { open, connections });
			for (const token of given) {
				const room = new Room({ dynacast: true, videoCaptureDefaults: { resolution: VideoPresets.h720.resolution } });
				await room.connect(url, token);
				if (isHost) await room.localParticipant.enableCameraAndMicrophone();
				open.push(room);
			}
		},
		{ url: server.rooms.url, tokens, publishes },
	);
}

/** Decoded frames and received bytes of each connection that receives video. */
async function sampleAll(pages: readonly Page[]): Promise<readonly Sample[]> {
	const samples = await Promise.all(
		pages.map((page) =>
			page.evaluate(async () => {
				const found: { frames: number; bytes: number }[] = [];
				for (const connection of (globalThis as unknown as { connections: RTCPeerConnection[] }).connections) {
					const one = { frames: 0, bytes: 0, hasVideo: false };
					const reports = (await connection.getStats()).values() as Iterable<{
						type: string;
						kind?: string;
						framesDecoded?: number;
						bytesReceived?: number;
					}>;
					for (const { type, kind, framesDecoded = 0, bytesReceived = 0 } of reports) {
						if (type !== 'inbound-rtp') continue;
						one.bytes += bytesReceived;
						if (kind === 'video') [one.hasVideo, one.frames] = [true, one.frames + framesDecoded];
					}
					if (one.hasVideo) found.push({ frames: one.frames, bytes: one.bytes });
				}
				return found;
			}),
		),
	);
	return samples.flat();
}

/** Seconds of processor time that the server has used. */
function cpuSeconds(): number {
	const pid = spawnSync('ps', ['-A', '-o', 'pid=,args='], { encoding: 'utf8' })
		.stdout.split('\n')
		.find((line) => line.includes(`--config ${dataFolder}/livekit.yaml`) && !line.includes('sh -c'))
		?.trim()
		.split(' ')[0];
	if (pid === undefined) return 0;
	const fields = readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ')[1]?.split(' ') ?? [];
	return (Number(fields[11]) + Number(fields[12])) / 100;
}

function round(value: number): number {
	return Math.round(value * 100) / 100;
}
