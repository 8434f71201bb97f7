import type { ContentItem, Slot, StageRole } from '#cms/content.ts';

import type { Profile } from './profile.ts';
import { placesOf, withWeights } from './weights.ts';

/** A piece that a slot may show. */
export interface Candidate {
	readonly item: ContentItem;
	/** `<type>/<slug>`, as editors name it. */
	readonly reference: string;
	/** `<type>:<id>`, as behaviour names it. */
	readonly subject: string;
	/** What it is about, by `topic:<slug>`, `industry:<slug>`, `line:<slug>`. */
	readonly terms: readonly string[];
	readonly roles: readonly string[];
	readonly stageRole: StageRole | null;
	/** 0 to 1: how much the editors put it forward here. */
	readonly editorial: number;
}

/** Why a piece fits, as a code with what it is about; the words are in `kernel/texts`. */
export type FitKind = 'role' | 'industry' | 'account' | 'topic' | 'sector' | 'line' | 'stage';
export type Reason = { readonly kind: FitKind; readonly term: string } | { readonly kind: 'pinned' | 'editors' | 'new'; readonly term: '' };

/** What a piece's place is made of; {@link Ranked.total} is the sum. */
export interface Terms {
	readonly fit: number;
	readonly freshness: number;
	readonly editorial: number;
	/** 0 or less: it is like what stands before it. */
	readonly diversity: number;
	/** 0 or less: it was opened, or shown often. */
	readonly seen: number;
}

export interface Ranked {
	readonly candidate: Candidate;
	readonly terms: Terms;
	/** What the fit is made of, by what it is about. */
	readonly fits: readonly { readonly reason: Reason; readonly points: number }[];
	readonly total: number;
	readonly reason: Reason;
}

export type SlotRules = Pick<Slot, 'slug' | 'pins' | 'exclusions' | 'cap' | 'stageRule'>;

const DAY_MS = 86_400_000;
const ROLE = 2.4;
const INDUSTRY = 2.2;
const ACCOUNT = 1.8;
const STAGE = 1;
/** The most that an interest gives, whatever its weight: a hundred pages on one topic do not outweigh the rest. */
const INTEREST = { topic: 2, sector: 1.4, line: 1.6 } as const;
/** Weight at which an interest gives half of its most. */
const HALF_WEIGHT = 3;
const FRESHNESS = 0.6;
const FRESH_HALF_DAYS = 120;
const EDITORIAL = 0.8;
const SAME_TYPE = 0.5;
const SAME_TERM = 0.25;
const OPENED = 2.5;
const SHOWN = 0.15;
const MOST_SHOWN = 1.5;
const HALF_LIFE_DAYS = 14;
/** Variety is looked for among so many more than are shown. */
const CONSIDERED = 60;

/**
 * The pieces for one visitor in a slot, best first, at most `limit`: pins in their order, then by total. What the editors excluded, what
 * reached the slot's cap, and under the rule `only` what is written for another stage, is never among them, pins neither. The same
 * arguments give the same answer; ties go by reference. `now` is in epoch milliseconds.
 */
export function rank(candidates: readonly Candidate[], profile: Profile, slot: SlotRules, now: number, limit: number): readonly Ranked[] {
	const measure = measureOf(profile, slot, now);
	const bases = basesOf(candidates, measure);
	const chosen: Ranked[] = [];
	const taken = new Set<string>();
	const take = (candidate: Candidate, diversity: number, isPinned: boolean): void => {
		taken.add(candidate.reference);
		chosen.push(rankedOf(candidate, diversity, measure, isPinned));
	};
	for (const reference of slot.pins) {
		const at = candidates.findIndex((one, place) => one.reference === reference && bases[place]! > -Infinity);
		if (at >= 0 && chosen.length < limit && !taken.has(reference)) take(candidates[at]!, 0, true);
	}
	if (taken.size > 0) candidates.forEach(({ reference }, at) => taken.has(reference) && (bases[at] = -Infinity));
	const near = strongest(candidates, bases, limit + CONSIDERED);
	for (let next = bestOf(near, chosen, taken); next && chosen.length < limit; next = bestOf(near, chosen, taken)) {
		take(next.candidate, next.diversity, false);
	}
	return chosen;
}

interface Free {
	readonly candidate: Candidate;
	/** Everything but diversity. */
	readonly base: number;
	diversity: number;
	/** How many of the chosen it has been compared with. */
	compared: number;
}

