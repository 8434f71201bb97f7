import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { cpSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';

import { expect, test } from 'vitest';

import { freePort, seededData } from '#tests/support/hub.ts';
import { until } from '#tests/support/until.ts';

const ROOT = resolve(import.meta.dirname, '../..');

test(
	'npm run dev serves pages from their sources behind the edge, with the API, at the hour it is told, and ends wholly',
	{ timeout: 300_000 },
	async () => {
		const dataFolder = mkdtempSync(join(tmpdir(), 'foyer-dev-'));
		cpSync(await seededData(), dataFolder, { recursive: true });
		const [port, directusPort] = [await freePort(), await freePort()];
		const url = `http://127.0.0.1:${port}`;
		const { PATH, HOME } = process.env;
		const settings = {
			PORT: String(port),
			DIRECTUS_PORT: String(directusPort),
			DATA_DIR: dataFolder,
			LOG_LEVEL: 'error',
			FOYER_CLOCK: '2031-05-06T07:08:00+02:00',
		};
		const child = spawn(process.execPath, ['scripts/dev.ts'], { cwd: ROOT, env: { PATH, HOME, ...settings }, stdio: ['ignore', 'pipe', 'pipe'] });
		let said = '';
		for (const stream of [child.stdout, child.stderr]) stream.on('data', (chunk: Buffer) => (said += chunk.toString()));
		const exited = once(child, 'exit') as Promise<[number | null]>;
		try {
			await until(
				'npm run dev',
				() => {
					if (child.exitCode !== null) throw new Error(`it ended with ${child.exitCode}:\n${said}`);
					return said.includes('ready for changes');
				},
				90_000,
			);
			expect(said).toContain('Clock     2031-05-06T05:08:');

			const page = await fetch(`${url}/zh-CN/library`);
			const html = await page.text();
			expect(page.status, html.slice(0, 2_000)).toBe(200);
			expect(html).toContain('lang="zh-CN"');
			expect(html).toContain('/@vite/client');
			expect(page.headers.get('content-security-policy')).toContain("script-src 'self' 'unsafe-inline'");
			expect(page.headers.get('cache-tag')).toBeNull();
			expect((await fetch(`${url}/@vite/client`)).headers.get('content-type')).toContain('javascript');

			// A folder of the repository has the same name.
			expect((await fetch(`${url}/search?q=drive`)).headers.get('content-type')).toContain('text/html');
			expect((await fetch(`${url}/api/v1/openapi.json`)).status).toBe(200);
			expect((await fetch(`${url}/nowhere/at/all`)).status).toBe(404);
			const form = await fetch(`${url}/console/sign-in`, {
				method: 'POST',
				body: new URLSearchParams({ email: '', password: '' }),
				redirect: 'manual',
			});
			expect(form.status).toBeGreaterThanOrEqual(400);
			expect(await form.text()).toContain('<form');
		} catch (error) {
			throw new Error(`npm run dev said:\n${said}`, { cause: error });
		} finally {
			child.kill('SIGINT');
			await exited;
			rmSync(dataFolder, { recursive: true, force: true });
		}
		expect(child.exitCode, said).toBe(0);
		for (const address of [url, `http://127.0.0.1:${directusPort}`]) {
			await until(`the end of ${address}`, () =>
				fetch(address).then(
					() => false,
					() => true,
				),
			);
		}
	},
);
