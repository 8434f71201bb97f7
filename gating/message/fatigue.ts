import { DAY_MS, MINUTE_MS } from '#kernel/clock.ts';

import type { MessageChannel, MessageClass } from './message.ts';
import { quietUntil } from './quiet.ts';
import type { Caps, MessageSettings } from './settings.ts';

/** How long what went is remembered for the caps. */
export const MEMORY_MS = 30 * DAY_MS;

/** Why a message waits. */
export type FatigueReason = 'quiet-hours' | 'cap-day' | 'cap-week' | 'cap-month' | 'gap';

/** A message that took its place before: it went, or is on its way. */
export interface Past {
	readonly class: MessageClass;
	readonly at: Date;
}

export interface Asked {
	readonly class: MessageClass;
	readonly channel: MessageChannel;
	readonly latestAt: Date | null;
}

export interface Standing {
	/** What the person got by this channel in the last {@link MEMORY_MS}, in any order. */
	readonly past: readonly Past[];
	/** What is due to the person by this channel as well and goes before. */
	readonly ahead: readonly Pick<Past, 'class'>[];
	/** The person's IANA zone. */
	readonly zone: string;
}

export type Verdict =
	| { readonly verdict: 'send' }
	| { readonly verdict: 'defer'; readonly until: Date; readonly reason: FatigueReason | 'priority' }
	| { readonly verdict: 'drop'; readonly reason: FatigueReason | 'too-late' | 'switched-off' };

/**
 * Whether a message may go at `now`, when it may, or why it never will. Answers to what somebody asked always go. Caps hold in every window
 * of their length, wherever it begins. What finds no place before its latest useful time is dropped with what stood in its way.
 */
export function judge(message: Asked, { past, ahead, zone }: Standing, settings: MessageSettings, now: Date): Verdict {
	const { latestAt } = message;
	if (latestAt !== null && now > latestAt) return { verdict: 'drop', reason: 'too-late' };
	if (message.class === 'transactional') return { verdict: 'send' };
	if (isSwitchedOff(message, settings)) return { verdict: 'drop', reason: 'switched-off' };
	const own = nextPlace(message, past, zone, settings, now);
	if (own.reason !== null) {
		if (latestAt !== null && own.at > latestAt) return { verdict: 'drop', reason: own.reason };
		return { verdict: 'defer', until: own.at, reason: own.reason };
	}
	// Those ahead may still turn out not to go: what they hold up is asked again at its latest useful time.
	const taken = [...past, ...ahead.map((one) => ({ ...one, at: now }))];
	const behind = nextPlace(message, taken, zone, settings, now);
	if (behind.reason === null) return { verdict: 'send' };
	const until = latestAt !== null && behind.at > latestAt ? latestAt : behind.at;
	return until > now ? { verdict: 'defer', until, reason: 'priority' } : { verdict: 'drop', reason: behind.reason };
}

interface Place {
	readonly at: Date;
	/** What stands in the way now; null when nothing does. */
	readonly reason: FatigueReason | null;
}

/** The first moment that no cap, gap or quiet hour forbids. */
function nextPlace(message: Asked, past: readonly Past[], zone: string, settings: MessageSettings, now: Date): Place {
	let place: Place = { at: now, reason: null };
	// Each step moves forward to the end of something; there are finitely many within a month.
	for (;;) {
		const next = isQuietFor(message) ? quietUntil(place.at, zone, settings.quiet) : place.at;
		if (next > place.at) place = { at: next, reason: place.reason ?? 'quiet-hours' };
		const held = heldByCaps(message, past, settings, place.at);
		if (held === null) return place;
		place = { at: held.at, reason: place.reason ?? held.reason };
	}
}

/** Mailed reminders keep their own time; nothing that makes a phone ring comes at night. */
const isQuietFor = ({ class: kind, channel }: Asked): boolean => kind !== 'reminder' || channel !== 'mail';

const WINDOWS = [
	['day', DAY_MS],
	['week', 7 * DAY_MS],
	['month', MEMORY_MS],
] as const;

/** What forbids the message at `at`, with the first moment it no longer does; null for nothing. */
function heldByCaps(
	message: Asked,
	past: readonly Past[],
	settings: MessageSettings,
	at: Date,
): { readonly at: Date; readonly reason: FatigueReason } | null {
	const caps = capsOf(message, settings);
	const own = times(past.filter(({ class: other }) => isReminder(other) === isReminder(message.class)));
	for (const [name, length] of WINDOWS) {
		const oldest = own[caps[name] - 1];
		if (oldest !== undefined && oldest + length > at.getTime()) return { at: new Date(oldest + length), reason: `cap-${name}` };
	}
	const [newest] = times(past);
	const free = newest === undefined ? 0 : newest + caps.gapMinutes * MINUTE_MS;
	return free > at.getTime() ? { at: new Date(free), reason: 'gap' } : null;
}

/** Newest first; answers do not count. */
function times(past: readonly Past[]): number[] {
	return past
		.filter(({ class: kind }) => kind !== 'transactional')
		.map(({ at }) => at.getTime())
		.sort((a, b) => b - a);
}

const isReminder = (kind: MessageClass): boolean => kind === 'reminder';

function capsOf({ class: kind, channel }: Asked, { caps }: MessageSettings): Caps {
	return isReminder(kind) ? caps[channel].reminder : caps[channel].promotion;
}

/** A cap of none: messages of this kind are not wanted at all. */
function isSwitchedOff(message: Asked, settings: MessageSettings): boolean {
	const { day, week, month } = capsOf(message, settings);
	return Math.min(day, week, month) === 0;
}
