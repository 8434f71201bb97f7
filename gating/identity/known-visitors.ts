import { SECOND_MS, type Now } from '#kernel/clock.ts';

import { createRecent } from '#kernel/recent.ts';
import type { Visitor, VisitorCookies } from './visitor.ts';

const KEPT_MS = 10 * SECOND_MS;
const KEPT_VISITORS = 20_000;

export interface KnownVisitors {
	identify(cookies: VisitorCookies): Promise<Visitor>;
	/** Call after every change to passes, consents or owners of browsers: what it changes must hold at once. */
	forget(): void;
}

/**
 * Remembers for ten seconds who cookies are, so that a page and its beacons ask the database once. Only where one process
 * makes all changes: with several, another could withdraw a consent that is remembered here.
 */
export function createKnownVisitors(identify: (cookies: VisitorCookies) => Promise<Visitor>, now: Now): KnownVisitors {
	const known = createRecent<string, { readonly visitor: Visitor; readonly until: number }>(KEPT_VISITORS);
	let generation = 0;
	return Object.freeze<KnownVisitors>({
		identify: async (cookies) => {
			const key = `${cookies.visitor ?? ''}\n${cookies.pass ?? ''}\n${cookies.consent ?? ''}`;
			const entry = known.get(key);
			if (entry && entry.until > now().getTime()) return entry.visitor;
			const asked = generation;
			const visitor = await identify(cookies);
			if (asked === generation && key.length < 300) known.set(key, { visitor, until: now().getTime() + KEPT_MS });
			return visitor;
		},
		forget: () => {
			generation++;
			known.clear();
		},
	});
}
