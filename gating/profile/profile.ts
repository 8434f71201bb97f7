import type { StageRole } from '#cms/content.ts';
import { DAY_MS } from '#kernel/clock.ts';

import type { Stage } from '../lifecycle/stage.ts';

/** Where a buyer stands, told from what they did and how far sales came with them; null while nothing is known. */
export type BuyerStage = StageRole | null;

/** What personalisation knows of one visitor. Never leaves the hub; of a person only what they proved to be theirs. */
export interface Profile {
	/** Slugs of role terms, from the job title. */
	readonly roles: readonly string[];
	/** Slug of an industry term that they named. */
	readonly industry: string | null;
	/** ISO 3166 code. */
	readonly country: string | null;
	readonly account: { readonly industry: string; readonly size: string } | null;
	/** Of the lead; null for strangers. */
	readonly lifecycle: Stage | null;
	readonly stage: BuyerStage;
	/** Names of segments that the lead is in. */
	readonly segments: readonly string[];
	/** Weight at {@link Profile.weighedAt} by `topic:<slug>`, `industry:<slug>`, `line:<slug>`. */
	readonly interests: ReadonlyMap<string, number>;
	/** Epoch milliseconds; weights halve every {@link HALF_LIFE_DAYS} days from here. */
	readonly weighedAt: number;
	/** `<type>:<id>` of what they have opened, with when, the latest ones. */
	readonly opened: ReadonlyMap<string, number>;
	/** By `<slot> <subject>`, how often it was shown on which days (days since 1970). */
	readonly shown: ReadonlyMap<string, readonly Shown[]>;
	/** Nothing is known by which one piece fits better than another. */
	readonly isBlank: boolean;
}

export interface Shown {
	readonly day: number;
	readonly count: number;
}

export const HALF_LIFE_DAYS = 14;
/** Interests below this are nothing. */
const FAINT = 0.05;
const MOST_INTERESTS = 40;
const MOST_OPENED = 40;
const MOST_SHOWN = 60;

/** How much an event tells of interest in what it is about. Others tell nothing. */
const WEIGHTS: Readonly<Record<string, number>> = {
	'page.view': 1,
	'content.attention': 1,
	'search.query': 1,
	'search.click': 1,
	'slot.click': 1,
	'cta.click': 1,
	'video.play': 2,
	'document.open': 2,
	brochure: 3,
	'form.submitted': 3,
	download: 4,
	'offer.claimed': 4,
	'webinar.registered': 4,
	'webinar.attended': 5,
	'webinar.replay': 3,
	'webinar.question': 2,
};
/** Acts of somebody who compares, and of somebody who is about to buy. */
const CONSIDERS = new Set(['download', 'form.submitted', 'webinar.registered', 'webinar.attended', 'document.open', 'brochure']);
const DECIDES = new Set(['offer.claimed', 'offer.redeemed', 'webinar.demo', 'webinar.quote', 'webinar.buy']);
const DECIDING_SUBJECTS = new Set(['quote', 'page:quote', 'page:dealers', 'page:compare']);

/** An event as far as a profile learns from it. */
export interface Act {
	readonly type: string;
	readonly subject: string;
	/** Epoch milliseconds. */
	readonly at: number;
	readonly props: Readonly<Record<string, string | number | boolean>>;
}

/** What a subject is about: terms with how much of it they are, by `topic:<slug>`, `industry:<slug>`, `line:<slug>`. */
export type TermsOf = (subject: string) => ReadonlyMap<string, number>;

/** What acts tell, kept so that one more act is added without reading the others again. */
export interface Learnt {
	readonly interests: Map<string, number>;
	weighedAt: number;
	readonly opened: Map<string, number>;
	considered: number;
	decided: number;
}

export const nothingLearnt = (at: number): Learnt => ({ interests: new Map(), weighedAt: at, opened: new Map(), considered: 0, decided: 0 });

