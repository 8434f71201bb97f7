import { and, desc, eq, inArray, isNull, lte, or } from 'drizzle-orm';

import type { Webinar } from '#cms/content.ts';
import type { Visitor } from '#gating';
import type { Handle } from '#kernel/database.ts';

import { replayDays } from '../aftermath/replay-days.ts';
import { subjectOf, type WebinarsDeps, webinarBySlug } from '../deps.ts';
import type { Occurrence } from '../programme/occurrence.ts';
import { occurrence, registration, replayPass, replayTerms } from '../schema.ts';
import { houseTerms, type Standing, standingOf, type Terms } from './expiry.ts';

export type Pass = typeof replayPass.$inferSelect;

/** A visitor's replay of a webinar. */
export type Place =
	| { readonly status: 'unknown' }
	/** Nobody we know, or nobody who registered and was let in. */
	| { readonly status: 'stranger'; readonly webinar: Webinar }
	| {
			readonly status: 'found';
			readonly webinar: Webinar;
			readonly occurrence: Occurrence;
			readonly personId: string;
			readonly pass: Pass | null;
			readonly terms: Terms;
			readonly standing: Standing;
	  };

/** Starts that somebody may look back to. */
const LATEST = 40;

export async function termsOf(handle: Handle, { webinarId, mode }: Pick<Occurrence, 'webinarId' | 'mode'>): Promise<Terms> {
	const [row] = await handle.select().from(replayTerms).where(eq(replayTerms.webinarId, webinarId));
	return row ?? houseTerms(mode);
}

export async function passOf(handle: Handle, occurrenceId: string, personId: string): Promise<Pass | null> {
	const [row] = await handle
		.select()
		.from(replayPass)
		.where(and(eq(replayPass.occurrenceId, occurrenceId), eq(replayPass.personId, personId)));
	return row ?? null;
}

/** Finds the newest start that is over, or on demand, for which the visitor had a seat or was given the replay. */
export function createFindReplay({ db, now, content, gating }: Pick<WebinarsDeps, 'db' | 'now' | 'content' | 'gating'>) {
	return async (slug: string, visitor: Visitor): Promise<Place> => {
		const webinar = webinarBySlug(content(), slug);
		if (!webinar || webinar.mode === 'on-site') return { status: 'unknown' };
		const { personId } = visitor;
		if (!visitor.isVerified || personId === null) return { status: 'stranger', webinar };
		const over = await db.read
			.select()
			.from(occurrence)
			.where(
				and(
					eq(occurrence.webinarId, webinar.id),
					isNull(occurrence.cancelledAt),
					or(lte(occurrence.closesAt, now()), eq(occurrence.mode, 'on-demand')),
				),
			)
			.orderBy(desc(occurrence.startsAt))
			.limit(LATEST);
		const ids = over.map(({ id }) => id);
		if (ids.length === 0) return { status: 'stranger', webinar };
		const seats = await db.read
			.select({ occurrenceId: registration.occurrenceId })
			.from(registration)
			.where(and(inArray(registration.occurrenceId, ids), eq(registration.personId, personId), eq(registration.state, 'registered')));
		const passes = await db.read
			.select()
			.from(replayPass)
			.where(and(inArray(replayPass.occurrenceId, ids), eq(replayPass.personId, personId)));
		const mine = new Set([...seats, ...passes].map(({ occurrenceId }) => occurrenceId));
		const found = over.find(({ id }) => mine.has(id));
		if (!found) return { status: 'stranger', webinar };
		const access = await gating.access.of('registration', visitor, subjectOf(webinar.id), true);
		if (access.decision !== 'granted') return { status: 'stranger', webinar };
		const pass = passes.find(({ occurrenceId }) => occurrenceId === found.id) ?? null;
		const terms = await termsOf(db.read, found);
		const earned = await replayDays(db.read, webinar, found, personId);
		return { status: 'found', webinar, occurrence: found, personId, pass, terms, standing: standingOf(terms, pass, now(), earned) };
	};
}

export type FindReplay = ReturnType<typeof createFindReplay>;
