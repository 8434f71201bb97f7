import { eq } from 'drizzle-orm';

import { newId, systemRandom } from '#kernel/id.ts';
import type { Browser, Gate } from '#tests/support/gate.ts';

import { event } from '../../gating/schema.ts';

/** What visitors do at a gate, each in one call. */
export function stepsOf(gate: Gate) {
	return {
		/** A stranger's form, up to the token in their mail. */
		submitAndMail: async (browser: Browser = gate.browser(), answers: Record<string, string> = {}, more: Parameters<Gate['form']>[2] = {}) => {
			const outcome = await gate.gating.forms.submit(gate.form(await browser.who(), answers, more));
			return { browser, outcome, token: (await gate.deliver()) ?? '' };
		},
		/** The button behind a mailed link, pressed in this browser, with the address typed that it went to, or nothing. */
		confirm: async (browser: Browser, token: string, email: string | null = null) => {
			const outcome = await gate.gating.access.confirm(token, await browser.use(email));
			if (outcome.status === 'confirmed') browser.take(outcome.setCookies);
			return outcome;
		},
		/** Answers the notice; returns the browser's id, '' when it got none. */
		agree: async (browser: Browser, purposes = ['analytics']): Promise<string> => {
			browser.take(
				(await gate.gating.consents.answer({ purposes, locale: 'en', channel: 'direct', visitor: await browser.who(), firstTouch: {} })).setCookies,
			);
			return (await browser.who()).visitorId ?? '';
		},
		/** A page view of this browser, as its beacon would leave it. */
		view: async (browser: Browser): Promise<void> => {
			const { visitorId, personId } = await browser.who();
			const at = gate.clock.at;
			const row = { type: 'page.view', version: 1, at, receivedAt: at, localDay: '2026-03-02', subject: 'products:x', props: {}, basis: 'consent' };
			await gate.db.write(async (tx) => void (await tx.insert(event).values({ ...row, id: newId(at, systemRandom), visitorId, personId })));
		},
		ownersOf: async (visitorId: string) =>
			(await gate.db.read.select({ personId: event.personId }).from(event).where(eq(event.visitorId, visitorId))).map((row) => row.personId),
	};
}
