import type { ChildProcess } from 'node:child_process';
import { mkdirSync, writeFileSync } from 'node:fs';
import { createSocket } from 'node:dgram';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';

import type { RoomsConfig } from '#config';
import type { Log } from '#kernel/log.ts';
import { systemRandom } from '#kernel/id.ts';
import { endProgram, freePort, hasEnded, keepRunning, launchProgram } from '#kernel/program.ts';
import { keepSecret } from '#kernel/secrets.ts';

const START_LIMIT_MS = 15_000;
const NAME = 'livekit-server';
const HOST = '127.0.0.1';

/** Ports of one server: for browsers, for media over TCP, and for media over UDP. */
const PORTS = 3;
const MOST_TRIES = 20;

export interface LiveKitChildInput {
	readonly program: string;
	/** Preferred port; the next two are used too. Another one is taken when it is not free. */
	readonly port: number;
	readonly dataFolder: string;
	/** Where the hub takes webhooks. */
	readonly hookUrl: string;
	readonly log: Log;
}

export interface RunningLiveKit {
	readonly rooms: Extract<RoomsConfig, { kind: 'livekit' }>;
	stop(): Promise<void>;
}

/**
 * A LiveKit server beside the hub, for this machine only: on the loopback, with keys made once into the data folder. Started again
 * with growing pauses when it dies.
 *
 * @throws Error with one sentence for people when it does not come up.
 */
export async function startLiveKit({ program, port: wanted, dataFolder, hookUrl, log }: LiveKitChildInput): Promise<RunningLiveKit> {
	const port = await freePorts(wanted);
	const apiKey = 'foyer';
	const apiSecret = keepSecret(join(dataFolder, 'livekit.secret'), () => systemRandom(32).toString('base64url')).text;
	const file = join(dataFolder, 'livekit.yaml');
	mkdirSync(dataFolder, { recursive: true });
	writeFileSync(file, `${JSON.stringify(configuration(port, apiKey, apiSecret, hookUrl), null, '\t')}\n`, { mode: 0o600 });

	const launch = (): ChildProcess => launchProgram({ name: NAME, program, args: ['--config', file], log });
	const child = launch();
	await ready(child, port, program);
	const { stop } = keepRunning(child, launch, { name: NAME, graceMs: STOP_MS, log });
	return Object.freeze<RunningLiveKit>({
		rooms: { kind: 'livekit', url: `ws://${HOST}:${port}`, apiKey, apiSecret, mostViewers: MOST_VIEWERS, recorderFolder: null, hlsUrl: null },
		stop,
	});
}

/** What a machine carries beside hub, Directus and browsers. */
const MOST_VIEWERS = 100;
const STOP_MS = 3_000;

/** YAML takes JSON. No address outside this machine is asked, for STUN either. */
function configuration(port: number, apiKey: string, apiSecret: string, hookUrl: string): object {
	return {
		port,
		bind_addresses: [HOST],
		rtc: {
			...{ tcp_port: port + 1, udp_port: port + 2, node_ip: HOST, use_external_ip: false, enable_loopback_candidate: true },
			stun_servers: [`${HOST}:3478`],
		},
		room: { auto_create: true, empty_timeout: 3_600, departure_timeout: 600 },
		limit: { subscription_limit_video: 8, subscription_limit_audio: 12 },
		webhook: {
			...{ api_key: apiKey, urls: [hookUrl] },
			resource_url_notifier: { max_depth: 20_000, max_age: '10m' },
			filter_params: { exclude_events: ['agent_job_started', 'agent_job_ended'] },
		},
		keys: { [apiKey]: apiSecret },
		logging: { level: 'warn', pion_level: 'error' },
	};
}

async function ready(child: ChildProcess, port: number, program: string): Promise<void> {
	const deadline = performance.now() + START_LIMIT_MS;
	for (;;) {
		const answer = await fetch(`http://${HOST}:${port}/`).catch(() => null);
		if (answer?.ok) return;
		if (hasEnded(child) || performance.now() > deadline) {
			await endProgram(child, STOP_MS);
			throw new Error(`${program} did not start on port ${port}: set LIVEKIT_PORT to another port, or LIVEKIT_SERVER_BIN=none to do without it.`);
		}
		await pause(50);
	}
}

/** The first of {@link PORTS} neighbouring ports that nobody has: from `wanted` on, or wherever. */
async function freePorts(wanted: number): Promise<number> {
	for (let first = wanted, tries = 0; tries < MOST_TRIES; first = await freePort(0), tries++) {
		const all = Array.from({ length: PORTS }, (_, at) => first + at);
		if ((await Promise.all(all.map(isFree))).every(Boolean)) return first;
	}
	throw new Error(`No ${PORTS} neighbouring ports are free for livekit-server: set LIVEKIT_PORT, or LIVEKIT_SERVER_BIN=none to do without it.`);
}

async function isFree(port: number): Promise<boolean> {
	try {
		await freePort(port);
		await bindOnce(port);
		return true;
	} catch {
		return false;
	}
}

function bindOnce(port: number): Promise<void> {
	return new Promise((resolve, reject) => {
		const probe = createSocket('udp4');
		probe.once('error', reject);
		probe.bind(port, HOST, () => probe.close(() => resolve()));
	});
}
