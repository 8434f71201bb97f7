import { MINUTE_MS } from '#kernel/clock.ts';

import type { Turnout } from '../attendance/turnout.ts';
import type { Span } from '../programme/status.ts';

/** Signals that somebody wants to buy, strongest first. */
export const BUYING_SIGNALS = ['webinar.quote', 'webinar.demo', 'webinar.buy'] as const;

/** Everything the report counts of one registrant. */
export interface Attendee {
	readonly personId: string;
	/** '' for who was invited and has not registered: their state is `invited`. */
	readonly registrationId: string;
	readonly state: string;
	/** Entrance of the registration, and of the visit that led into the room. */
	readonly channel: string;
	readonly attendedVia: string;
	/** Null for who was invited and has not registered. */
	readonly registeredAt: Date | null;
	readonly isInvited: boolean;
	readonly liveSeconds: number;
	readonly replaySeconds: number;
	readonly firstJoinedAt: Date | null;
	readonly lastLeftAt: Date | null;
	readonly turnout: Turnout;
	/** Stretches in the room, in any order. */
	readonly stays: readonly Span[];
	readonly chats: number;
	readonly questions: number;
	readonly polls: number;
	readonly quizPoints: number;
	/** Types of buying signals: `webinar.buy`, `webinar.demo`, `webinar.quote`. */
	readonly signals: readonly string[];
	readonly surveyScore: number | null;
	readonly hasSurvey: boolean;
	/** A list of another platform tells of their registration or presence. */
	readonly isImported: boolean;
	readonly grade: string;
}

/**
 * The people behind a number. Each number of the report is the length of the list that this gives, so a number and its list agree by
 * construction. Names are `registered`, `attended`, … or `<kind>:<value>`; an unknown one gives nobody.
 */
export function listOf(attendees: readonly Attendee[], name: string): readonly Attendee[] {
	const at = name.indexOf(':');
	const kind = at < 0 ? name : name.slice(0, at);
	const value = at < 0 ? '' : name.slice(at + 1);
	const seated = attendees.filter(({ state }) => state === 'registered');
	switch (kind) {
		case 'everybody':
			return attendees;
		case 'invited':
			return attendees.filter(({ isInvited }) => isInvited);
		case 'registered':
			return seated;
		case 'waiting':
			return attendees.filter(({ state }) => state === 'waiting' || state === 'offered' || state === 'pending');
		case 'cancelled':
			return attendees.filter(({ state }) => state === 'cancelled' || state === 'lapsed' || state === 'declined');
		case 'attended':
			return seated.filter(isPresent);
		case 'no-show':
		case 'left-early':
		case 'stayed':
			return seated.filter(({ turnout }) => turnout === kind);
		case 'replay':
			return seated.filter(({ replaySeconds }) => replaySeconds > 0);
		case 'chatted':
			return seated.filter(({ chats }) => chats > 0);
		case 'asked':
			return seated.filter(({ questions }) => questions > 0);
		case 'voted':
			return seated.filter(({ polls }) => polls > 0);
		case 'imported':
			return seated.filter(({ isImported }) => isImported);
		case 'surveyed':
			return seated.filter(({ hasSurvey }) => hasSurvey);
		case 'signal':
			return seated.filter(({ signals }) => signals.includes(value));
		case 'channel-invited':
			// Invitations go by mail.
			return value === 'mail' ? attendees.filter(({ isInvited }) => isInvited) : [];
		case 'channel':
			return seated.filter(({ channel }) => channel === value);
		case 'channel-attended':
			return seated.filter((one) => one.channel === value && isPresent(one));
		case 'via':
			return seated.filter((one) => isPresent(one) && one.attendedVia === value);
		case 'grade':
			return seated.filter(({ grade }) => grade === value);
		case 'at':
			return /^\d{1,15}$/.test(value) ? presentAt(seated, Number(value)) : [];
		default:
			return [];
	}
}

/** Proved presence of a minute or more: the border between a no-show and everybody else. */
const isPresent = ({ turnout }: Attendee): boolean => turnout !== 'no-show';

function presentAt(attendees: readonly Attendee[], instant: number): readonly Attendee[] {
	return attendees.filter(({ stays }) => stays.some(({ startsAt, endsAt }) => startsAt.getTime() <= instant && instant < endsAt.getTime()));
}

/** Who was there at the middle of each minute of the programme. */
export interface CurvePoint {
	/** From 0. */
	readonly minute: number;
	/** The instant counted, as epoch milliseconds. */
	readonly at: number;
	readonly present: number;
}

/** Longest programme drawn, in minutes. */
const LONGEST = 600;

/** The retention curve of a programme, one point for each minute; empty where nothing was shown. */
export function curveOf(attendees: readonly Attendee[], run: Span | null): readonly CurvePoint[] {
	if (!run) return [];
	const minutes = Math.min(LONGEST, Math.ceil((run.endsAt.getTime() - run.startsAt.getTime()) / MINUTE_MS));
	const seated = listOf(attendees, 'registered');
	return Array.from({ length: minutes }, (_, minute) => {
		const at = Math.min(run.startsAt.getTime() + minute * MINUTE_MS + MINUTE_MS / 2, run.endsAt.getTime() - 1);
		return { minute, at, present: presentAt(seated, at).length };
	});
}

/** The point with the most people, the earliest of several; null for an empty room. */
export function peakOf(curve: readonly CurvePoint[]): CurvePoint | null {
	const peak = curve.reduce<CurvePoint | null>((best, point) => (best === null || point.present > best.present ? point : best), null);
	return peak && peak.present > 0 ? peak : null;
}

/** How many of `whole` are `part`, in whole percent; null of nobody. */
export function percentOf(part: number, whole: number): number | null {
	return whole === 0 ? null : Math.round((part / whole) * 100);
}

/** Share of those who give 9 or 10 minus share of those who give 6 or less, from −100 to 100; null without answers. */
export function netScore(scores: readonly number[]): number | null {
	if (scores.length === 0) return null;
	const promoters = scores.filter((score) => score >= 9).length;
	const detractors = scores.filter((score) => score <= 6).length;
	return Math.round(((promoters - detractors) / scores.length) * 100);
}
