import { MINUTE_MS, SECOND_MS, type Now } from '#kernel/clock.ts';
import { createRecentOwned } from '#kernel/recent.ts';

import type { Identified } from './identify.ts';
import type { Visitor, VisitorCookies } from './visitor.ts';

/** A browser's own cookie says who it is until something of it or its person is touched; that also bounds what a mistake there would do. */
const KEPT_MS = 5 * MINUTE_MS;
/** A pass ends by the clock, too, and the day on which it was used is noted when it is asked about. */
const PASS_KEPT_MS = 10 * SECOND_MS;
const KEPT_VISITORS = 40_000;

export interface KnownVisitors {
	/** The same object for the same cookies as long as it {@link KnownVisitors.holds}. */
	identify(cookies: VisitorCookies): Promise<Visitor>;
	/** Whether what was answered with this object is still true. From memory. */
	holds(visitor: Visitor): boolean;
	/** Call once the passes, consents or owner of these persons and browsers changed. */
	forget(ids: Iterable<string>): void;
}

interface Known {
	readonly visitor: Visitor;
	readonly owners: readonly string[];
	readonly untilMs: number;
	isGone: boolean;
}

/**
 * Remembers who cookies are, so that a page and its beacons ask the database once. Only where one process makes all changes: with several,
 * another could withdraw a consent that is remembered here.
 */
export function createKnownVisitors(identify: (cookies: VisitorCookies) => Promise<Identified>, now: Now): KnownVisitors {
	const known = createRecentOwned<string, Known>(KEPT_VISITORS);
	const byVisitor = new WeakMap<Visitor, Known>();
	let generation = 0;
	const isTrue = ({ isGone, untilMs }: Known): boolean => !isGone && untilMs > now().getTime();
	return Object.freeze<KnownVisitors>({
		identify: async (cookies) => {
			const key = `${cookies.visitor ?? ''}\n${cookies.pass ?? ''}\n${cookies.consent ?? ''}`;
			const before = known.get(key);
			if (before && isTrue(before)) return before.visitor;
			const asked = generation;
			const { visitor, owners } = await identify(cookies);
			if (asked === generation && key.length < 300) {
				const untilMs = now().getTime() + (cookies.pass === undefined ? KEPT_MS : PASS_KEPT_MS);
				const entry: Known = { visitor, owners, untilMs, isGone: false };
				known.set(key, entry);
				byVisitor.set(visitor, entry);
			}
			return visitor;
		},
		holds: (visitor) => {
			const entry = byVisitor.get(visitor);
			return entry !== undefined && isTrue(entry);
		},
		forget: (ids) => {
			generation++;
			for (const entry of known.drop(ids)) entry.isGone = true;
		},
	});
}