/** Adds an act to what is known. Acts may come in any order. */
export function learn(learnt: Learnt, { type, subject, at, props }: Act, termsOf: TermsOf): void {
	const weight = weightOf(type, props) * decay(learnt.weighedAt - at);
	if (weight > 0) for (const [term, share] of termsOf(subject)) learnt.interests.set(term, (learnt.interests.get(term) ?? 0) + weight * share);
	if (learnt.interests.size > MOST_INTERESTS * 2) fade(learnt);
	if (CONSIDERS.has(type)) learnt.considered++;
	if (DECIDES.has(type) || DECIDING_SUBJECTS.has(subject)) learnt.decided++;
	if (type === 'page.view' || type === 'content.attention' || type === 'download') note(learnt.opened, subject, at);
}

/** The strongest interests and latest pieces, so that a profile stays small. */
export function fade(learnt: Learnt): void {
	const kept = [...learnt.interests].filter(([, weight]) => weight >= FAINT).sort((a, b) => b[1] - a[1]);
	learnt.interests.clear();
	for (const [term, weight] of kept.slice(0, MOST_INTERESTS)) learnt.interests.set(term, weight);
}

/** What of a weight is left after so many milliseconds; more than 1 for what is yet to come. */
export const decay = (ageMs: number): number => 0.5 ** (ageMs / (HALF_LIFE_DAYS * DAY_MS));

/** Sales' word goes before behaviour, and behaviour before nothing. */
export function buyerStage(lifecycle: Stage | null, { considered, decided, opened }: Pick<Learnt, 'considered' | 'decided' | 'opened'>): BuyerStage {
	if (lifecycle === 'sql' || lifecycle === 'opportunity' || lifecycle === 'customer' || decided > 0) return 'decision';
	if (lifecycle === 'mql' || considered >= 2) return 'consideration';
	return opened.size > 0 || considered > 0 || (lifecycle !== null && lifecycle !== 'raw') ? 'awareness' : null;
}

/** Adds showings to a list that forgets the oldest. */
export function noteShown(shown: Map<string, readonly Shown[]>, key: string, day: number, count: number): void {
	const before = shown.get(key) ?? [];
	const today = before.find((one) => one.day === day);
	shown.delete(key);
	shown.set(key, [...before.filter((one) => one !== today).slice(-13), { day, count: (today?.count ?? 0) + count }]);
	if (shown.size > MOST_SHOWN) shown.delete(shown.keys().next().value!);
}

/** Puts what memory knows into what was read: of each day what is more, since one of the two may be behind. */
export function carryShown(before: ReadonlyMap<string, readonly Shown[]>, into: Map<string, readonly Shown[]>): void {
	for (const [key, days] of before)
		for (const { day, count } of days) {
			const known = into.get(key)?.find((one) => one.day === day)?.count ?? 0;
			if (count > known) noteShown(into, key, day, count - known);
		}
}

/** How often something was shown since a day. */
export function timesSince(days: readonly Shown[], first: number): number {
	return days.reduce((sum, { day, count }) => (day >= first ? sum + count : sum), 0);
}

/** Whether nothing is known by which one piece fits better than another. */
export function isBlank({ roles, industry, account, interests, stage }: Omit<Profile, 'isBlank'>): boolean {
	return roles.length === 0 && industry === null && !account?.industry && interests.size === 0 && stage === null;
}

function weightOf(type: string, props: Act['props']): number {
	const weight = WEIGHTS[type] ?? 0;
	return type === 'content.attention' ? Math.min(3, (Number(props['seconds'] ?? 0) / 60) * weight) : weight;
}

function note(opened: Map<string, number>, subject: string, at: number): void {
	if (subject === '' || subject.startsWith('page:')) return;
	const latest = Math.max(at, opened.get(subject) ?? 0);
	opened.delete(subject);
	opened.set(subject, latest);
	if (opened.size > MOST_OPENED) opened.delete(opened.keys().next().value!);
}
