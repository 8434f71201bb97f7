import { existsSync } from 'node:fs';

import chromium from '@sparticuz/chromium';
import { type Browser, chromium as playwright } from 'playwright-core';

const INSTALLED = ['/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome'];
const QUIET = ['--no-sandbox', '--disable-gpu', '--disable-background-networking', '--disable-component-update', '--disable-sync', '--no-first-run'];

/** Camera and microphone that need no hardware and no question, and connections within this machine. */
export const FAKE_MEDIA = [
	'--use-fake-device-for-media-stream',
	'--use-fake-ui-for-media-stream',
	'--autoplay-policy=no-user-gesture-required',
	'--allow-loopback-in-peer-connection',
	'--disable-features=WebRtcHideLocalIpsWithMdns',
];

/** A headless Chromium: `CHROMIUM_BIN`, one that is installed, or the one of npm. */
export async function openBrowser(more: readonly string[] = []): Promise<Browser> {
	const installed = [process.env['CHROMIUM_BIN'], ...INSTALLED].find((path) => path !== undefined && existsSync(path));
	if (installed !== undefined) return playwright.launch({ executablePath: installed, args: [...QUIET, ...more] });
	return playwright.launch({ executablePath: await chromium.executablePath(), args: [...chromium.args, ...QUIET, ...more] });
}
