import { MINUTE_MS, SECOND_MS } from '#kernel/clock.ts';

import type { Span } from '../programme/status.ts';
import type { StaySource } from '../schema.ts';

/** Beats come every 5 s; one may be lost on the way. After a longer silence nobody can say that somebody was there, unless their page does. */
export const LONGEST_GAP_MS = 11 * SECOND_MS;
/** How much a page may say of the time in which it was not heard: a restart of the hub, a lost network. */
export const LONGEST_CLAIM_MS = 5 * MINUTE_MS;
/** Beats take so much longer on the way than the ones before. */
const JITTER_MS = 3 * SECOND_MS;
/** The list of a media room is read every 30 s: who left without a word did so about half of it after they were last in the list. */
export const LIST_HALF_MS = 15 * SECOND_MS;

/** One unbroken stretch of proved presence. */
export interface Stay {
	readonly startedAt: Date;
	readonly lastSeenAt: Date;
	/** When they left, if they said so. */
	readonly endedAt: Date | null;
}

/** A stay and who told of it. */
export interface SourcedStay extends Stay {
	readonly source: StaySource;
}

/** A sign of presence: a beat of a page in sight, or its last one. */
export interface Signal {
	readonly kind: 'seen' | 'left';
	readonly at: Date;
	/** For how long the page has been in sight without a break; null: it does not say. */
	readonly inSightMs: number | null;
	/** How long ago the sight ended in which the page was heard last; null: it goes on. */
	readonly awayMs: number | null;
}

/**
 * When a stay begins that a page tells of. It may have begun before it was heard: after its own earlier stay (`before`) as far back as a page may
 * say; without one, as far as one lost beat. Never before the page was first heard, so that nobody attends longer than time passes.
 */
export function startOf({ at, inSightMs }: Signal, before: Pick<Stay, 'startedAt'> | null): Date {
	const said = Math.min(Math.max(0, inSightMs ?? 0), before ? LONGEST_CLAIM_MS : LONGEST_GAP_MS);
	return new Date(Math.max(at.getTime() - said, before?.startedAt.getTime() ?? 0));
}

export interface Told {
	readonly stay: Stay;
	/** False: it is over, and what follows is another. */
	readonly goesOn: boolean;
}

/** What a signal makes of a stay: the same one longer, or closed where the page says that its sight ended. */
export function extend(stay: Stay, { kind, at, inSightMs, awayMs }: Signal): Told {
	if (stay.endedAt !== null) return { stay, goesOn: false };
	const silence = at.getTime() - stay.lastSeenAt.getTime();
	if (awayMs !== null) return { stay: closedAt(stay, at.getTime() - Math.max(0, awayMs)), goesOn: false };
	const reach = inSightMs === null ? LONGEST_GAP_MS : Math.min(inSightMs + JITTER_MS, LONGEST_CLAIM_MS);
	if (silence > reach) return { stay, goesOn: false };
	const lastSeenAt = silence > 0 ? at : stay.lastSeenAt;
	return { stay: { ...stay, lastSeenAt, endedAt: kind === 'left' ? lastSeenAt : null }, goesOn: kind === 'seen' };
}

function closedAt(stay: Stay, end: number): Stay {
	const seen = stay.lastSeenAt.getTime();
	const lastSeenAt = new Date(Math.min(Math.max(end, seen), seen + LONGEST_CLAIM_MS));
	return { ...stay, lastSeenAt, endedAt: lastSeenAt };
}

/** A participant of a media room, as its webhooks and lists tell of them, in any order, doubled or lost. */
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

/** What is proved of one person: whole seconds and the stretches that they were there, in order. */
export interface Presence {
	/** Length of the union, so that two devices, two tabs and repeated signals count once. From 0 to the length of the span. */
	readonly seconds: number;
	readonly firstJoinedAt: Date | null;
	readonly lastLeftAt: Date | null;
	/** Unbroken stretches; silences that one lost beat explains break none. */
	readonly stays: number;
	/** The most pages of theirs that were open at one moment. */
	readonly devices: number;
}

interface Stretch {
	readonly from: number;
	readonly to: number;
}

/**
 * Folds the stays of a person within `span`. Where their page spoke for itself, the media server's word on that time is left aside: it
 * hears late of sleeping devices and never of pages out of sight. It counts for who was there without a page's word. Any order.
 */
export function presence(stays: readonly SourcedStay[], { startsAt, endsAt }: Span): Presence {
	const told = stays.filter(({ source }) => source !== 'livekit').map(stretchOf);
	const sessions = stays.filter(({ source }) => source === 'livekit').map(stretchOf);
	const untold = sessions.filter(({ from, to }) => !told.some((page) => page.from <= to + LIST_HALF_MS && from <= page.to + LIST_HALF_MS));
	const within = [...told, ...untold]
		.map(({ from, to }) => ({ from: Math.max(from, startsAt.getTime()), to: Math.min(to, endsAt.getTime()) }))
		.filter(({ from, to }) => from < to)
		.sort((a, b) => a.from - b.from);
	const union = joined(within, 0);
	const total = union.reduce((sum, { from, to }) => sum + to - from, 0);
	const [first, last] = [union[0], union.at(-1)];
	return {
		seconds: Math.floor(total / SECOND_MS),
		firstJoinedAt: first ? new Date(first.from) : null,
		lastLeftAt: last ? new Date(last.to) : null,
		stays: joined(within, LONGEST_GAP_MS).length,
		devices: mostAtOnce(within),
	};
}

/** Seconds of {@link presence} alone. */
export const attendedSeconds = (stays: readonly SourcedStay[], span: Span): number => presence(stays, span).seconds;

function stretchOf({ startedAt, lastSeenAt, endedAt, source }: SourcedStay): Stretch {
	const end = endedAt ?? (source === 'livekit' ? new Date(lastSeenAt.getTime() + LIST_HALF_MS) : lastSeenAt);
	return { from: startedAt.getTime(), to: end.getTime() };
}

/** Stretches in order of their begin, those no further apart than `gap` made one. */
function joined(sorted: readonly Stretch[], gap: number): Stretch[] {
	const union: Stretch[] = [];
	for (const { from, to } of sorted) {
		const last = union.at(-1);
		if (last && from <= last.to + gap) union[union.length - 1] = { from: last.from, to: Math.max(last.to, to) };
		else union.push({ from, to });
	}
	return union;
}

function mostAtOnce(stretches: readonly Stretch[]): number {
	const turns = stretches.flatMap(({ from, to }) => [
		{ at: from, by: 1 },
		{ at: to, by: -1 },
	]);
	turns.sort((a, b) => a.at - b.at || a.by - b.by);
	let open = 0;
	return turns.reduce((most, { by }) => Math.max(most, (open += by)), 0);
}

function earliest(a: Date | null, b: Date): Date {
	return a !== null && a < b ? a : b;
}

function latest(a: Date, b: Date): Date {
	return a > b ? a : b;
}
