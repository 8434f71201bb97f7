import { sql } from 'drizzle-orm';
import { RateLimiterMemory } from 'rate-limiter-flexible';

import { localDay } from '#kernel/clock.ts';
import type { Handle } from '#kernel/database.ts';
import { newId } from '#kernel/id.ts';

import { createBotTest } from '../event/bot.ts';
import type { Visitor } from '../identity/visitor.ts';
import { channelVisit, touchpoint, utmRule } from '../schema.ts';
import type { ChannelDeps } from './create-channels.ts';
import { type FirstTouch, firstTouchOf } from './first-touch.ts';
import { sourceByCode } from './source.ts';

/** Landings of one network that count, so that a script cannot make a channel look good. */
const MOST_LANDINGS = { points: 120, duration: 600 };

export interface VisitInput {
	/** Query of the landing page, with its `?`. */
	readonly query: string;
	/** `document.referrer`, or null. */
	readonly referrer: string | null;
	/** `<type>:<id>` of the page, or ''. */
	readonly subject: string;
	readonly visitor: Visitor;
	readonly userAgent: string;
	/** Network prefix; null for a caller that has limits of its own. */
	readonly network: string | null;
}

export type VisitOutcome =
	/** Counted, without anything about anybody. */
	| { readonly status: 'counted' }
	/** Counted, and kept as a touchpoint of a browser that agreed. */
	| { readonly status: 'kept' }
	| { readonly status: 'ignored' };

/** Counts landings that a browser proves: it ran the page's script, its reader did something, and it is no known machine. */
export function createVisits(deps: ChannelDeps): (input: VisitInput) => Promise<VisitOutcome> {
	const isBot = createBotTest();
	const networks = new RateLimiterMemory(MOST_LANDINGS);

	return async (input) => {
		if (isBot(input.userAgent)) return { status: 'ignored' };
		const within =
			input.network === null ||
			(await networks.consume(input.network).then(
				() => true,
				() => false,
			));
		if (!within) return { status: 'ignored' };
		const { db, now, random, timeZone, origin } = deps;
		const keep = async (tx: Handle): Promise<VisitOutcome> => {
			const at = now();
			const touch = await arrivalOf(tx, origin, input.query, input.referrer);
			const day = localDay(at, timeZone());
			await tx
				.insert(channelVisit)
				.values({ localDay: day, channel: touch.channel, sourceId: touch.sourceId ?? '', visits: 1 })
				.onConflictDoUpdate({
					target: [channelVisit.localDay, channelVisit.channel, channelVisit.sourceId],
					set: { visits: sql`${channelVisit.visits} + 1` },
				});
			const { visitorId, personId, consents } = input.visitor;
			if (visitorId === null || !consents.has('analytics')) return { status: 'counted' };
			await keepVisit(tx, { id: newId(at, random), at, localDay: day, visitorId, personId, subject: input.subject, touch });
			return { status: 'kept' };
		};
		return db.write(keep, { locks: 'channel-visit' });
	};
}

export interface Arrival {
	readonly channel: string;
	readonly sourceId: string | null;
	readonly detail: Readonly<Record<string, string>>;
}

/** The channel and source of a landing: by our own link if it is one, else by the company's rules. */
export async function arrivalOf(handle: Handle, origin: string, query: string, referrer: string | null): Promise<Arrival> {
	const rules = await handle.select({ source: utmRule.source, medium: utmRule.medium, channel: utmRule.channel }).from(utmRule);
	const { channel = 'direct', ...detail } = firstTouchOf(new URL(`/${query.slice(0, 2_000)}`, origin), referrer, rules) satisfies FirstTouch;
	const own = detail.link && /^[a-z0-9-]{1,60}$/.test(detail.link) ? await sourceByCode(handle, detail.link) : null;
	return { channel: own?.channel ?? channel, sourceId: own?.id ?? null, detail };
}

export async function keepVisit(
	tx: Handle,
	visit: {
		readonly id: string;
		readonly at: Date;
		readonly localDay: string;
		readonly visitorId: string;
		readonly personId: string | null;
		readonly subject: string;
		readonly touch: Arrival;
	},
): Promise<void> {
	const { touch, ...row } = visit;
	await tx.insert(touchpoint).values({ ...row, ...touch, kind: 'visit', importId: null });
}
