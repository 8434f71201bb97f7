import { expect } from 'vitest';

import type { App } from '#app';
import type { ContentItem } from '#cms/content.ts';

const AGENT = 'Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0';

/** A browser with its cookies, at the hub that serves `app` at `base`. */
export function cookieBrowser(app: App, base: string) {
	const jar = new Map<string, string>();
	const keep = (cookies: readonly { readonly name: string; readonly value: string }[]) => {
		for (const { name, value } of cookies) if (value === '') jar.delete(name); else jar.set(name, value); // prettier-ignore
	};
	const headers = (more: Record<string, string> = {}) => ({
		...{ host: new URL(app.config.server.publicUrl).host, 'user-agent': AGENT, 'accept-encoding': 'gzip' },
		cookie: [...jar].map(([name, value]) => `${name}=${value}`).join('; '),
		...more,
	});
	const identify = () =>
		app.gating.visitors.identify({ visitor: jar.get('foyer_visitor'), pass: jar.get('foyer_pass'), consent: jar.get('foyer_consent') });
	return {
		jar,
		keep,
		identify,
		/** As somebody who does not belong to the part that is held out. */
		agree: async (...purposes: ('analytics' | 'personalisation')[]) => {
			for (;;) {
				const visitor = await identify();
				const { setCookies } = await app.gating.consents.answer({ purposes, locale: 'en', channel: 'direct', visitor, firstTouch: {} });
				keep(setCookies);
				const { visitorId } = await identify();
				if (visitorId === null || !app.gating.experiments.isHeldOut(visitorId)) return;
				jar.clear();
			}
		},
		reads: async (...items: readonly ContentItem[]) => {
			const events = items.map(({ type, id }) => ({
				...{ id: crypto.randomUUID(), type: 'page.view', at: app.now().toISOString(), subject: `${type}:${id}` },
				props: { path: '/' },
			}));
			const { accepted } = await app.gating.events.ingest({ events, visitor: await identify(), userAgent: AGENT, receivedAt: app.now() });
			expect(accepted).toBe(events.length);
		},
		get: async (path = '/', more: Record<string, string> = {}) => {
			const answer = await fetch(base + path, { headers: headers(more) });
			return { status: answer.status, headers: answer.headers, text: await answer.text() };
		},
	};
}
export type CookieBrowser = ReturnType<typeof cookieBrowser>;