/** Everything but diversity, in the order of the candidates; minus infinity for what may not be shown. */
function basesOf(candidates: readonly Candidate[], { weights, now }: Measure): Float64Array {
	const places = candidates.map(placesOf);
	return withWeights(weights, (table) => {
		const bases = new Float64Array(candidates.length);
		for (let at = 0; at < candidates.length; at++) {
			const candidate = candidates[at]!;
			let base = EDITORIAL * candidate.editorial;
			for (const place of places[at]!) base += table[place]!;
			bases[at] = base === -Infinity ? base : base + freshnessOf(candidate, now);
		}
		return bases;
	});
}

/** The `count` with the greatest base, and no others: variety is looked for among what fits. Ties go by reference. */
function strongest(candidates: readonly Candidate[], bases: Float64Array, count: number): readonly Free[] {
	const most = Math.min(count, candidates.length);
	const order: number[] = [];
	const isBefore = (a: number, b: number): boolean =>
		bases[a] === bases[b] ? candidates[a]!.reference < candidates[b]!.reference : bases[a]! > bases[b]!;
	for (let at = 0; at < candidates.length; at++) {
		if (bases[at] === -Infinity || (order.length === most && !isBefore(at, order[most - 1]!))) continue;
		if (order.length === most) order.pop();
		let place = order.length;
		while (place > 0 && isBefore(at, order[place - 1]!)) place--;
		order.splice(place, 0, at);
	}
	return order.map((at) => ({ candidate: candidates[at]!, base: bases[at]!, diversity: 0, compared: 0 }));
}

/** The best of what is left. Likeness only lowers: it is worked out for those that could still be the best. */
function bestOf(free: readonly Free[], chosen: readonly Ranked[], taken: ReadonlySet<string>): Free | null {
	let best: Free | null = null;
	for (const one of free) {
		if (taken.has(one.candidate.reference) || (best && one.base + one.diversity < best.base + best.diversity)) continue;
		for (; one.compared < chosen.length; one.compared++) one.diversity -= likeness(one.candidate, chosen[one.compared]!.candidate);
		if (!best || isBefore(one, best)) best = one;
	}
	return best;
}

/** How often a visitor was shown a piece in a slot within its days. */
export function timesShown(
	{ subject }: Candidate,
	{ shown }: Pick<Profile, 'shown'>,
	slot: Pick<SlotRules, 'slug'>,
	days: number,
	now: number,
): number {
	const first = Math.floor(now / DAY_MS) - days + 1;
	return timesSince(shown.get(`${slot.slug} ${subject}`) ?? [], first);
}

/** Where a piece stands among the reasons that are told: what fits most. */
function reasonOf(fits: Ranked['fits'], { freshness, editorial }: Pick<Terms, 'freshness' | 'editorial'>): Reason {
	const [best] = fits;
	if (best) return best.reason;
	return editorial > 0 || freshness < FRESHNESS / 2 ? { kind: 'editors', term: '' } : { kind: 'new', term: '' };
}

function rankedOf(candidate: Candidate, diversity: number, { fitsOf, seenOf, now }: Measure, isPinned: boolean): Ranked {
	const fits = fitsOf(candidate);
	const fit = fits.reduce((sum, { points }) => sum + points, 0);
	const terms = { fit, freshness: freshnessOf(candidate, now), editorial: EDITORIAL * candidate.editorial, seen: seenOf(candidate), diversity };
	const total = terms.fit + terms.freshness + terms.editorial + terms.seen + terms.diversity;
	return { candidate, terms, fits, total, reason: isPinned ? { kind: 'pinned', term: '' } : reasonOf(fits, terms) };
}

function isBefore(a: Free, b: Free): boolean {
	const difference = a.base + a.diversity - (b.base + b.diversity);
	return difference === 0 ? a.candidate.reference < b.candidate.reference : difference > 0;
}

interface Measure {
	readonly now: number;
	/** What a piece's keys add to its base (see {@link placesOf}); minus infinity keeps it out. */
	readonly weights: ReadonlyMap<string, number>;
	seenOf(candidate: Candidate): number;
	/** What the fit is made of, most first. */
	fitsOf(candidate: Candidate): Ranked['fits'];
}

