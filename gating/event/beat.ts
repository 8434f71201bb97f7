import { DAY_MS, type Now, SECOND_MS } from '#kernel/clock.ts';
import { newId, type Random } from '#kernel/id.ts';
import type { Keys } from '#kernel/keys.ts';
import { readToken, signToken } from '#kernel/signed-token.ts';
import { createRecent } from '#kernel/recent.ts';

const SHORTEST_MS = 5 * SECOND_MS;
const LONGEST_MS = 60 * SECOND_MS;
const REMEMBERED_VISITORS = 20_000;

/** A run of beats on one page in one tab, as its signed token carries it. */
export interface Attention {
	/** Id of the run: the one event it becomes is stored under it. */
	readonly run: string;
	readonly visitorId: string;
	readonly subject: string;
	/** When the hub saw the last beat. */
	readonly lastAt: Date;
	/** Proved so far, in milliseconds. */
	readonly creditedMs: number;
}

export type BeatResult =
	{ readonly status: 'started' | 'counted' | 'too-soon'; readonly token: string; readonly seconds: number } | { readonly status: 'refused' };

export interface Beats {
	/** Takes a beat: null starts a run, afterwards the last token must be presented. */
	beat(input: { readonly token: string | null; readonly visitorId: string; readonly subject: string }): BeatResult;
	/** What a token proves for this visitor and subject; null when it is forged, too old, or another's. */
	prove(token: string, visitorId: string, subject: string): Attention | null;
}

/**
 * The milliseconds that a beat at `now` adds. Nothing when it comes sooner than 5 s or later than 60 s after the run's last
 * beat, and never time that another run of the same visitor was credited for already (`creditedUntil`).
 */
export function creditOf(lastAt: Date, now: Date, creditedUntil: Date | null): number {
	const gap = now.getTime() - lastAt.getTime();
	if (gap < SHORTEST_MS || gap > LONGEST_MS) return 0;
	return Math.max(0, now.getTime() - Math.max(lastAt.getTime(), creditedUntil?.getTime() ?? 0));
}

/**
 * Proof of attention. The hub signs each beat with its own clock, so a run never proves more than the time that passed, and
 * all runs of a visitor together never more than that either. The second bound is kept in memory per process; across
 * processes and restarts {@link withoutOverlap} gives it again when scores are made.
 */
export function createBeats({ keys, now, random }: { readonly keys: Keys; readonly now: Now; readonly random: Random }): Beats {
	const creditedUntil = createRecent<string, Date>(REMEMBERED_VISITORS);
	const sign = (run: Attention) =>
		signToken(
			keys,
			'beat',
			JSON.stringify([run.run, run.visitorId, run.subject, run.lastAt.getTime(), run.creditedMs]),
			new Date(run.lastAt.getTime() + DAY_MS),
		);

	const prove: Beats['prove'] = (token, visitorId, subject) => {
		const read = readToken(keys, 'beat', token, now());
		if (read.status !== 'valid') return null;
		const [run, owner, about, lastAt, creditedMs] = JSON.parse(read.subject) as [string, string, string, number, number];
		return owner === visitorId && about === subject ? { run, visitorId, subject, lastAt: new Date(lastAt), creditedMs } : null;
	};

	return Object.freeze<Beats>({
		prove,
		beat: ({ token, visitorId, subject }) => {
			const at = now();
			if (token === null) {
				const run: Attention = { run: newId(at, random), visitorId, subject, lastAt: at, creditedMs: 0 };
				return { status: 'started', token: sign(run), seconds: 0 };
			}
			const before = prove(token, visitorId, subject);
			if (!before) return { status: 'refused' };
			if (at.getTime() - before.lastAt.getTime() < SHORTEST_MS) return { status: 'too-soon', token, seconds: wholeSeconds(before.creditedMs) };
			const credit = creditOf(before.lastAt, at, creditedUntil.get(visitorId) ?? null);
			if (credit > 0) creditedUntil.set(visitorId, at);
			const run: Attention = { ...before, lastAt: at, creditedMs: before.creditedMs + credit };
			return { status: 'counted', token: sign(run), seconds: wholeSeconds(run.creditedMs) };
		},
	});
}

export function wholeSeconds(milliseconds: number): number {
	return Math.floor(milliseconds / SECOND_MS);
}

/**
 * Seconds that count for each attention event of one person: in order of time, none counts more than the time since the
 * end of the one before. Returns them by event id; events are those of one person, in any order.
 */
export function withoutOverlap(events: readonly { readonly id: string; readonly at: Date; readonly seconds: number }[]): ReadonlyMap<string, number> {
	const counted = new Map<string, number>();
	let end = -Infinity;
	for (const { id, at, seconds } of [...events].sort((a, b) => a.at.getTime() - b.at.getTime() || (a.id < b.id ? -1 : 1))) {
		counted.set(id, Math.min(seconds, wholeSeconds(at.getTime() - end)));
		end = at.getTime();
	}
	return counted;
}
