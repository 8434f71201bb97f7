import { execFileSync, spawn } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { createInterface } from 'node:readline';

import { expect, test } from 'vitest';

import { isAlive } from '#tests/support/children.ts';
import { describeWith } from '#tests/support/needs.ts';
import { until } from '#tests/support/until.ts';

const ROOT = resolve(import.meta.dirname, '../..');
/** A hub in small: starts the server, says where it is, and stays. */
const HUB = `
import { startLiveKit } from './webinar/room/livekit-child.ts';
import { silentLog as log } from './kernel/log.ts';
const [program, dataFolder] = process.argv.slice(1);
const { rooms } = await startLiveKit({ program, port: 7990, dataFolder, hookUrl: 'http://127.0.0.1:9/', log });
console.log(rooms.url);
setInterval(() => undefined, 1000);
`;

describeWith('livekit', 'a media server that the hub runs', (program) => {
	test.each(['SIGKILL', 'SIGTERM'] as const)('answers on the loopback with keys of its own, and ends with the hub by %s', async (signal) => {
		const folder = mkdtempSync(join(tmpdir(), 'foyer-livekit-'));
		const hub = spawn(process.execPath, ['--input-type=module', '-e', HUB, program, folder], { cwd: ROOT, stdio: ['ignore', 'pipe', 'inherit'] });
		try {
			const url = await new Promise<string>((done) => createInterface({ input: hub.stdout }).once('line', done));
			expect(url).toMatch(/^ws:\/\/127\.0\.0\.1:\d+$/);
			expect((await fetch(url.replace('ws', 'http'))).ok).toBe(true);
			const pid = pidWith(join(folder, 'livekit.yaml'));
			expect(isAlive(pid)).toBe(true);
			expect(readFileSync(join(folder, 'livekit.secret'), 'utf8').trim().length).toBeGreaterThan(40);
			expect(statSync(join(folder, 'livekit.yaml')).mode & 0o077).toBe(0);
			hub.kill(signal);
			await until('the end of the server', () => !isAlive(pid));
		} finally {
			hub.kill('SIGKILL');
			rmSync(folder, { recursive: true, force: true });
		}
	});
});

/** The process that was started with this configuration. */
function pidWith(config: string): number {
	const line = execFileSync('ps', ['-A', '-o', 'pid=,args='], { encoding: 'utf8' })
		.split('\n')
		.find((one) => one.includes(`--config ${config}`) && !one.includes('sh -c'));
	return Number(line?.trim().split(' ')[0]);
}
