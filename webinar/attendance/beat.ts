import { and, eq, isNull } from 'drizzle-orm';

import type { Visitor } from '#gating';
import { HOUR_MS } from '#kernel/clock.ts';
import type { Database, Handle } from '#kernel/database.ts';
import { newId } from '#kernel/id.ts';
import { readToken, signToken } from '#kernel/signed-token.ts';

import { subjectOf, type WebinarsDeps, webinarBySlug } from '../deps.ts';
import { admissionOf, type PlaceOf } from '../room/admission.ts';
import { registration, stay } from '../schema.ts';
import { extend, type Signal } from './fold.ts';

/** How often a page in sight says so. */
export const BEAT_SECONDS = 5;
const TOKEN_MS = 12 * HOUR_MS;
/** Stays of one transaction. */
const BATCH = 100;

export interface BeatInput {
	readonly slug: string;
	readonly visitor: Visitor;
	/** The token of the last answer; null at first. */
	readonly token: string | null;
	/** True as the last sign of a page that is left or hidden. */
	readonly isLeaving: boolean;
}

export type BeatOutcome =
	/** Present this token with the next beat. */
	| { readonly status: 'counted'; readonly token: string; readonly nextInSeconds: number }
	| { readonly status: 'left' }
	/** Not in the room, a forged token, or one of another person or webinar. */
	| { readonly status: 'refused' | 'unknown' };

/** What a token names: a stay that is extended by its beats. Signed, so that nobody extends another's. */
interface Claim {
	readonly stayId: string;
	readonly webinarId: string;
	readonly personId: string;
}

/**
 * Proves presence by beats on the hub's own clock: a stay grows to the moment of each beat and breaks after a silence, so that
 * nobody attends longer than time passes. Beats of one turn of the loop are written together.
 */
export function createBeat({
	db,
	keys,
	now,
	random,
	content,
	gating,
	placeOf,
}: Pick<WebinarsDeps, 'db' | 'keys' | 'now' | 'random' | 'content' | 'gating'> & { readonly placeOf: PlaceOf }) {
	const writeSignal = createSignalWriter(db);

	const answer = (claim: Claim): BeatOutcome => ({
		status: 'counted',
		token: signToken(keys, 'beat', JSON.stringify(['stay', claim.stayId, claim.webinarId, claim.personId]), new Date(now().getTime() + TOKEN_MS)),
		nextInSeconds: BEAT_SECONDS,
	});

	const read = (token: string): Claim | null => {
		const result = readToken(keys, 'beat', token, now());
		if (result.status !== 'valid') return null;
		const [kind, stayId = '', webinarId = '', personId = ''] = JSON.parse(result.subject) as string[];
		return kind === 'stay' ? { stayId, webinarId, personId } : null;
	};

	const begin = async (slug: string, visitor: Visitor): Promise<BeatOutcome> => {
		const admission = admissionOf(await placeOf(slug, visitor));
		if (admission.status !== 'admitted') return { status: admission.status };
		const { occurrence, webinar, registration: row } = admission;
		const stayId = newId(now(), random);
		await db.write(async (tx) => {
			const at = now();
			await tx
				.insert(stay)
				.values({ id: stayId, occurrenceId: occurrence.id, personId: row.personId, source: 'beat', startedAt: at, lastSeenAt: at, endedAt: null });
			if (row.joinedAt !== null) return;
			await tx
				.update(registration)
				.set({ joinedAt: at })
				.where(and(eq(registration.id, row.id), isNull(registration.joinedAt)));
			await gating.events.record(tx, {
				id: `joined-${row.id}`,
				type: 'webinar.joined',
				at,
				personId: row.personId,
				visitorId: visitor.visitorId,
				subject: subjectOf(webinar.id),
				props: { occurrenceId: occurrence.id },
			});
		});
		return answer({ stayId, webinarId: webinar.id, personId: row.personId });
	};

	return async ({ slug, visitor, token, isLeaving }: BeatInput): Promise<BeatOutcome> => {
		if (token === null) return isLeaving ? { status: 'left' } : begin(slug, visitor);
		const claim = read(token);
		if (!claim || !visitor.isVerified || claim.personId !== visitor.personId || webinarBySlug(content(), slug)?.id !== claim.webinarId)
			return { status: 'refused' };
		const isExtended = await writeSignal(claim.stayId, { kind: isLeaving ? 'left' : 'seen', at: now() });
		if (isLeaving) return { status: 'left' };
		return isExtended ? answer(claim) : begin(slug, visitor);
	};
}

interface Waiting {
	readonly stayId: string;
	readonly signal: Signal;
	readonly settle: (isExtended: boolean) => void;
	readonly fail: (error: unknown) => void;
}

/** Writes signals that came while the last transaction ran in one transaction; resolves after the commit, false when the stay is over. */
function createSignalWriter(db: Database): (stayId: string, signal: Signal) => Promise<boolean> {
	const queue: Waiting[] = [];
	let isRunning = false;

	const run = async (): Promise<void> => {
		for (let batch = queue.splice(0, BATCH); batch.length > 0; batch = queue.splice(0, BATCH)) {
			try {
				const extended = await db.write(async (tx) => {
					const results: boolean[] = [];
					for (const { stayId, signal } of batch) results.push(await writeOne(tx, stayId, signal));
					return results;
				});
				batch.forEach(({ settle }, index) => settle(extended[index] ?? false));
			} catch (error) {
				for (const { fail } of batch) fail(error);
			}
		}
		isRunning = false;
	};

	return (stayId, signal) =>
		new Promise((settle, fail) => {
			queue.push({ stayId, signal, settle, fail });
			if (isRunning) return;
			isRunning = true;
			setImmediate(() => void run());
		});
}

async function writeOne(tx: Handle, stayId: string, signal: Signal): Promise<boolean> {
	const [row] = await tx.select().from(stay).where(eq(stay.id, stayId));
	const next = row && extend(row, signal);
	if (!next) return false;
	await tx.update(stay).set({ lastSeenAt: next.lastSeenAt, endedAt: next.endedAt }).where(eq(stay.id, stayId));
	return true;
}
