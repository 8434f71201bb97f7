import type { Browser } from 'playwright-core';
import { afterAll, beforeAll } from 'vitest';

import { openBrowser } from './browser.ts';
import { startReadingHub, type TestHub } from './hub.ts';
import { startMailServer, type TestMailServer } from './smtp.ts';

/** What a browser test plays on. Its parts are there from the first test on. */
export interface Stage {
	readonly hub: TestHub;
	readonly browser: Browser;
	/** Takes the hub's mail; only where it was asked for. */
	readonly mails: TestMailServer;
}

/** Opens the whole hub, with content that nobody changes, and a Chromium before the tests that follow, and closes them after. */
export function openStage({
	takesMail = false,
	env = {},
}: { readonly takesMail?: boolean; readonly env?: Readonly<Record<string, string>> } = {}): Stage {
	const stage: { -readonly [Part in keyof Stage]?: Stage[Part] } = {};
	beforeAll(async () => {
		if (takesMail) stage.mails = await startMailServer();
		[stage.hub, stage.browser] = await Promise.all([startReadingHub({ ...env, ...(stage.mails && { SMTP_URL: stage.mails.url }) }), openBrowser()]);
	}, 300_000);
	afterAll(async () => {
		await stage.browser?.close();
		await stage.hub?.close();
		await stage.mails?.stop();
	});
	return stage as Stage;
}