/** How pieces are measured for a visitor; what does not depend on the piece is worked out once. */
function measureOf(profile: Profile, slot: SlotRules, now: number): Measure {
	const { roles, interests, opened, industry } = profile;
	const left = 0.5 ** ((now - profile.weighedAt) / (HALF_LIFE_DAYS * DAY_MS));
	const ofCompany = profile.account?.industry === industry ? null : profile.account?.industry;
	const stage = slot.stageRule === 'off' ? null : profile.stage;
	const { capped, times } = countShown(profile, slot, now);
	const seenOf: Measure['seenOf'] = ({ subject }) => 0 - (opened.has(subject) ? OPENED : 0) - Math.min(MOST_SHOWN, SHOWN * (times.get(subject) ?? 0));

	const weights = new Map<string, number>();
	const give = (key: string, more: number): void => void weights.set(key, (weights.get(key) ?? 0) + more);
	for (const [term, weight] of interests) give(term, interestPoints(term, weight * left));
	if (industry) give(`industry:${industry}`, INDUSTRY);
	if (ofCompany) give(`industry:${ofCompany}`, ACCOUNT);
	for (const role of roles) give(`role ${role}`, ROLE / roles.length);
	if (stage !== null) give(`stage ${stage}`, STAGE);
	if (stage !== null && slot.stageRule === 'only') for (const other of STAGES) if (other !== stage) give(`stage ${other}`, -Infinity);
	for (const subject of opened.keys()) give(`seen ${subject}`, -OPENED);
	for (const [subject, count] of times) give(`seen ${subject}`, -Math.min(MOST_SHOWN, SHOWN * count));
	for (const subject of capped) give(`seen ${subject}`, -Infinity);
	for (const reference of slot.exclusions) give(`excluded ${reference}`, -Infinity);
	return {
		now,
		weights,
		seenOf,
		fitsOf: (candidate) => {
			const fits: { reason: Reason; points: number }[] = [];
			const add = (kind: FitKind, term: string, more: number): void => void fits.push({ reason: { kind, term }, points: more });
			for (const role of candidate.roles) if (roles.includes(role)) add('role', role, ROLE / roles.length);
			for (const term of candidate.terms) {
				const slug = term.slice(term.indexOf(':') + 1);
				const weight = interests.get(term);
				if (weight !== undefined) add(kindOf(term), slug, interestPoints(term, weight * left));
				if (term === `industry:${industry}`) add('industry', slug, INDUSTRY);
				if (ofCompany && term === `industry:${ofCompany}`) add('account', slug, ACCOUNT);
			}
			if (stage !== null && candidate.stageRole === stage) add('stage', stage, STAGE);
			return fits.filter((one) => one.points > 0).sort((a, b) => b.points - a.points);
		},
	};
}

const STAGES: readonly StageRole[] = ['awareness', 'consideration', 'decision'];

function freshnessOf({ item }: Candidate, now: number): number {
	return FRESHNESS * 0.5 ** (Math.max(0, now - item.publishedAt.getTime()) / DAY_MS / FRESH_HALF_DAYS);
}

/** What was shown so often in this slot that it may not be shown again, and how often each piece was shown anywhere. */
function countShown({ shown }: Profile, { slug, cap }: SlotRules, now: number): { capped: ReadonlySet<string>; times: ReadonlyMap<string, number> } {
	const times = new Map<string, number>();
	const capped = new Set<string>();
	for (const [key, days] of shown) {
		const at = key.indexOf(' ');
		const subject = key.slice(at + 1);
		times.set(subject, (times.get(subject) ?? 0) + timesSince(days, -Infinity));
		if (cap && key.slice(0, at) === slug && timesSince(days, Math.floor(now / DAY_MS) - cap.days + 1) >= cap.impressions) capped.add(subject);
	}
	return { capped, times };
}

function timesSince(days: readonly { readonly day: number; readonly count: number }[], first: number): number {
	return days.reduce((sum, { day, count }) => (day >= first ? sum + count : sum), 0);
}

const KINDS: Readonly<Record<string, 'topic' | 'sector' | 'line'>> = { topic: 'topic', industry: 'sector', line: 'line' };

const kindOf = (term: string): 'topic' | 'sector' | 'line' => KINDS[term.slice(0, term.indexOf(':'))] ?? 'topic';

function interestPoints(term: string, weight: number): number {
	const most = INTEREST[kindOf(term)];
	return (most * weight) / (weight + HALF_WEIGHT);
}

function likeness(a: Candidate, b: Candidate): number {
	let shared = 0;
	for (const term of a.terms) if (b.terms.includes(term)) shared++;
	return (a.item.type === b.item.type ? SAME_TYPE : 0) + SAME_TERM * Math.min(2, shared);
}
