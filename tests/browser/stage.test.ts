import { execFileSync } from 'node:child_process';

import type { Browser, BrowserContext, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';

import { FAKE_MEDIA, openBrowser } from '#tests/support/browser.ts';
import { staffOf } from '#tests/support/console.ts';
import { editor } from '#tests/support/editor.ts';
import { freePort, startTestHub, type TestHub } from '#tests/support/hub.ts';
import { mediaServer } from '#tests/support/media-server.ts';
import { startMailServer, type TestMailServer } from '#tests/support/smtp.ts';
import { stored } from '#tests/support/stored.ts';
import { aStranger, type Stranger } from '#tests/support/stranger.ts';
import { until } from '#tests/support/until.ts';

const WEBINAR = 'sizing-a-servo-axis';

const { program, isReal, words } = mediaServer();

/** A live webinar from its doors to its end: a host and a viewer, each in a browser of their own, and a media server or its double. */
describe(isReal ? 'the live stage on a real LiveKit server' : 'the live stage on our own signalling double (pictures are not asserted)', () => {
	let hub: TestHub;
	let mails: TestMailServer;
	let browsers: Browser[];
	let host: Page;
	let viewer: Page;
	let occurrenceId: string;
	let registrationId: string;

	beforeAll(async () => {
		mails = await startMailServer();
		hub = await startTestHub({ SMTP_URL: mails.url, LIVEKIT_SERVER_BIN: program, LIVEKIT_PORT: String(await freePort()) });
		process.stdout.write(`${words}\n`);
		browsers = [await openBrowser(FAKE_MEDIA), await openBrowser(FAKE_MEDIA)];
		const startsAt = new Date(Date.now() + 5 * 60_000).toISOString();
		await editor(hub).update('webinars', WEBINAR, { mode: 'live', repeats: 'none', starts_at: startsAt });
		const ada = aStranger(hub, 'ada');
		await until('the moved start', async () => (await (await ada.get(`/webinars/${WEBINAR}`)).text()).includes(startsAt.slice(0, 16)));
		await ada.join(WEBINAR, mails);
		const staff = await staffOf(hub, 'Host');
		const [row] = stored<{ occurrence_id: string; id: string }>(hub, 'select occurrence_id, id from registration');
		occurrenceId = row!.occurrence_id;
		registrationId = row!.id;
		host = await openPage(browsers[0]!, staff);
		viewer = await openPage(browsers[1]!, ada);
		await host.goto(`${hub.url}/console/webinars/${occurrenceId}/studio`);
		await viewer.goto(`${hub.url}/webinars/${WEBINAR}/room`);
	}, 240_000);
	afterAll(async () => {
		for (const browser of browsers) await browser.close();
		await hub.close();
		await mails.stop();
	});

	/** A page that keeps its peer connections in sight, so that what it really decodes can be counted. */
	const openPage = async (browser: Browser, who: Stranger): Promise<Page> => {
		const context: BrowserContext = await browser.newContext({ viewport: { width: 1440, height: 900 } });
		await context.addCookies(who.cookies().map(({ name, value }) => ({ name, value, url: hub.url })));
		await context.addInitScript(() => {
			const all: RTCPeerConnection[] = [];
			Object.assign(globalThis, { connections: all });
			globalThis.RTCPeerConnection = new Proxy(RTCPeerConnection, {
				construct: (made, input: ConstructorParameters<typeof RTCPeerConnection>) => {
					const connection = new made(...input);
					all.push(connection);
					return connection;
				},
			});
		});
		return context.newPage();
	};
	/** Video frames that this page has decoded on the connections it has. */
	const decoded = (page: Page): Promise<number> =>
		page.evaluate(async () => {
			let frames = 0;
			for (const connection of (globalThis as unknown as { connections: RTCPeerConnection[] }).connections) {
				if (connection.connectionState === 'closed') continue;
				for (const report of (await connection.getStats()).values() as Iterable<{ type: string; kind?: string; framesDecoded?: number }>)
					if (report.type === 'inbound-rtp' && report.kind === 'video') frames += report.framesDecoded ?? 0;
			}
			return frames;
		});
	/** Frames that were decoded when they had moved; null on the double, which proves nothing of pictures. */
	const moves = async (page: Page, what: string): Promise<number | null> => {
		if (!isReal) return null;
		const before = await decoded(page);
		return until(
			`moving video: ${what}`,
			async () => {
				const frames = await decoded(page);
				return frames > before + 10 ? frames : null;
			},
			30_000,
		);
	};
	const tiles = (page: Page): Promise<number> => page.locator('live-stage .tile').count();
	const act = (order: object): Promise<number> =>
		host.evaluate(
			async ([path, body]) => (await fetch(path!, { method: 'POST', headers: { 'content-type': 'application/json' }, body: body! })).status,
			[`/api/v1/occurrences/${occurrenceId}/stage`, JSON.stringify(order)],
		);
	const serverPid = (): number | null => {
		const line = execFileSync('ps', ['-A', '-o', 'pid=,args='], { encoding: 'utf8' })
			.split('\n')
			.find((one) => one.includes(`--config ${hub.dataFolder}/livekit.yaml`) && !one.includes('sh -c'));
		return line === undefined ? null : Number(line.trim().split(' ')[0]);
	};

	test('the host goes live, and a hidden viewer sees moving video without a reload', async () => {
		await viewer.getByText('The host has not begun yet').waitFor();
		await host.locator('[data-join]').click();
		await until('the host on stage', async () => (await tiles(host)) === 1);
		await host.locator('[data-go]').click();
		await until('the tile at the viewer', async () => (await tiles(viewer)) === 1);
		const frames = await moves(viewer, 'the host at the viewer');
		if (frames !== null) process.stdout.write(`decoded frames at a hidden viewer: ${frames}\n`);
		expect(await viewer.locator('[data-badge="live"]').isVisible()).toBe(true);
		// Hidden: the host's browser knows of nobody but itself.
		expect(await host.locator('live-stage .tile').count()).toBe(1);
		for (const name of ['microphone', 'camera', 'screen']) expect(await viewer.locator(`[data-control="${name}"]`).isVisible()).toBe(false);
		expect(await viewer.locator('[data-go], [data-finish], [data-join]').count()).toBe(0);
	});

	test('its webhooks arrive at the hub', async () => {
		await until('webhooks', () => {
			const events = stored<{ event: string }>(hub, 'select event from room_signal').map(({ event }) => event);
			return ['participant_joined', 'track_published'].every((event) => events.includes(event));
		});
	});

	test('captions that the host types are read by the viewer', async () => {
		const desk = await host.context().newPage();
		await desk.goto(`${hub.url}/console/webinars/${occurrenceId}`);
		await desk.locator('a[href$="/captions"]').click();
		await desk.locator('[data-captions] [name="line"]').fill('Torque first, then speed.');
		await desk.keyboard.press('Enter');
		await desk.locator('[data-lines] li').filter({ hasText: 'Torque first, then speed.' }).waitFor();
		await viewer.locator('[data-caption-lane]').filter({ hasText: 'Torque first, then speed.' }).waitFor();
		await desk.close();
	});

	test('a viewer who is called checks their devices, comes to the stage, and is brought back', async () => {
		expect(await act({ act: 'invite', registrationId })).toBe(200);
		await viewer.locator('[data-call][open] [data-device-state]').filter({ hasText: 'work' }).waitFor();
		await viewer.locator('[data-call-accept]').click();
		await until('two tiles at the host', async () => (await tiles(host)) === 2);
		await moves(host, 'the viewer at the host');
		expect(await viewer.locator('[data-control="camera"]').getAttribute('aria-pressed')).toBe('true');
		const identity = (await viewer.locator('live-stage').getAttribute('data-identity')) ?? '';
		expect(await act({ act: 'mute', identity })).toBe(200);
		await until('a muted microphone', async () => (await viewer.locator('[data-control="microphone"]').getAttribute('aria-pressed')) === 'false');
		expect(await act({ act: 'back', identity })).toBe(200);
		await until('one tile at the host', async () => (await tiles(host)) === 1);
		await viewer.locator('[data-controls]').waitFor({ state: 'hidden' });
		await moves(viewer, 'the host, after coming back');
	});

	test('the media server is killed: chat stays, and the stage comes back by itself', async () => {
		const killed = serverPid();
		process.kill(killed ?? 0, 'SIGKILL');
		await viewer.locator('[data-stage-banner]').waitFor();
		expect(await viewer.locator('[data-say="chat"]').isVisible()).toBe(true);
		await until('another server', () => (serverPid() ?? killed) !== killed, 20_000);
		await until('the host back on stage', async () => (await host.locator('live-stage').getAttribute('data-standing')) === 'on', 40_000);
		await until('the viewer back', async () => (await viewer.locator('live-stage').getAttribute('data-standing')) === 'on', 40_000);
		await moves(viewer, 'the host, after the server came back');
	});

	test('who is put out stays out until they press, and who is barred does not come back', async () => {
		const identity = (await viewer.locator('live-stage').getAttribute('data-identity')) ?? '';
		expect(await act({ act: 'remove', identity })).toBe(200);
		await until('the viewer out', async () => (await viewer.locator('live-stage').getAttribute('data-standing')) === 'removed');
		await viewer.locator('[data-banner-button]').click();
		await until('the viewer back', async () => (await viewer.locator('live-stage').getAttribute('data-standing')) === 'on');
		await moves(viewer, 'the host, after connecting again');
		expect(await act({ act: 'ban', identity })).toBe(200);
		await until('the viewer out', async () => (await viewer.locator('live-stage').getAttribute('data-standing')) === 'removed');
		await viewer.locator('[data-banner-button]').click();
		await until('the refusal', async () => (await viewer.locator('live-stage').getAttribute('data-standing')) === 'banned');
	});

	test('the host ends it: everybody is told', async () => {
		await host.locator('[data-finish]').click();
		await host.locator('[data-finish-dialog] button[value="end"]').click();
		await viewer.locator('[data-ended]').waitFor();
		await until('the end at the host', async () => (await host.locator('stage-host').getAttribute('data-status')) === 'ended');
	});
});
