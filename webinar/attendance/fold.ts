import { SECOND_MS } from '#kernel/clock.ts';

import type { Span } from '../programme/status.ts';

/** Beats come every 5 s; one may be lost on the way. After a longer silence nobody can say that somebody was there. */
export const LONGEST_GAP_MS = 11 * SECOND_MS;

/** One unbroken stretch of proved presence. */
export interface Stay {
	readonly startedAt: Date;
	readonly lastSeenAt: Date;
	/** When they left, if they said so. */
	readonly endedAt: Date | null;
}

/** A sign of presence: a beat, or that somebody left. */
export interface Signal {
	readonly kind: 'seen' | 'left';
	readonly at: Date;
}

/** What a signal makes of an open stay: the same one longer or closed, or null when it says nothing about it any more. */
export function extend(stay: Stay, { kind, at }: Signal): Stay | null {
	if (stay.endedAt !== null || at.getTime() > stay.lastSeenAt.getTime() + LONGEST_GAP_MS) return null;
	const lastSeenAt = at > stay.lastSeenAt ? at : stay.lastSeenAt;
	return { ...stay, lastSeenAt, endedAt: kind === 'left' ? lastSeenAt : null };
}

/**
 * Seconds of a person within `span`: the length of the union of their stays, so that two devices, two tabs and repeated signals
 * count once. From 0 to the length of the span, rounded down. Stays may be in any order.
 */
export function attendedSeconds(stays: readonly Stay[], { startsAt, endsAt }: Span): number {
	const clipped = stays
		.map(({ startedAt, lastSeenAt, endedAt }) => ({
			from: Math.max(startedAt.getTime(), startsAt.getTime()),
			to: Math.min((endedAt ?? lastSeenAt).getTime(), endsAt.getTime()),
		}))
		.filter(({ from, to }) => from < to)
		.sort((a, b) => a.from - b.from);
	let total = 0;
	let covered = -Infinity;
	for (const { from, to } of clipped) {
		total += Math.max(0, to - Math.max(from, covered));
		covered = Math.max(covered, to);
	}
	return Math.floor(total / SECOND_MS);
}

/** A participant of a media room, as its webhooks tell of them, in any order, doubled or lost. */
export interface SessionSignal {
	readonly kind: 'joined' | 'seen' | 'left';
	readonly at: Date;
	/** When the media server let them in; every signal carries it, so a lone `left` is enough. */
	readonly joinedAt: Date | null;
}

/** Folds one signal into what is known of a session. The order of signals does not matter, nor how often each comes. */
export function mergeSession(known: Stay | null, { kind, at, joinedAt }: SessionSignal): Stay {
	const start = earliest(known?.startedAt ?? null, joinedAt ?? at);
	const seen = latest(known?.lastSeenAt ?? start, at);
	const left = kind === 'left' ? (known?.endedAt ? earliest(known.endedAt, at) : at) : (known?.endedAt ?? null);
	return { startedAt: start, lastSeenAt: seen, endedAt: left };
}

function earliest(a: Date | null, b: Date): Date {
	return a !== null && a < b ? a : b;
}

function latest(a: Date, b: Date): Date {
	return a > b ? a : b;
}
