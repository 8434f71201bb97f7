import { and, count, eq, sql } from 'drizzle-orm';
import { RateLimiterMemory } from 'rate-limiter-flexible';

import { localDay } from '#kernel/clock.ts';
import type { Handle } from '#kernel/database.ts';
import { newId } from '#kernel/id.ts';

import { createBotTest } from '../event/bot.ts';
import type { Visitor } from '../identity/visitor.ts';
import { noteClick } from '../mailing/click.ts';
import { channelVisit, utmUnknown } from '../schema.ts';
import { type Arrival, arrivalOf, keepVisit } from './arrival.ts';
import type { ChannelDeps } from './create-channels.ts';

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
			const arrival = await arrivalOf(tx, origin, input.query, input.referrer);
			const clicked = await noteClick(tx, deps, input.query, input.subject);
			const touch = clicked ? { ...arrival, channel: 'mail', tacticId: clicked.tacticId ?? arrival.tacticId } : arrival;
			const day = localDay(at, timeZone());
			await tx
				.insert(channelVisit)
				// Nobody who did not agree is counted for a link of one person's own.
				.values({ localDay: day, channel: touch.channel, sourceId: touch.isInvitation ? '' : (touch.sourceId ?? ''), visits: 1 })
				.onConflictDoUpdate({
					target: [channelVisit.localDay, channelVisit.channel, channelVisit.sourceId],
					set: { visits: sql`${channelVisit.visits} + 1` },
				});
			if (touch.channel === 'other') await noteUnknown(tx, touch, day);
			const { visitorId, personId, consents } = input.visitor;
			const isMeasured = visitorId !== null && consents.has('analytics');
			if (!isMeasured && !clicked) return { status: 'counted' };
			// Whom a mail was written to agreed that following its links is noted; their browser is known only where they agreed to that.
			const whose = { visitorId: isMeasured ? visitorId : null, personId: clicked?.personId ?? personId };
			await keepVisit(tx, { id: newId(at, random), at, localDay: day, ...whose, subject: input.subject, touch });
			return { status: 'kept' };
		};
		return db.write(keep, { locks: 'channel-visit' });
	};
}

/** Values that anybody can write: the list of unknown ones ends somewhere. */
const MOST_UNKNOWN = 500;

/** Counts a landing whose UTM values no rule knows, so that staff can make one. */
async function noteUnknown(tx: Handle, { detail }: Arrival, day: string): Promise<void> {
	const [source, medium, campaign] = [detail['source'], detail['medium'], detail['campaign']].map((value = '') => value.toLowerCase()) as [
		string,
		string,
		string,
	];
	const known = await tx
		.update(utmUnknown)
		.set({ visits: sql`${utmUnknown.visits} + 1`, lastDay: day })
		.where(and(eq(utmUnknown.source, source), eq(utmUnknown.medium, medium), eq(utmUnknown.campaign, campaign)))
		.returning({ source: utmUnknown.source });
	if (known.length > 0) return;
	const [row] = await tx.select({ all: count() }).from(utmUnknown);
	if ((row?.all ?? 0) < MOST_UNKNOWN) await tx.insert(utmUnknown).values({ source, medium, campaign, visits: 1, lastDay: day });
}
