import { eq } from 'drizzle-orm';

import type { Visitor } from '#gating';
import { HOUR_MS } from '#kernel/clock.ts';
import type { Handle } from '#kernel/database.ts';
import { newId } from '#kernel/id.ts';
import { readToken, signToken } from '#kernel/signed-token.ts';

import { BEAT_SECONDS } from '../attendance/beat.ts';
import { subjectOf, type WebinarsDeps } from '../deps.ts';
import { registration, replayPass, replayView } from '../schema.ts';
import { registrationOf } from '../registration/registration.ts';
import type { FindReplay } from './find.ts';
import { passOf } from './find.ts';
import { type Played, watchOn } from './watch.ts';

const TOKEN_MS = 12 * HOUR_MS;

export interface WatchInput {
	readonly slug: string;
	readonly visitor: Visitor;
	/** The token of the last answer; null at first. */
	readonly token: string | null;
	/** What was played since the last beat; null: it has just begun to play. */
	readonly played: Played | null;
}

export type WatchOutcome =
	| { readonly status: 'counted'; readonly token: string; readonly nextInSeconds: number; readonly serverTime: Date }
	/** The time is up, there is no such replay for them, or the token is another's. */
	| { readonly status: 'refused' | 'unknown' };

/** Gives somebody a pass, if they have none. */
export async function ensurePass(
	tx: Handle,
	occurrenceId: string,
	personId: string,
	{ now, random }: Pick<WebinarsDeps, 'now' | 'random'>,
): Promise<string> {
	const known = await passOf(tx, occurrenceId, personId);
	if (known) return known.id;
	const row = { id: newId(now(), random), occurrenceId, personId, createdAt: now(), watchedSeconds: 0, uniqueSeconds: 0 };
	const open = { firstPlayedAt: null, extendedUntil: null, askedAt: null, lastWatchedAt: null, settledAt: null };
	await tx
		.insert(replayPass)
		.values({ ...row, ...open })
		.onConflictDoNothing();
	return (await passOf(tx, occurrenceId, personId))?.id ?? row.id;
}

/**
 * Proves what was watched: beats on the hub's own clock while the recording plays, each with the place it came to. The first begins the time that a
 * replay is open. No more counts than could be played in the time that passed.
 */
export function createWatching({
	db,
	keys,
	now,
	random,
	gating,
	find,
}: Pick<WebinarsDeps, 'db' | 'keys' | 'now' | 'random' | 'gating'> & { readonly find: FindReplay }) {
	const answer = (viewId: string, personId: string): WatchOutcome => ({
		status: 'counted',
		token: signToken(keys, 'beat', JSON.stringify(['replay', viewId, personId]), new Date(now().getTime() + TOKEN_MS)),
		nextInSeconds: BEAT_SECONDS,
		serverTime: now(),
	});

	const begin = async (slug: string, visitor: Visitor): Promise<WatchOutcome> => {
		const place = await find(slug, visitor);
		if (place.status === 'unknown') return { status: 'unknown' };
		if (place.status === 'stranger' || place.standing.status !== 'open') return { status: 'refused' };
		const { occurrence, personId, webinar } = place;
		const viewId = newId(now(), random);
		await db.write(async (tx) => {
			const at = now();
			const passId = await ensurePass(tx, occurrence.id, personId, { now, random });
			const pass = await passOf(tx, occurrence.id, personId);
			if (pass?.firstPlayedAt === null) await tx.update(replayPass).set({ firstPlayedAt: at }).where(eq(replayPass.id, passId));
			await tx.insert(replayView).values({ id: viewId, passId, startedAt: at, lastSeenAt: at, watchedMs: 0, ranges: [] });
			const seat = occurrence.mode === 'on-demand' ? await registrationOf(tx, occurrence.id, personId) : null;
			if (!seat || seat.joinedAt !== null) return;
			await tx.update(registration).set({ joinedAt: at }).where(eq(registration.id, seat.id));
			await gating.events.record(tx, {
				id: `joined-${seat.id}`,
				type: 'webinar.joined',
				at,
				personId,
				visitorId: visitor.visitorId,
				subject: subjectOf(webinar.id),
				props: { occurrenceId: occurrence.id },
			});
		});
		return answer(viewId, personId);
	};

	return async ({ slug, visitor, token, played }: WatchInput): Promise<WatchOutcome> => {
		if (token === null) return begin(slug, visitor);
		const read = readToken(keys, 'beat', token, now());
		const [kind, viewId = '', personId = ''] = read.status === 'valid' ? (JSON.parse(read.subject) as string[]) : [];
		if (kind !== 'replay' || !visitor.isVerified || personId !== visitor.personId) return { status: 'refused' };
		const goesOn = await db.write(async (tx) => {
			const [row] = await tx.select().from(replayView).where(eq(replayView.id, viewId));
			const next = row && watchOn(row, played ?? { fromSeconds: 0, toSeconds: 0 }, now());
			if (!next) return false;
			const { lastSeenAt, watchedMs, ranges } = next;
			await tx.update(replayView).set({ lastSeenAt, watchedMs, ranges }).where(eq(replayView.id, viewId));
			await tx.update(replayPass).set({ lastWatchedAt: lastSeenAt }).where(eq(replayPass.id, row.passId));
			return true;
		});
		return goesOn ? answer(viewId, personId) : begin(slug, visitor);
	};
}
